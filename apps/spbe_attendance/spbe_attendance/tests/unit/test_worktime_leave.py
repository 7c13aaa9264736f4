"""Kinds by status, papers, limits, overlaps, annual quota."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.tests.unit.worktime_world import at
from spbe_attendance.worktime import codes, leave
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.leave import LeavePolicy, Request, add_months, charged, check, overlap
from spbe_attendance.worktime.quota import QuotaRule, YearUse, balance
from spbe_attendance.worktime.types import Permit

MONDAY = date(2026, 11, 9)
HIRED = date(2015, 3, 1)


def weekday(day):
    return day.weekday() < 5


def ask(kind, first=MONDAY, last=None, status="PNS", since=HIRED, papers=(), **more):
    own = {key: more.pop(key) for key in ("reason", "inpatient", "available", "remote") if key in more}
    permit = Permit("baru", kind, first, last or first, **more)
    own.setdefault("available", Decimal(12))
    return Request(permit, status, since, frozenset(papers), **own)


def problems(request, others=(), policy=None):
    return [reason.key for reason in check(request, weekday, others, policy)]


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("PNS", ("CLTN", "CB", "CM", "CS", "CAP", "CT", "S", "I", "DL", "TB", "WFA")),
        ("CPNS", ("CM", "CS", "CAP", "CT", "S", "I", "DL", "TB", "WFA")),
        ("PPPK", ("CM", "CS", "CT", "S", "I", "DL", "TB", "WFA")),
        ("PPPK Paruh Waktu", ("CM", "CS", "CT", "S", "I", "DL", "TB", "WFA")),
        ("Non ASN", ("S", "I", "DL")),
        ("Alih Daya", ("S", "I", "DL")),
    ],
)
def test_kinds_by_status(status, kinds):
    assert leave.allowed_kinds(status) == kinds
    for kind in set(codes.PERMITS) - set(kinds):
        assert problems(ask(kind, status=status)) == ["leave_not_for_status"]


def test_local_contracts_may_give_more():
    policy = LeavePolicy(extra_kinds=frozenset({("Non ASN", "CT")}))
    assert "CT" in leave.allowed_kinds("Non ASN", policy)
    assert "CT" not in leave.allowed_kinds("Alih Daya", policy)


@pytest.mark.parametrize(
    ("kind", "last", "more", "papers"),
    [
        ("CS", 9, {}, ("Surat Atasan",)),
        ("CS", 10, {}, ("Surat Dokter",)),
        ("CS", 22, {}, ("Surat Dokter",)),
        ("CS", 23, {}, ("Surat Dokter Pemerintah",)),
        ("S", 9, {}, ("Surat Dokter",)),
        ("S", 9, {"inpatient": True}, ("Surat Dokter", "Surat Rawat Inap")),
        ("DL", 9, {}, ("Surat Tugas",)),
        ("CAP", 9, {}, ("Surat Keterangan",)),
        ("CLTN", 9, {}, ("Persetujuan BKN",)),
        ("CT", 9, {}, ()),
        ("I", 9, {}, ()),
    ],
)
def test_papers(kind, last, more, papers):
    request = ask(kind, last=date(2026, 11, last), **more)
    assert leave.required_papers(request) == papers
    assert problems(request).count("leave_paper_missing") == len(papers)
    assert "leave_paper_missing" not in problems(replace(request, papers=frozenset(papers)))


@pytest.mark.parametrize(
    ("kind", "status", "first", "longest", "more"),
    [
        ("S", "PNS", MONDAY, date(2026, 11, 11), {}),
        ("S", "PNS", MONDAY, date(2026, 11, 18), {"inpatient": True}),
        ("CM", "PNS", MONDAY, date(2027, 2, 8), {}),
        ("CM", "PPPK", date(2026, 11, 30), date(2027, 2, 27), {}),
        ("CB", "PNS", MONDAY, date(2027, 2, 8), {}),
        ("CAP", "PNS", MONDAY, date(2026, 12, 8), {}),
        ("CLTN", "PNS", MONDAY, date(2030, 11, 8), {}),
        ("CS", "PNS", MONDAY, date(2028, 5, 8), {}),
        ("CS", "PPPK", MONDAY, date(2026, 12, 8), {}),
        ("CS", "PPPK", MONDAY, date(2026, 12, 23), {"reason": leave.MISCARRIAGE}),
        ("CS", "PPPK", MONDAY, date(2032, 12, 31), {"reason": leave.WORK_ACCIDENT}),
    ],
)
def test_how_long_each_kind_may_be(kind, status, first, longest, more):
    papers = (
        "Surat Dokter",
        "Surat Dokter Pemerintah",
        "Surat Rawat Inap",
        "Surat Keterangan",
        "Persetujuan BKN",
    )
    assert problems(ask(kind, first, longest, status, papers=papers, **more)) == []
    if more.get("reason") != leave.WORK_ACCIDENT:
        longer = date.fromordinal(longest.toordinal() + 1)
        assert problems(ask(kind, first, longer, status, papers=papers, **more)) == ["leave_too_long"]


@pytest.mark.parametrize(
    ("kind", "since", "reason", "fine"),
    [
        ("CT", date(2025, 11, 9), "", True),
        ("CT", date(2025, 11, 10), "", False),
        ("CB", date(2021, 11, 9), "", True),
        ("CB", date(2021, 11, 10), "", False),
        ("CB", date(2025, 1, 1), leave.HAJ, True),
        ("CB", date(2025, 1, 1), leave.FOURTH_CHILD, True),
        ("CM", date(2026, 11, 1), "", True),
        ("CM", date(2020, 11, 1), leave.FOURTH_CHILD, False),
    ],
)
def test_years_of_service_and_children(kind, since, reason, fine):
    assert (problems(ask(kind, since=since, reason=reason)) == []) is fine


@pytest.mark.parametrize(("last", "reason", "found"), [
    (16, leave.FAMILY, []),
    (17, leave.FAMILY, ["leave_over_quota"]),
    (16, leave.FIRST_MARRIAGE, []),
    (9, "", ["leave_service_too_short"]),
])  # fmt: skip
def test_pppk_have_six_days_before_the_first_year_for_family_and_marriage(last, reason, found):
    request = ask(
        "CT",
        last=date(2026, 11, last),
        status="PPPK",
        since=date(2026, 2, 1),
        reason=reason,
        available=Decimal(0),
    )
    assert problems(request) == found
    assert "leave_service_too_short" in problems(replace(request, status="PNS"))


def test_annual_leave_takes_working_days_and_not_more_than_are_left():
    two_weeks = ask("CT", MONDAY, date(2026, 11, 22), available=Decimal(10))
    assert charged(two_weeks.permit, weekday) == 10
    assert problems(two_weeks) == []
    assert problems(replace(two_weeks, available=Decimal(9))) == ["leave_over_quota"]
    found = check(replace(two_weeks, available=Decimal(9)), weekday)
    assert english(found[0]) == "10 working days asked for, 9 left."


@pytest.mark.parametrize(("status", "longest"), [("PNS", 27), ("CPNS", 27), ("PPPK", 21)])
def test_hard_to_reach_places_give_calendar_days_more(status, longest):
    """Five days of quota last until Friday the 13th; the extra calendar days begin with the next working day, the 16th."""
    papers = {"status": status, "available": Decimal(5), "remote": True}
    assert problems(ask("CT", MONDAY, date(2026, 11, longest), **papers)) == []
    longer = ask("CT", MONDAY, date(2026, 11, longest + 1), **papers)
    assert problems(longer) == ["leave_over_remote"]
    assert leave.beyond_quota(longer.permit, Decimal(5), weekday) == longest + 1 - 15
    assert problems(replace(longer, remote=False)) == ["leave_over_quota"]


def test_annual_leave_is_taken_by_whole_days():
    assert problems(ask("CT", half="Pagi")) == ["leave_whole_days_only"]
    assert problems(ask("I", half="Pagi")) == []
    assert problems(ask("CT", half="Pagi"), policy=LeavePolicy(half_day_kinds=frozenset({"CT"}))) == []


@pytest.mark.parametrize(
    ("permit", "expected"),
    [
        (Permit("a", "CT", MONDAY, date(2026, 11, 15)), "5"),
        (Permit("a", "DL", MONDAY, MONDAY, half="Pagi"), "0.5"),
        (Permit("a", "CS", MONDAY, date(2026, 11, 15)), "7"),
        (Permit("a", "CT", date(2026, 11, 14), date(2026, 11, 15)), "0"),
        (Permit("a", "I", MONDAY, MONDAY, since=at("08:00", MONDAY), until=at("09:00", MONDAY)), "0"),
    ],
)
def test_days_that_a_permit_takes(permit, expected):
    assert charged(permit, weekday) == Decimal(expected)


def test_leave_on_days_off_only_is_pointless():
    assert problems(ask("CT", date(2026, 11, 14), date(2026, 11, 15))) == ["leave_no_working_day"]


def test_all_problems_are_named_at_once():
    request = ask("CAP", MONDAY, date(2027, 1, 9), half="", since=date(2026, 1, 1))
    other = Permit("lama", "CT", date(2026, 12, 1), date(2026, 12, 2))
    assert problems(request, [other, request.permit]) == [
        "leave_paper_missing",
        "leave_too_long",
        "leave_overlaps",
    ]


DAY = Permit("a", "CT", MONDAY, MONDAY)
MORNING, AFTERNOON = (Permit(half, "I", MONDAY, MONDAY, half=half) for half in ("Pagi", "Siang"))
EIGHT, NINE = (
    Permit(clock, "I", MONDAY, MONDAY, since=at(f"{clock}:00", MONDAY), until=at(f"{end}:00", MONDAY))
    for clock, end in (("08", "09"), ("09", "10"))
)
LATER = Permit("b", "DL", date(2026, 11, 10), date(2026, 11, 12))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DAY, DAY, True),
        (DAY, LATER, False),
        (replace(DAY, last=date(2026, 11, 10)), LATER, True),
        (DAY, MORNING, True),
        (MORNING, AFTERNOON, False),
        (MORNING, MORNING, True),
        (EIGHT, NINE, False),
        (EIGHT, EIGHT, True),
        (DAY, EIGHT, True),
        (MORNING, EIGHT, True),
    ],
)
def test_overlaps(one, other, expected):
    assert overlap(one, other) is overlap(other, one) is expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
    ],
)
def test_months_are_added_by_the_calendar(day, months, expected):
    assert add_months(day, months) == expected


def uses(**used):
    return [YearUse(int(year[1:]), Decimal(days)) for year, days in used.items()]


@pytest.mark.parametrize(
    ("taken", "carried", "left"),
    [
        # PP 11/2017: up to 18 with this year's, up to 24 after two unused years.
        ({"y2024": 12, "y2025": 12}, 0, 12),
        ({"y2024": 12, "y2025": 8}, 4, 16),
        ({"y2024": 12, "y2025": 6}, 6, 18),
        ({"y2024": 12, "y2025": 1}, 6, 18),
        ({"y2024": 12, "y2025": 0}, 6, 18),
        ({"y2024": 1, "y2025": 0}, 6, 18),
        ({"y2023": 12, "y2024": 0, "y2025": 0}, 12, 24),
        # No record, no claim.
        ({}, 0, 12),
        ({"y2023": 0, "y2025": 0}, 6, 18),
        # Six were carried into 2025 and taken first: of the 14 taken, 8 were of 2025.
        ({"y2023": 12, "y2024": 5, "y2025": 14}, 4, 16),
        ({"y2024": 12, "y2025": 0, "y2026": 7}, 6, 11),
        ({"y2024": 12, "y2025": 12, "y2026": 14}, 0, 0),
    ],
)
def test_annual_leave_and_what_is_carried_over(taken, carried, left):
    found = balance(2026, date(2015, 3, 1), "PNS", uses(**taken))
    assert (found.own, found.carried, found.left) == (12, carried, left)


@pytest.mark.parametrize(("year", "own"), [(2025, 0), (2026, 12)])
def test_the_right_begins_after_a_year_of_service(year, own):
    assert balance(year, date(2025, 6, 1), "CPNS").total == own


def test_cuti_besar_uses_up_the_year_and_leaves_nothing_to_carry():
    big = [YearUse(2025, big_leave=True)]
    assert balance(2025, HIRED, "PNS", big).total == 0
    assert balance(2026, HIRED, "PNS", big).total == 12


def test_cuti_bersama_worked_on_is_added():
    assert (
        balance(
            2026, HIRED, "PNS", [YearUse(2025, Decimal(12)), YearUse(2026, Decimal(3), extra=Decimal(2))]
        ).left
        == 11
    )


@pytest.mark.parametrize(("contract", "total"), [(1, 12), (2, 18), (3, 24), (5, 24)])
def test_pppk_carry_over_by_the_length_of_their_contract(contract, total):
    assert balance(2026, date(2021, 1, 1), "PPPK", uses(y2024=0, y2025=0), contract).total == total


def test_school_holidays_are_the_annual_leave_of_pppk_teachers():
    use = [YearUse(2026, school_holidays=True), YearUse(2025, Decimal(12))]
    assert balance(2026, HIRED, "PPPK", use).total == 0
    assert balance(2026, HIRED, "PNS", use).total == 12


def test_without_a_law_there_is_no_annual_leave_unless_the_contract_gives_it():
    assert balance(2026, HIRED, "Non ASN").total == 0
    assert balance(2026, HIRED, "Non ASN", rule=QuotaRule(local=frozenset({"Non ASN"}))).total == 12


@given(st.lists(st.integers(0, 24), min_size=1, max_size=10))
def test_nobody_ever_has_more_than_24_days_nor_less_than_this_years(taken):
    found = balance(
        2026,
        date(2010, 1, 1),
        "PNS",
        [YearUse(2026 - back, Decimal(days)) for back, days in enumerate(taken)],
    )
    assert 12 <= found.total <= 24
    assert 0 <= found.left <= found.total
