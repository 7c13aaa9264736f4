"""Leave, duty, WFA, half days, hours; states of a person; outages."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    ALIH_DAYA_PERSON,
    MORNING_SHIFT,
    NIGHT_SHIFT,
    OFFICE,
    PNS,
    SATURDAY,
    TUESDAY,
    at,
    masuk,
    office,
    pulang,
    roster,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.calendar import Holiday
from spbe_attendance.worktime.errors import BrokenOutage, BrokenPermit, BrokenPunch
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.rates import MERANTI
from spbe_attendance.worktime.types import MINUTES, SHIFT, WHOLE_DAY, Outage, Permit, Policy, Punch

HALF = Decimal("0.5")


def permit(kind, first=TUESDAY, last=None, **more):
    return Permit(f"{kind}-{first}", kind, first, last or first, **more)


def hours(kind, since, until, **more):
    return permit(kind, since=at(since), until=at(until), **more)


def keys(day):
    return [reason.key for reason in day.reasons]


@pytest.mark.parametrize("kind", [kind for kind in codes.PERMITS if kind != codes.WFA])
def test_an_approved_permit_is_the_days_code_and_costs_nothing_by_default(kind):
    day = verdict(permits=(permit(kind),))
    assert (day.codes, day.shares, day.absent, day.percent) == ((kind,), ((kind, 1),), False, 0)
    assert day.working_day


def test_what_a_day_of_izin_costs_is_data():
    rates = replace(MERANTI, permits=(("I", Decimal(1)),))
    assert verdict(permits=(permit("I"),), rates=rates).percent == 1
    half = verdict(masuk("07:30"), permits=(permit("I", half="Siang"),), rates=rates)
    assert (half.codes, half.percent) == (("H", "I"), HALF)


def test_a_permit_that_is_not_approved_does_not_count_but_is_told():
    day = verdict(permits=(permit("CT", approved=False),))
    assert (day.codes, "permit_pending" in keys(day)) == (("TK",), True)


@pytest.mark.parametrize(
    ("first", "last", "covered"), [(-3, -1, False), (-3, 0, True), (0, 3, True), (1, 3, False)]
)
def test_a_permit_covers_both_its_ends(first, last, covered):
    row = permit("CT", TUESDAY + timedelta(days=first), TUESDAY + timedelta(days=last))
    assert (verdict(permits=(row,)).codes == ("CT",)) is covered


# Domain rule 6.3: roster-off/holiday > approved leave > DL/TB > WFA > clock data > TK.
ORDER = ["L", "CLTN", "CB", "CM", "CS", "CAP", "CT", "S", "I", "DL", "TB", "H", "TK"]


@pytest.mark.parametrize(("stronger", "weaker"), itertools.combinations(ORDER, 2))
def test_precedence_is_total(stronger, weaker):
    facts = {"permits": tuple(permit(code) for code in (weaker, stronger) if code in codes.PERMITS)}
    if stronger == "L":
        facts["holiday"] = Holiday(TUESDAY, codes.LIBUR_NASIONAL, "x")
    punches = (masuk("07:00"), pulang("16:00")) if "H" in (stronger, weaker) else ()
    assert verdict(*punches, **facts).codes == (stronger,)


def test_overlapping_permits_give_one_code_in_any_order_and_tell_which_was_set_aside():
    rows = (permit("DL"), permit("CT"), permit("CS"), permit("CT", TUESDAY - timedelta(days=1), TUESDAY))
    results = {verdict(permits=found) for found in itertools.permutations(rows)}
    assert len(results) == 1
    day = results.pop()
    assert day.codes == ("CS",)
    assert sorted(english(reason)[:3] for reason in day.reasons if reason.key == "overridden") == [
        "CT ",
        "CT ",
        "DL ",
    ]


def test_leave_on_a_day_off_is_a_day_off():
    assert verdict(permits=(permit("CM", TUESDAY, SATURDAY),), plan=roster(day=SATURDAY)).codes == ("L",)


def test_punches_on_a_day_of_leave_are_told():
    day = verdict(masuk("07:00"), permits=(permit("CT"),))
    assert (day.codes, "punched_on_permit" in keys(day)) == (("CT",), True)


def test_wfa_keeps_the_duty_to_clock():
    assert verdict(permits=(permit("WFA"),)).codes == ("WFA", "TK")
    late = verdict(masuk("08:10"), pulang("16:00"), permits=(permit("WFA"),))
    assert (late.codes, late.wfa, late.percent) == (("H", "TL2", "WFA"), True, 1)


def test_where_attendance_is_switched_off_on_wfa_days_nobody_is_absent():
    policy = Policy(wfa_needs_clock=False)
    day = verdict(permits=(permit("WFA"),), policy=policy)
    assert (day.codes, day.wfa, day.shares) == (("H", "WFA"), True, (("H", 1),))
    # Punching in spite of that, and late, is no disadvantage.
    assert verdict(masuk("09:30"), permits=(permit("WFA"),), policy=policy) == day
    both = verdict(permits=(permit("WFA"), permit("CT")), policy=policy)
    assert (both.codes, both.wfa) == (("CT",), False)


@pytest.mark.parametrize(
    ("row", "punches", "expected"),
    [
        (permit("WFA", half="Pagi"), [pulang("16:00")], ("H", "WFA")),
        (permit("WFA", half="Pagi"), [pulang("15:30")], ("H", "PSW1", "WFA")),
        (permit("WFA", half="Pagi"), [], ("H", "WFA", "TK")),
        (hours("WFA", "07:30", "12:00"), [pulang("16:00")], ("H", "WFA")),
    ],
)
def test_where_it_is_switched_off_a_wfa_half_voids_its_own_half_only(row, punches, expected):
    day = verdict(*punches, permits=(row,), policy=Policy(wfa_needs_clock=False))
    assert (day.codes, sum(share for _code, share in day.shares)) == (expected, 1)


@pytest.mark.parametrize(
    ("half", "punches", "expected", "percent"),
    [
        # Morning off: no clock-in needed, leaving is judged.
        ("Pagi", [pulang("16:00")], ("H", "DL"), "0"),
        ("Pagi", [masuk("12:50"), pulang("16:00")], ("H", "DL"), "0"),
        ("Pagi", [pulang("15:00")], ("H", "PSW2", "DL"), "1"),
        ("Pagi", [masuk("11:00")], ("H", "PSW4", "DL"), "1.5"),
        ("Pagi", [], ("DL", "TK"), "1.5"),
        # Afternoon off: coming is judged, no clock-out needed.
        ("Siang", [masuk("07:30")], ("H", "DL"), "0"),
        ("Siang", [masuk("08:10")], ("H", "TL2", "DL"), "1"),
        ("Siang", [pulang("12:00")], ("H", "TL4", "DL"), "1.5"),
        ("Siang", [], ("DL", "TK"), "1.5"),
    ],
)
def test_half_a_day_voids_its_own_half_only(half, punches, expected, percent):
    day = verdict(*punches, permits=(permit("DL", half=half),))
    assert (day.codes, day.percent) == (expected, Decimal(percent))
    assert dict(day.shares) == {("TK" if "TK" in expected else "H"): HALF, "DL": HALF}
    assert not day.absent


@pytest.mark.parametrize(
    ("half", "punches", "expected"),
    [
        ("Pagi", [masuk("13:00"), pulang("16:00")], ("H", "CT")),
        ("Pagi", [masuk("13:01"), pulang("16:00")], ("H", "TL1", "CT")),
        ("Siang", [masuk("07:30"), pulang("12:00")], ("H", "CT")),
        ("Siang", [masuk("07:30"), pulang("11:59")], ("H", "PSW1", "CT")),
        ("Siang", [masuk("07:30")], ("H", "PSW4", "CT")),
    ],
)
def test_half_a_day_may_move_the_time_due_to_the_noon_rest_instead(half, punches, expected):
    assert (
        verdict(*punches, permits=(permit("CT", half=half),), policy=Policy(half_day=SHIFT)).codes == expected
    )


def test_half_a_day_may_be_set_to_void_all_of_it():
    assert verdict(permits=(permit("DL", half="Pagi"),), policy=Policy(half_day=WHOLE_DAY)).codes == ("DL",)


def test_two_halves_make_a_day():
    day = verdict(permits=(permit("CT", half="Siang"), permit("DL", half="Pagi")))
    assert (day.codes, dict(day.shares), day.absent) == (("CT", "DL"), {"CT": HALF, "DL": HALF}, False)


def test_of_two_shifts_the_half_day_is_one_shift():
    plan = roster(MORNING_SHIFT, NIGHT_SHIFT)
    morning = verdict(masuk("20:00"), pulang("+08:00"), plan=plan, permits=(permit("DL", half="Pagi"),))
    assert (morning.codes, len(morning.sessions)) == (("H", "DL"), 1)
    afternoon = verdict(plan=plan, permits=(permit("DL", half="Siang"),))
    assert afternoon.codes == ("DL", "TK")


@pytest.mark.parametrize(
    ("row", "punches", "expected"),
    [
        (hours("I", "07:30", "09:00"), [masuk("09:00"), pulang("16:00")], ("H",)),
        (hours("I", "07:30", "09:00"), [masuk("09:31"), pulang("16:00")], ("H", "TL2")),
        (hours("I", "07:30", "09:00"), [pulang("16:00")], ("H", "TL4")),
        (hours("I", "15:00", "16:00"), [masuk("07:30"), pulang("15:00")], ("H",)),
        (hours("I", "15:00", "16:00"), [masuk("07:30"), pulang("14:59")], ("H", "PSW1")),
        (hours("I", "15:00", "16:00"), [masuk("07:30")], ("H", "PSW4")),
        # Between coming and leaving nothing is due.
        (hours("I", "10:00", "12:00"), [masuk("07:31"), pulang("16:00")], ("H", "TL1")),
        # Who is sent elsewhere does not punch here.
        (hours("DL", "13:00", "16:00"), [masuk("07:30")], ("H",)),
        (hours("DL", "13:00", "16:00"), [], ("H", "TL4")),
        (hours("DL", "07:00", "16:30"), [], ("DL",)),
        (hours("DL", "07:30", "16:00"), [], ("DL",)),
        (hours("DL", "07:31", "16:00"), [masuk("07:31")], ("H", "TL1")),
        (hours("I", "06:00", "13:00"), [masuk("13:00"), pulang("16:00")], ("H",)),
    ],
)
def test_hours_permitted_move_the_time_due(row, punches, expected):
    assert verdict(*punches, permits=(row,)).codes == expected


def test_permitted_hours_that_only_touch_the_working_hours_do_not_concern_them():
    rows = (hours("I", "06:30", "07:30"), hours("I", "16:00", "17:00"))
    assert "hours_permit" not in keys(verdict(masuk("07:30"), pulang("16:00"), permits=rows))


def test_permitted_hours_may_follow_each_other():
    rows = (hours("I", "09:00", "10:00"), hours("DL", "07:30", "09:00"))
    assert verdict(masuk("10:05"), pulang("16:00"), permits=rows).late == 5
    assert verdict(masuk("10:05"), pulang("16:00"), permits=rows[::-1]).late == 5


def test_hours_of_a_night_shift_after_midnight():
    tomorrow = TUESDAY + timedelta(days=1)
    row = Permit("i", "I", tomorrow, tomorrow, since=at("+05:00"), until=at("+08:00"))
    day = verdict(masuk("20:00"), pulang("+05:00"), plan=roster(NIGHT_SHIFT), permits=(row,))
    assert day.codes == ("H",)


def test_leave_belongs_to_the_date_on_which_the_night_shift_starts():
    plan = roster(NIGHT_SHIFT)
    assert verdict(plan=plan, permits=(permit("CT"),)).codes == ("CT",)
    assert verdict(plan=plan, permits=(permit("CT", TUESDAY + timedelta(days=1)),)).codes == ("TK",)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("CLTN", ("CLTN",)), ("Tugas Belajar", ("TB",)), ("Nonaktif", ()), ("Pensiun", ()), ("Pindah", ())],
)
def test_states_that_are_not_counted_are_never_absent(state, expected):
    day = verdict(person=replace(PNS, state=state))
    assert (day.codes, day.excluded, day.working_day, day.absent, day.percent) == (
        expected,
        True,
        False,
        False,
        0,
    )


def test_before_the_first_and_after_the_last_day_nothing_is_counted():
    from spbe_attendance.worktime.judge import DayFacts, judge

    day = judge(DayFacts(None, office(), MERANTI))
    assert (day.excluded, day.codes, keys(day)) == (True, (), ["not_employed"])


@pytest.mark.parametrize(
    ("status", "counts"), [("PNS", 1), ("CPNS", 1), ("PPPK", 0), ("Non ASN", 0), ("Alih Daya", 0)]
)
def test_pp_94_names_pns_only(status, counts):
    day = verdict(person=replace(PNS, status=status))
    assert (day.codes, day.absent, day.pp94) == (("TK",), True, bool(counts))
    assert ("PP 94" in day.reasons[-1].source) is bool(counts)


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: permit("CT", TUESDAY, TUESDAY - timedelta(days=1)), "dates_reversed"),
        (lambda: permit("XX"), "unknown_kind"),
        (lambda: permit("CT", half="Malam"), "unknown_half"),
        (lambda: permit("CT", TUESDAY, SATURDAY, half="Pagi"), "half_of_many_days"),
        (lambda: permit("I", since=at("08:00")), "hours_incomplete"),
        (lambda: hours("I", "09:00", "08:00"), "hours_reversed"),
        (lambda: hours("I", "08:00", "09:00", half="Pagi"), "half_and_hours"),
    ],
)
def test_permits_without_sense_cannot_be_built(build, code):
    with pytest.raises(BrokenPermit) as refused:
        build()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"first": at("07:01")}, "interval_reversed"),
        ({"kind": "masuk"}, "unknown_kind"),
        ({"status": "Draft"}, "unknown_status"),
    ],
)
def test_punches_without_sense_cannot_be_built(change, code):
    with pytest.raises(BrokenPunch) as refused:
        replace(masuk("07:00"), **change)
    assert refused.value.code == code


def test_moments_with_a_zone_are_refused_as_they_could_not_be_compared():
    from datetime import timezone

    moment = at("07:00").replace(tzinfo=timezone.utc)
    with pytest.raises(BrokenPunch, match="with_timezone"):
        Punch("x", "Masuk", moment, moment)


def stop(since, until, **more):
    return Outage("o", at(since), at(until), decree="SE 9/2026", **more)


@pytest.mark.parametrize(
    ("row", "punches", "expected"),
    [
        (stop("07:00", "09:00"), [masuk("09:20"), pulang("16:00")], ("H",)),
        (stop("07:00", "09:00"), [pulang("16:00")], ("H",)),
        (stop("07:00", "09:00"), [masuk("09:20")], ("H", "PSW4")),
        (stop("07:00", "09:00"), [], ("H", "PSW4")),
        (stop("07:00", "17:00"), [], ("H",)),
        (stop("15:55", "16:40"), [masuk("07:00")], ("H",)),
        (stop("15:55", "16:40"), [masuk("07:50")], ("H", "TL1")),
        # It was over before anybody had to come; it began after.
        (stop("04:00", "05:59"), [masuk("07:50"), pulang("16:00")], ("H", "TL1")),
        (stop("07:31", "09:00"), [masuk("09:20"), pulang("16:00")], ("H", "TL4")),
        (stop("07:00", "17:00", excuses_absence=False), [], ("TK",)),
        (stop("07:00", "17:00", excuses_absence=False), [masuk("08:50")], ("H",)),
        # Only the minutes of the outage are taken off.
        (stop("07:00", "09:00", treatment=MINUTES), [masuk("09:00"), pulang("16:00")], ("H",)),
        (stop("07:00", "09:00", treatment=MINUTES), [masuk("09:31"), pulang("16:00")], ("H", "TL2")),
        (stop("08:00", "09:00", treatment=MINUTES), [masuk("09:00"), pulang("16:00")], ("H", "TL1")),
        (stop("07:00", "09:00", treatment=MINUTES), [pulang("16:00")], ("H", "TL4")),
        (stop("07:00", "12:00", treatment=MINUTES), [pulang("16:00")], ("H",)),
        (stop("15:00", "17:00", treatment=MINUTES), [masuk("07:00"), pulang("14:59")], ("H", "PSW1")),
        (stop("07:00", "17:00", treatment=MINUTES), [], ("H",)),
        (stop("07:00", "09:00", treatment=MINUTES), [], ("TK",)),
    ],
)
def test_what_an_outage_excuses(row, punches, expected):
    assert verdict(*punches, outages=(row,)).codes == expected


def test_the_excuse_names_the_decree():
    day = verdict(masuk("09:20"), pulang("16:00"), outages=(stop("07:00", "09:00"),))
    assert (day.reasons[0].key, day.reasons[0].source) == ("outage_side", "SE 9/2026")


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ({}, True),
        ({"places": frozenset({OFFICE, "x"})}, True),
        ({"places": frozenset({"x"})}, False),
        ({"opds": frozenset({"SETDA"})}, True),
        ({"opds": frozenset({"PUPR"})}, False),
        ({"opds": frozenset({"SETDA"}), "places": frozenset({"x"})}, False),
    ],
)
def test_an_outage_covers_its_places_and_opds(scope, covered):
    day = verdict(masuk("09:20"), pulang("16:00"), outages=(stop("07:00", "09:00", **scope),))
    assert (day.codes == ("H",)) is covered


def test_overlapping_outages_take_their_minutes_off_once():
    rows = (stop("07:30", "08:30", treatment=MINUTES), stop("08:00", "09:00", treatment=MINUTES))
    assert verdict(masuk("09:10"), pulang("16:00"), outages=rows).late == 10
    assert verdict(masuk("09:10"), pulang("16:00"), outages=rows[::-1]).late == 10


def test_outages_without_sense_cannot_be_built():
    with pytest.raises(BrokenOutage, match="interval_reversed"):
        stop("09:00", "09:00")
    with pytest.raises(BrokenOutage, match="unknown_treatment"):
        stop("08:00", "09:00", treatment="x")


def test_leave_of_an_outsourced_person_rests_on_the_contract():
    day = verdict(person=ALIH_DAYA_PERSON, permits=(permit("CT"),))
    assert day.reasons[0].source == codes.LOCAL_CONTRACT
    assert date(2026, 11, 10) in day.reasons[0].args
