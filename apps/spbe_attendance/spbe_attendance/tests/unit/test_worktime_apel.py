"""Roll calls, persons by date, nearest assignment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    ALIH_DAYA_PERSON,
    DINKES,
    MORNING_SHIFT,
    PNS,
    TUESDAY,
    at,
    masuk,
    office,
    punch,
    roster,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.apel import ApelEvent, ApelFacts, judge_apel, strength
from spbe_attendance.worktime.errors import WorktimeError
from spbe_attendance.worktime.month import sum_days
from spbe_attendance.worktime.persons import Assignment, Span, conflicts, nearest, person_on, week_target
from spbe_attendance.worktime.rates import MERANTI
from spbe_attendance.worktime.types import Outage, Permit

APEL = ApelEvent("a1", TUESDAY, at("07:15"), at("07:45"))
RATES = replace(MERANTI, apel_percent=Decimal(2))


def came(clock, until=None, **more):
    return punch(codes.APEL, clock, until, **more)


def call(*punches, event=APEL, person=PNS, plan=None, pegawai="P1", **facts):
    return judge_apel(event, ApelFacts(pegawai, person, plan or office(), punches, **facts), RATES)


def permit(kind, **more):
    return Permit(kind, kind, TUESDAY, TUESDAY, **more)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([came("07:15")], "Hadir"),
        ([came("07:45:59")], "Hadir"),
        ([came("07:14")], "Tidak Hadir"),
        ([came("07:46")], "Tidak Hadir"),
        ([came("07:00", "07:16")], "Hadir"),
        ([came("07:45", "09:00")], "Hadir"),
        ([came("07:30", status=codes.DITOLAK)], "Tidak Hadir"),
        ([came("07:30", event="a1")], "Hadir"),
        ([came("07:30", event="a2")], "Tidak Hadir"),
        # A clock-in is no roll call.
        ([masuk("07:20")], "Tidak Hadir"),
        ([], "Tidak Hadir"),
    ],
)
def test_present_by_a_punch_in_the_window(rows, status):
    assert call(*rows).status == status


def test_a_pending_punch_is_present_for_now():
    result = call(came("07:30", status=codes.MENUNGGU))
    assert (result.status, result.provisional, result.reason.key) == ("Hadir", True, "apel_pending")


def test_missing_a_roll_call_is_neither_late_nor_absent_and_a_roll_call_is_no_clock_in():
    assert verdict(masuk("07:20"), punch(codes.PULANG, "16:00")).codes == ("H",)
    assert verdict(came("07:20")).codes == ("TK",)
    assert call(masuk("07:20")).percent == 0


def test_missing_it_costs_only_if_the_event_and_the_table_say_so():
    event = replace(APEL, deducts=True)
    assert call(event=event).percent == 2
    assert call(event=event).reason.source == RATES.source
    assert call(event=event, person=ALIH_DAYA_PERSON).percent == 0
    assert call(came("07:20"), event=event).percent == 0


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"event": replace(APEL, exempt=frozenset({"P1"}))}, "apel_exempt_listed"),
        ({"permits": (permit("CT"),)}, "apel_exempt_permit"),
        ({"permits": (permit("DL"),)}, "apel_exempt_permit"),
        ({"permits": (permit("WFA"),)}, "apel_exempt_permit"),
        ({"permits": (permit("I", half="Pagi"),)}, "apel_exempt_permit"),
        ({"permits": (permit("I", since=at("07:30"), until=at("09:00")),)}, "apel_exempt_permit"),
        ({"plan": roster(MORNING_SHIFT)}, "apel_exempt_shift"),
        ({"plan": roster()}, "apel_exempt_off"),
        ({"outages": (Outage("o", at("07:00"), at("08:00")),)}, "apel_exempt_outage"),
    ],
)
def test_exemptions(facts, key):
    result = call(**facts)
    assert (result.status, result.reason.key, result.percent) == ("Dikecualikan", key, 0)
    assert call(came("07:30"), **facts).status == "Hadir"


@pytest.mark.parametrize(
    "facts",
    [
        {"permits": (permit("I", half="Siang"),)},
        {"permits": (permit("I", since=at("13:00"), until=at("14:00")),)},
        {"permits": (permit("CT", approved=False),)},
        {"outages": (Outage("o", at("08:00"), at("09:00")),)},
        {"outages": (Outage("o", at("07:00"), at("08:00"), opds=frozenset({"PUPR"})),)},
    ],
)
def test_no_exemptions(facts):
    assert call(**facts).status == "Tidak Hadir"


@pytest.mark.parametrize(
    ("event", "person", "status"),
    [
        (replace(APEL, opds=frozenset({DINKES})), PNS, "Tidak Hadir"),
        (replace(APEL, opds=frozenset({"PUPR"})), PNS, "Tidak Diundang"),
        (APEL, None, "Tidak Diundang"),
        (APEL, replace(PNS, state="Pensiun"), "Tidak Diundang"),
    ],
)
def test_who_is_invited(event, person, status):
    assert call(event=event, person=person).status == status


def test_the_strength_report_of_a_block():
    results = [
        call(came("07:20")),
        call(came("07:20")),
        call(),
        call(permits=(permit("CT"),)),
        call(permits=(permit("CT"),)),
        call(permits=(permit("DL"),)),
        call(event=replace(APEL, opds=frozenset({"PUPR"}))),
    ]
    assert strength(results) == {
        "jumlah": 6,
        "hadir": 2,
        "kurang": 4,
        "keterangan": {"CT": 2, "DL": 1, "apel_missing": 1},
    }


def test_roll_calls_of_a_month():
    event = replace(APEL, deducts=True)
    sums = sum_days([], [call(came("07:20"), event=event), call(event=event), call(permits=(permit("CT"),))])
    assert (sums.apel_present, sums.apel_missing, sums.apel_percent) == (1, 1, 2)


def test_a_window_without_length_cannot_be_built():
    with pytest.raises(WorktimeError, match="interval_reversed"):
        replace(APEL, last=APEL.first)


CPNS = replace(PNS, status="CPNS")
MOVED = replace(PNS, opds=frozenset({"PUPR"}))
LIFE = (
    Span(date(2025, 4, 1), date(2026, 3, 31), CPNS),
    Span(date(2026, 4, 1), None, PNS),
    Span(date(2026, 11, 10), None, MOVED),
    Span(date(2026, 12, 1), date(2026, 12, 31), replace(MOVED, state="CLTN")),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 3, 31), None),
        (date(2025, 4, 1), CPNS),
        (date(2026, 3, 31), CPNS),
        (date(2026, 4, 1), PNS),
        (date(2026, 11, 9), PNS),
        (date(2026, 11, 10), MOVED),
        (date(2026, 12, 31), replace(MOVED, state="CLTN")),
        (date(2027, 1, 1), MOVED),
    ],
)
def test_who_a_person_is_on_a_date(day, expected):
    assert person_on(LIFE, day) == person_on(LIFE[::-1], day) == expected


def assign(key, level, target, first=date(2026, 1, 1), last=None, status=""):
    return Assignment(key, level, target, key, first, last, status)


ASSIGNMENTS = (
    assign("bawaan", "Bawaan", ""),
    assign("paruh waktu", "Bawaan", "", status="PPPK Paruh Waktu"),
    assign("dinas", "OPD", DINKES),
    assign("puskesmas", "OPD", "PKM"),
    assign("puskesmas baru", "OPD", "PKM", first=date(2026, 11, 1)),
    assign("sendiri", "Pegawai", "P1", last=date(2026, 6, 30)),
)


@pytest.mark.parametrize(
    ("pegawai", "opds", "status", "day", "expected"),
    [
        ("P1", ["PKM", DINKES], "PNS", date(2026, 6, 30), "sendiri"),
        ("P1", ["PKM", DINKES], "PNS", date(2026, 7, 1), "puskesmas"),
        ("P1", ["PKM", DINKES], "PNS", date(2026, 11, 1), "puskesmas baru"),
        ("P2", [DINKES], "PNS", date(2026, 6, 1), "dinas"),
        ("P2", ["PUPR"], "PNS", date(2026, 6, 1), "bawaan"),
        ("P2", ["PUPR"], "PPPK Paruh Waktu", date(2026, 6, 1), "paruh waktu"),
        ("P2", [DINKES], "PPPK Paruh Waktu", date(2026, 6, 1), "dinas"),
        ("P2", ["PUPR"], "PNS", date(2025, 12, 31), None),
    ],
)
def test_the_nearest_assignment_wins(pegawai, opds, status, day, expected):
    for rows in (ASSIGNMENTS, ASSIGNMENTS[::-1]):
        found = nearest(rows, day, pegawai, opds, status)
        assert (found.schedule if found else None) == expected


def test_overlapping_assignments_of_one_target_are_found():
    assert conflicts(ASSIGNMENTS) == (("puskesmas", "puskesmas baru"),)
    first = assign("a", "OPD", "X", date(2026, 1, 1), date(2026, 1, 31))
    assert conflicts([first, assign("b", "OPD", "X", date(2026, 2, 1))]) == ()
    assert conflicts([first, assign("b", "OPD", "X", date(2026, 1, 31))]) == (("a", "b"),)
    assert conflicts([first, assign("b", "Pegawai", "X", date(2026, 1, 31))]) == ()


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: assign("a", "Tim", "X"), "unknown_level"),
        (lambda: assign("a", "OPD", ""), "target_missing"),
        (lambda: assign("a", "Bawaan", "X"), "target_missing"),
        (lambda: assign("a", "OPD", "X", date(2026, 2, 1), date(2026, 1, 1)), "dates_reversed"),
        (lambda: Span(date(2026, 2, 1), date(2026, 1, 1), PNS), "dates_reversed"),
    ],
)
def test_spans_and_assignments_without_sense_cannot_be_built(build, code):
    with pytest.raises(WorktimeError) as refused:
        build()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("status", "ramadan", "part_time", "minutes"),
    [
        ("PNS", False, 0, 2250),
        ("PPPK", True, 0, 1950),
        ("PPPK Paruh Waktu", False, 1200, 1200),
        ("PPPK Paruh Waktu", True, 0, 0),
    ],
)
def test_what_a_week_should_sum_to(status, ramadan, part_time, minutes):
    assert week_target(status, ramadan, part_time) == minutes
