"""Counters of PP 94/2021: days in the year, days in a row, the 7½-hour information."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.tests.unit.worktime_world import ALIH_DAYA_PERSON, FIVE_DAYS, masuk, pulang, verdict
from spbe_attendance.worktime.calendar import days
from spbe_attendance.worktime.discipline import (
    BERAT,
    LEVELS,
    RINGAN,
    SEDANG,
    DayMark,
    count,
    crossed,
    equivalent_days,
    level_of,
    mark,
)
from spbe_attendance.worktime.explain import english


def marks(first, last, absent=(), off=()):
    """A mark per date; weekends and ``off`` are no working days."""
    return [
        DayMark(
            day, day.weekday() < 5 and day not in off, day in absent and day.weekday() < 5 and day not in off
        )
        for day in days(first, last)
    ]


def absences(number, every=2):
    """So many absences, never two in a row."""
    working = [day for day in days(date(2026, 1, 1), date(2026, 12, 31)) if day.weekday() < 5]
    chosen = working[: number * every : every]
    return marks(date(2026, 1, 1), date(2026, 12, 31), chosen)


# Domain rules section 5: PP 94/2021, cumulative days in a year.
BANDS = [
    (2, None, None),
    (3, RINGAN, "Teguran lisan"),
    (4, RINGAN, "Teguran tertulis"),
    (6, RINGAN, "Teguran tertulis"),
    (7, RINGAN, "Pernyataan tidak puas secara tertulis"),
    (10, RINGAN, "Pernyataan tidak puas secara tertulis"),
    (11, SEDANG, "Pemotongan tunjangan kinerja 25% selama 6 bulan"),
    (13, SEDANG, "Pemotongan tunjangan kinerja 25% selama 6 bulan"),
    (14, SEDANG, "Pemotongan tunjangan kinerja 25% selama 9 bulan"),
    (16, SEDANG, "Pemotongan tunjangan kinerja 25% selama 9 bulan"),
    (17, SEDANG, "Pemotongan tunjangan kinerja 25% selama 12 bulan"),
    (20, SEDANG, "Pemotongan tunjangan kinerja 25% selama 12 bulan"),
    (21, BERAT, "Penurunan jabatan setingkat lebih rendah selama 12 bulan"),
    (24, BERAT, "Penurunan jabatan setingkat lebih rendah selama 12 bulan"),
    (25, BERAT, "Pembebasan dari jabatan menjadi jabatan pelaksana selama 12 bulan"),
    (27, BERAT, "Pembebasan dari jabatan menjadi jabatan pelaksana selama 12 bulan"),
    (28, BERAT, "Pemberhentian dengan hormat tidak atas permintaan sendiri"),
    (60, BERAT, "Pemberhentian dengan hormat tidak atas permintaan sendiri"),
]


@pytest.mark.parametrize(("number", "weight", "punishment"), BANDS)
def test_levels_of_days_in_the_year(number, weight, punishment):
    found = count(absences(number), 2026)
    assert found.days == number
    assert (found.level and found.level.weight, found.level and found.level.punishment) == (
        weight,
        punishment,
    )


def test_the_bands_follow_each_other_without_a_gap():
    assert [level.days for level in LEVELS[1:]] == [level.until + 1 for level in LEVELS[:-1]]
    assert LEVELS[-1].until is None


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        (0, None),
        (1, None),
        (2, 2),
        (3, 3),
        (5, 3),
        (6, 6),
        (10, 10),
        (13, 13),
        (16, 16),
        (20, 20),
        (24, 24),
        (27, 27),
        (40, 27),
    ],
)
def test_warnings_before_each_level(number, warning):
    assert count(absences(number), 2026).warning == warning


def test_each_threshold_warns_once():
    none, two, seven = (count(absences(number), 2026) for number in (0, 2, 7))
    assert crossed(None, two) == crossed(none, two) == (("days", 2),)
    assert crossed(two, seven) == (("days", 3), ("days", 6))
    assert crossed(seven, seven) == ()
    assert crossed(seven, two) == ()


def test_the_count_starts_again_each_year():
    absent = [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 4)]
    rows = marks(date(2026, 12, 1), date(2027, 1, 31), absent)
    assert (count(rows, 2026).days, count(rows, 2027).days) == (2, 1)


MONDAY = date(2026, 11, 2)


def in_a_row(number, **more):
    working = [
        day
        for day in days(MONDAY, date(2026, 12, 31))
        if day.weekday() < 5 and day not in more.get("off", ())
    ]
    return marks(MONDAY, date(2026, 12, 31), working[:number], **more)


@pytest.mark.parametrize(("number", "warning"), [(2, None), (3, 3), (4, 3), (5, 5), (7, 7), (9, 9), (10, 9)])
def test_warnings_of_days_in_a_row(number, warning):
    found = count(in_a_row(number), 2026)
    assert (found.longest_run, found.run_warning) == (number, warning)


def test_each_threshold_in_a_row_warns_once():
    two, three, seven = (count(in_a_row(number), 2026) for number in (2, 3, 7))
    assert crossed(two, three) == (("days", 3), ("run", 3))
    assert crossed(three, seven) == (("days", 6), ("run", 5), ("run", 7))


def test_ten_in_a_row_is_the_heaviest_level_and_stops_the_salary_next_month():
    nine, ten = count(in_a_row(9), 2026), count(in_a_row(10), 2026)
    assert (nine.level.weight, nine.salary_stop) == (RINGAN, None)
    assert (ten.level.weight, ten.salary_stop) == (BERAT, date(2026, 12, 1))
    assert "10 working days in a row without reason" in english(ten.reasons[-1])
    assert crossed(nine, ten) == (("days", 10),)


def test_weekends_and_holidays_do_not_break_a_run_and_do_not_count():
    off = (date(2026, 11, 5),)
    found = count(in_a_row(6, off=off), 2026)
    assert (found.days, found.longest_run) == (6, 6)


def test_a_working_day_that_was_no_absence_breaks_a_run():
    absent = [day for day in days(MONDAY, date(2026, 11, 13)) if day != date(2026, 11, 6)]
    found = count(marks(MONDAY, date(2026, 11, 13), absent), 2026)
    assert (found.days, found.longest_run, found.run, found.run_since) == (9, 5, 5, date(2026, 11, 9))


def test_a_run_goes_on_over_the_years_end():
    absent = list(days(date(2026, 12, 24), date(2027, 1, 8)))
    rows = marks(date(2026, 12, 1), date(2027, 1, 31), absent)
    old, new = count(rows, 2026), count(rows, 2027)
    assert (old.days, old.run, old.longest_run) == (6, 6, 6)
    assert (new.days, new.longest_run, new.salary_stop) == (6, 12, date(2027, 2, 1))
    assert count(rows, 2027).level.weight == BERAT


def test_a_tenth_day_in_december_stops_the_salary_in_january():
    absent = list(days(date(2026, 12, 14), date(2027, 1, 8)))
    rows = marks(date(2026, 12, 1), date(2027, 1, 31), absent)
    assert count(rows, 2026).salary_stop == date(2027, 1, 1)
    assert count(rows, 2027).salary_stop == date(2027, 1, 1)


@pytest.mark.parametrize(("minutes", "whole"), [(0, 0), (449, 0), (450, 1), (899, 1), (900, 2)])
def test_seven_and_a_half_hours_are_a_day_for_information(minutes, whole):
    assert equivalent_days(minutes) == whole
    row = DayMark(MONDAY, True, False, minutes)
    found = count([row], 2026)
    assert (found.equivalent_days, found.days, found.level) == (whole, 0, None)


def test_marks_come_from_days():
    late = verdict(masuk("07:45"), pulang("15:50"))
    assert mark(late) == DayMark(late.day, True, False, 25)
    assert mark(verdict()).absent is True
    assert mark(verdict(person=ALIH_DAYA_PERSON)).absent is False
    saturday = verdict(plan=FIVE_DAYS.plan(date(2026, 11, 14)))
    assert mark(saturday).working is False


def test_an_absent_half_day_is_no_absent_day():
    assert mark(replace(verdict(), absent=False)).absent is False


@given(st.lists(st.booleans(), max_size=120), st.randoms(use_true_random=False))
def test_the_order_of_marks_does_not_matter_and_counts_agree(found, shuffle):
    rows = [
        DayMark(day, True, absent)
        for day, absent in zip(days(date(2026, 1, 1), date(2026, 4, 30)), found, strict=False)
    ]
    result = count(rows, 2026)
    mixed = list(rows)
    shuffle.shuffle(mixed)
    assert count(mixed, 2026) == result
    assert result.days == sum(found)
    assert result.run <= result.longest_run <= result.days


@given(st.integers(0, 100))
def test_more_days_never_lower_the_level(number):
    order = [None, *LEVELS]
    assert order.index(level_of(number)) <= order.index(level_of(number + 1))
