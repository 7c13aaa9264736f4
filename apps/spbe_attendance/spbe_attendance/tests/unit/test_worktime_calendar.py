"""Holidays, and the working days that they leave: the two decrees of 2025 and 2026 as they were published."""

import calendar as weeks
from datetime import date

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    ALIH_DAYA_PERSON,
    FIVE_DAYS,
    MORNING_SHIFT,
    PNS,
    SIX_DAYS,
    masuk,
    pulang,
    roster,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.calendar import Calendar, Holiday, changed, days
from spbe_attendance.worktime.errors import WorktimeError
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.types import Policy

# month: days. SKB 1017/2024, 2/2024, 2/2024 as amended by 933/2025, 1/2025, 3/2025 (18 August).
NATIONAL_2025 = {
    1: [1, 27, 29],
    3: [29, 31],
    4: [1, 18, 20],
    5: [1, 12, 29],
    6: [1, 6, 27],
    8: [17],
    9: [5],
    12: [25],
}
SHARED_2025 = {1: [28], 3: [28], 4: [2, 3, 4, 7], 5: [13, 30], 6: [9], 8: [18], 12: [26]}
# SKB 1497/2025, 2/2025, 5/2025; for ASN Keppres 42/2025.
NATIONAL_2026 = {
    1: [1, 16], 2: [17], 3: [19, 21, 22], 4: [3, 5], 5: [1, 14, 27, 31], 6: [1, 16], 8: [17, 25], 12: [25],
}  # fmt: skip
SHARED_2026 = {2: [16], 3: [18, 20, 23, 24], 5: [15, 28], 12: [24]}


def rows(year, listed, kind, decree):
    return [
        Holiday(date(year, month, day), kind, f"{day}/{month}", decree)
        for month, found in listed.items()
        for day in found
    ]


YEARS = {
    2025: Calendar(
        (
            *rows(2025, NATIONAL_2025, codes.LIBUR_NASIONAL, "SKB 1017/2024"),
            *rows(2025, SHARED_2025, codes.HARI_CUTI_BERSAMA, "SKB 933/2025"),
        )
    ),
    2026: Calendar(
        (
            *rows(2026, NATIONAL_2026, codes.LIBUR_NASIONAL, "SKB 1497/2025"),
            *rows(2026, SHARED_2026, codes.HARI_CUTI_BERSAMA, "Keppres 42/2025"),
        )
    ),
}
PER_MONTH = [
    (2025, FIVE_DAYS, [19, 20, 19, 16, 17, 18, 23, 20, 21, 23, 20, 21], 237),
    (2025, SIX_DAYS, [23, 24, 23, 20, 22, 22, 27, 25, 25, 27, 25, 25], 288),
    (2026, FIVE_DAYS, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21], 240),
    (2026, SIX_DAYS, [25, 22, 20, 25, 21, 24, 27, 24, 26, 27, 25, 25], 291),
]


def works(schedule):
    return lambda day: schedule.hours_on(day) is not None


@pytest.mark.parametrize(("year", "holidays"), [(2025, 28), (2026, 25)])
def test_the_decrees_are_complete(year, holidays):
    assert len(YEARS[year].holidays) == holidays


@pytest.mark.parametrize(("year", "schedule", "months", "total"), PER_MONTH)
def test_working_days_of_each_month_and_year(year, schedule, months, total):
    found = []
    for month in range(1, 13):
        last = weeks.monthrange(year, month)[1]
        found.append(YEARS[year].working_days(date(year, month, 1), date(year, month, last), works(schedule)))
    assert (found, sum(found)) == (months, total)
    assert YEARS[year].working_days(date(year, 1, 1), date(year, 12, 31), works(schedule)) == total


def test_the_amended_list_gave_one_day_more():
    before = Calendar(tuple(row for row in YEARS[2025].holidays if row.day != date(2025, 8, 18)))
    span = date(2025, 8, 1), date(2025, 8, 31)
    assert (
        before.working_days(*span, works(FIVE_DAYS)) - YEARS[2025].working_days(*span, works(FIVE_DAYS)) == 1
    )
    assert changed(before.holidays, YEARS[2025].holidays) == ((date(2025, 8, 18), None),)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (codes.LIBUR_NASIONAL, "L"),
        (codes.LIBUR_DAERAH, "L"),
        (codes.LIBUR_OPD, "L"),
        (codes.HARI_CUTI_BERSAMA, "CBer"),
    ],
)
def test_a_holiday_is_no_working_day_and_no_absence(kind, code):
    day = verdict(holiday=Holiday(date(2026, 11, 10), kind, "Hari Jadi", "SE 1"))
    assert (day.codes, day.working_day, day.absent, day.percent, day.shares) == ((code,), False, False, 0, ())
    assert (english(day.reasons[0]), day.reasons[0].source) == ("Holiday: Hari Jadi.", "SE 1")


def test_on_a_weekly_day_off_nothing_is_due_and_punches_change_nothing():
    saturday = date(2026, 11, 14)
    day = verdict(masuk("09:00", day=saturday), plan=FIVE_DAYS.plan(saturday))
    assert (day.codes, day.working_day) == (("L",), False)
    assert [reason.key for reason in day.reasons] == ["day_off", "worked_on_day_off"]


def test_cuti_bersama_on_a_weekly_day_off_is_just_off():
    saturday = date(2026, 11, 14)
    holiday = Holiday(saturday, codes.HARI_CUTI_BERSAMA, "x")
    assert verdict(plan=FIVE_DAYS.plan(saturday), holiday=holiday).codes == ("L",)


def test_a_holiday_is_a_working_day_for_who_is_on_the_roster():
    holiday = Holiday(date(2026, 11, 10), codes.LIBUR_NASIONAL, "Idul Fitri", "SKB")
    on_duty = verdict(masuk("07:20"), pulang("14:00"), plan=roster(MORNING_SHIFT), holiday=holiday)
    assert (on_duty.codes, on_duty.working_day) == (("H",), True)
    assert on_duty.reasons[0].key == "holiday_worked"
    assert verdict(plan=roster(MORNING_SHIFT), holiday=holiday).codes == ("TK",)
    off = verdict(plan=roster(), holiday=holiday)
    assert (off.codes, off.absent, off.reasons[0].key) == (("L",), False, "roster_off")


def test_for_whom_cuti_bersama_is_off_is_a_setting():
    holiday = Holiday(date(2026, 11, 10), codes.HARI_CUTI_BERSAMA, "Natal")
    policy = Policy(cuti_bersama_statuses=frozenset(codes.ASN))
    assert verdict(person=ALIH_DAYA_PERSON, holiday=holiday, policy=policy).codes == ("TK",)
    assert verdict(person=PNS, holiday=holiday, policy=policy).codes == ("CBer",)


def test_a_national_day_names_the_date_before_other_kinds_whatever_the_order():
    day = date(2026, 12, 24)
    found = (Holiday(day, codes.HARI_CUTI_BERSAMA, "b"), Holiday(day, codes.LIBUR_NASIONAL, "a"))
    assert Calendar(found).on(day) == Calendar(found[::-1]).on(day) == found[1]


def test_a_day_of_one_opd_is_for_it_and_those_below():
    day = date(2026, 11, 10)
    calendar = Calendar((Holiday(day, codes.LIBUR_OPD, "Fumigasi", "SE", frozenset({"DINKES"})),))
    assert calendar.on(day, frozenset({"UPT A", "DINKES"})).name == "Fumigasi"
    assert calendar.on(day, frozenset({"SETDA"})) is None
    assert calendar.on(day) is None


def test_what_a_change_of_the_calendar_touches():
    a, b, c = date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4)
    old = [Holiday(a, codes.LIBUR_NASIONAL, "a"), Holiday(b, codes.LIBUR_OPD, "b", "", frozenset({"X"}))]
    new = [
        old[0],
        Holiday(b, codes.LIBUR_OPD, "b", "", frozenset({"Y"})),
        Holiday(c, codes.LIBUR_DAERAH, "c"),
    ]
    assert changed(old, new) == ((b, frozenset({"X", "Y"})), (c, None))
    assert changed(old, old) == ()


def test_unknown_kinds_are_refused():
    with pytest.raises(WorktimeError) as refused:
        Holiday(date(2026, 1, 1), "Libur", "x")
    assert refused.value.code == "unknown_kind"


def test_days_run_over_month_year_and_leap_day():
    assert list(days(date(2027, 12, 31), date(2028, 1, 1))) == [date(2027, 12, 31), date(2028, 1, 1)]
    assert len(list(days(date(2028, 2, 1), date(2028, 3, 1)))) == 30
    assert list(days(date(2026, 1, 2), date(2026, 1, 1))) == []
