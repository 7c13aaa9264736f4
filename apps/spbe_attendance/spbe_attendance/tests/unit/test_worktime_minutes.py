"""The ladder, the tolerance and the windows: what minutes make of a day."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    ALIH_DAYA_PERSON,
    TUESDAY,
    at,
    hours_plan,
    masuk,
    pulang,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.rates import MERANTI, Band
from spbe_attendance.worktime.types import Policy

# Domain rules, table of the Perbup: minutes, level, per cent.
LADDER = [
    (0, 0, "0"),
    (1, 1, "0.5"),
    (30, 1, "0.5"),
    (31, 2, "1"),
    (60, 2, "1"),
    (61, 3, "1.25"),
    (90, 3, "1.25"),
    (91, 4, "1.5"),
    (240, 4, "1.5"),
]


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@pytest.mark.parametrize(("minutes", "level", "percent"), LADDER)
def test_late_by_minutes(minutes, level, percent):
    day = verdict(masuk(clock(7 * 60 + 30 + minutes)), pulang("16:00"))
    assert day.codes == (("H", f"TL{level}") if level else ("H",))
    assert (day.late, day.early, day.percent) == (minutes, 0, Decimal(percent))


@pytest.mark.parametrize(("minutes", "level", "percent"), LADDER)
def test_early_by_minutes(minutes, level, percent):
    day = verdict(masuk("07:00"), pulang(clock(16 * 60 - minutes)))
    assert day.codes == (("H", f"PSW{level}") if level else ("H",))
    assert (day.late, day.early, day.percent) == (0, minutes, Decimal(percent))


@pytest.mark.parametrize(
    ("come", "go", "late", "early"),
    [
        ("07:30:59", "16:00:00", 0, 0),
        ("07:31:00", "16:00:00", 1, 0),
        ("08:00:59", "16:00:00", 30, 0),
        ("07:00:00", "15:59:01", 0, 0),
        ("07:00:00", "15:59:00", 0, 1),
        ("07:00:00", "15:29:01", 0, 30),
    ],
)
def test_seconds_are_dropped(come, go, late, early):
    day = verdict(masuk(come), pulang(go))
    assert (day.late, day.early) == (late, early)


@pytest.mark.parametrize(
    ("punches", "expected", "percent", "absent"),
    [
        ([masuk("07:00"), pulang("16:00")], ("H",), "0", False),
        ([masuk("07:00")], ("H", "PSW4"), "1.5", False),
        ([pulang("16:05")], ("H", "TL4"), "1.5", False),
        ([], ("TK",), "3", True),
        ([masuk("08:31"), pulang("15:00")], ("H", "TL3", "PSW2"), "2.25", False),
        ([masuk("09:30")], ("H", "TL4", "PSW4"), "3.0", False),
    ],
)
def test_one_event_has_one_code_and_late_and_early_add_up(punches, expected, percent, absent):
    day = verdict(*punches)
    assert (day.codes, day.percent, day.absent) == (expected, Decimal(percent), absent)
    assert day.shares == (("TK" if absent else "H", 1),)


def test_a_missing_punch_has_no_minutes():
    day = verdict(masuk("07:45"))
    assert (day.late, day.early, day.sessions[0].early) == (15, 0, None)


def test_first_in_and_last_out_decide_whatever_the_order():
    punches = [pulang("12:10"), masuk("08:05"), pulang("16:20"), masuk("07:10")]
    day = verdict(*punches)
    assert (day.in_at, day.out_at, day.codes) == (at("07:10"), at("16:20"), ("H",))
    assert verdict(*reversed(punches)) == day


def test_rejected_punches_do_not_count_but_are_told():
    day = verdict(masuk("07:00", status=codes.DITOLAK), pulang("16:00"))
    assert day.codes == ("H", "TL4")
    assert "1 punches were rejected and do not count." in map(english, day.reasons)


@pytest.mark.parametrize(
    ("come", "counted"),
    [("03:59", None), ("04:00", "06:00"), ("05:59", "06:00"), ("06:00", "06:00"), ("06:01", "06:01")],
)
def test_a_punch_before_the_earliest_in_counts_at_it_within_the_slack(come, counted):
    day = verdict(masuk(come), pulang("16:00"))
    assert day.in_at == (at(counted) if counted else None)
    assert ("TL4" in day.codes) is (counted is None)


@pytest.mark.parametrize(
    ("go", "counted"), [("18:00", "18:00"), ("18:01", "18:00"), ("22:00", "18:00"), ("22:01", None)]
)
def test_a_punch_after_the_last_out_counts_at_it_within_the_slack(go, counted):
    day = verdict(masuk("07:00"), pulang(go))
    assert day.out_at == (at(counted) if counted else None)


def test_without_slack_the_windows_are_hard():
    policy = Policy(early_in_slack=0, late_out_slack=0)
    assert verdict(masuk("05:59"), pulang("18:01"), policy=policy).codes == ("TK",)
    assert verdict(masuk("06:00"), pulang("18:00"), policy=policy).codes == ("H",)


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ([masuk("12:00"), pulang("16:00")], ("H", "TL4")),
        ([masuk("12:01"), pulang("16:00")], ("H", "TL4")),
        ([masuk("07:00"), pulang("11:59")], ("H", "PSW4")),
        # Seen at work, at a time neither to come nor to go: present, never TK.
        ([masuk("12:01")], ("H", "TL4", "PSW4")),
        ([pulang("11:59")], ("H", "TL4", "PSW4")),
    ],
)
def test_last_in_and_earliest_out(punches, expected):
    assert verdict(*punches).codes == expected


@pytest.mark.parametrize(
    ("row", "absent"),
    [
        (pulang("04:00"), False),
        (pulang("03:59:59"), True),
        (masuk("22:00:59"), False),
        (masuk("22:01"), True),
    ],
)
def test_who_was_seen_at_all_within_the_slack_of_the_windows_is_not_absent(row, absent):
    assert verdict(row).codes == (("TK",) if absent else ("H", "TL4", "PSW4"))


@pytest.mark.parametrize(("come", "counted"), [("12:00:59", "12:00"), ("12:01", None)])
def test_after_the_last_in_nobody_has_come_in_time_to_be_measured(come, counted):
    day = verdict(masuk(come), pulang("16:00"))
    assert (day.in_at, day.late) == ((at(counted), 270) if counted else (None, 0))


@pytest.mark.parametrize(("go", "counted"), [("12:00", "12:00"), ("11:59:59", None)])
def test_before_the_earliest_out_nobody_has_left_in_time_to_be_measured(go, counted):
    day = verdict(masuk("07:00"), pulang(go))
    assert (day.out_at, day.early) == ((at(counted), 240) if counted else (None, 0))


@pytest.mark.parametrize(
    ("come", "from_start", "late"),
    [
        ("07:45", False, 0),
        ("08:00:59", False, 0),
        ("08:01", False, 1),
        ("08:00", True, 0),
        ("08:01", True, 31),
    ],
)
def test_tolerance_and_where_lateness_beyond_it_counts_from(come, from_start, late):
    plan = hours_plan(grace=30, late_from_start=from_start)
    assert verdict(masuk(come), pulang("16:00"), plan=plan).late == late


@pytest.mark.parametrize(
    ("come", "due"),
    [
        ("07:10", "16:00"),
        ("07:31", "16:01"),
        ("07:50", "16:20"),
        ("08:00", "16:30"),
        ("08:20", "16:30"),
        (None, "16:30"),
    ],
)
def test_used_tolerance_is_added_to_the_time_due_out(come, due):
    """Tulang Bawang's rule: the minutes used, at most all of the tolerance; who overran it or has no clock-in owes all of it."""
    plan = hours_plan(grace=30, payback=True)
    come = [masuk(come)] if come else []
    hour, minute = divmod(int(due[:2]) * 60 + int(due[3:]) - 1, 60)
    assert not any(code.startswith("PSW") for code in verdict(*come, pulang(due), plan=plan).codes)
    before = verdict(*come, pulang(f"{hour:02d}:{minute:02d}"), plan=plan)
    assert (before.early, before.codes[-1]) == (1, "PSW1")


def test_without_payback_tolerance_is_free():
    day = verdict(masuk("08:00"), pulang("16:00"), plan=hours_plan(grace=30))
    assert (day.codes, day.percent) == (("H",), 0)


@pytest.mark.parametrize(
    ("first", "last", "late", "straddles"),
    [
        ("07:00", "07:30", 0, False),
        ("07:00", "07:30:59", 0, False),
        ("07:00", "07:31", 0, True),
        ("07:29", "11:00", 0, True),
        ("07:31", "07:50", 1, False),
        # Late for sure, but which band is open: the lower one stands.
        ("07:50", "08:20", 20, True),
        ("05:00", "07:00", 0, False),
        ("11:00", "13:00", 210, False),
    ],
)
def test_late_only_if_the_whole_interval_is_late(first, last, late, straddles):
    day = verdict(masuk(first, last), pulang("16:00"))
    assert (day.late, day.straddles) == (late, straddles)


@pytest.mark.parametrize(
    ("first", "last", "early", "straddles"),
    [
        ("15:59:01", "16:10", 0, False),
        ("15:59", "16:10", 0, True),
        ("15:00", "15:45", 15, True),
        ("15:35", "15:45", 15, False),
    ],
)
def test_early_only_if_the_whole_interval_is_early(first, last, early, straddles):
    day = verdict(masuk("07:00"), pulang(first, last))
    assert (day.early, day.straddles) == (early, straddles)


def test_an_exact_punch_settles_what_a_wide_one_leaves_open():
    day = verdict(masuk("07:00", "09:00"), masuk("07:20"), pulang("16:00"))
    assert (day.codes, day.straddles) == (("H",), False)


def test_a_pending_punch_is_counted_for_now_and_the_other_outcome_is_kept():
    day = verdict(masuk("07:10", status=codes.MENUNGGU), masuk("08:10"), pulang("16:00"))
    assert (day.codes, day.provisional) == (("H",), True)
    assert (day.alternative.codes, day.alternative.provisional) == (("H", "TL2"), False)
    accepted = verdict(masuk("07:10", status=codes.DISETUJUI), masuk("08:10"), pulang("16:00"))
    assert (accepted.codes, accepted.provisional, accepted.alternative) == (("H",), False, None)


def test_a_day_of_pending_punches_only_may_still_be_absence():
    day = verdict(masuk("07:10", status=codes.MENUNGGU))
    assert (day.codes, day.alternative.codes) == (("H", "PSW4"), ("TK",))


def test_those_without_tpp_get_codes_and_minutes_but_no_percentage():
    day = verdict(masuk("08:10"), pulang("16:00"), person=ALIH_DAYA_PERSON)
    assert (day.codes, day.late, day.percent, day.cuts, day.pp94) == (("H", "TL2"), 40, 0, (), False)
    assert all("Perbup" not in reason.source for reason in day.reasons)


def test_a_present_day_costs_no_more_than_absence_unless_the_rule_says_so():
    cheap = replace(MERANTI, absent=Decimal("2.5"))
    day = verdict(masuk("09:30"), rates=cheap)
    assert (day.percent, sum(cut.percent for cut in day.cuts)) == (Decimal("2.5"), Decimal("3.0"))
    assert "Deductions of 3.0 % are limited to 2.5 % for one day." in map(english, day.reasons)
    assert verdict(masuk("09:30"), rates=replace(cheap, day_cap=Decimal(10))).percent == Decimal("3.0")


def test_other_ladders_are_data():
    bgn = (Band(1, 1, Decimal("0.5")), Band(61, 2, Decimal("1")))
    table = replace(MERANTI, late=bgn, missing_in=Band(0, 2, Decimal("1")))
    assert verdict(masuk("08:30"), pulang("16:00"), rates=table).codes == ("H", "TL1")
    assert verdict(pulang("16:00"), rates=table).codes == ("H", "TL2")


def test_every_applied_rule_is_listed_with_its_source():
    day = verdict(masuk("07:31"), pulang("16:00"))
    told = [(english(reason), reason.source) for reason in day.reasons]
    assert told == [
        (
            "First in 2026-11-10 07:31, due 2026-11-10 07:30: 1 minutes late, TL1.",
            "Perbup Kepulauan Meranti 10/2022",
        ),
        ("Last out 2026-11-10 16:00, due 2026-11-10 16:00: in time.", "Perpres 21/2023 Pasal 4"),
    ]
    assert [(cut.code, cut.percent) for cut in day.cuts] == [("TL1", Decimal("0.5"))]
    absent = verdict()
    assert [reason.source for reason in absent.reasons] == ["PP 94/2021 Pasal 4 huruf f"]


def test_friday_ends_later():
    friday = TUESDAY + timedelta(days=3)
    day = verdict(
        masuk("07:30", day=friday), pulang("16:00", day=friday), plan=hours_plan(end=time(16, 30), day=friday)
    )
    assert (day.early, day.codes) == (30, ("H", "PSW1"))
