"""Shifts of different dates that overlap: boundaries by table, the rest by comparison with every pair of minutes."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.worktime.hours import Hours
from spbe_attendance.worktime.roster import clashes

DAY = date(2026, 11, 30)
NEXT = DAY + timedelta(days=1)


def shift(start: str, end: str, key: str = "") -> Hours:
    begin, finish = time.fromisoformat(start), time.fromisoformat(end)
    return Hours(begin, finish, overnight=finish <= begin, key=key or f"{start}-{end}")


NIGHT = shift("20:00", "07:30", "ML")


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (NIGHT, shift("07:30", "14:00"), False),
        (NIGHT, shift("07:29", "14:00"), True),
        (NIGHT, shift("14:00", "20:00"), False),
        (NIGHT, NIGHT, False),
        (shift("08:00", "08:00"), shift("08:00", "08:00"), False),
        (shift("08:00", "08:00"), shift("07:59", "12:00"), True),
        (shift("07:30", "14:00"), shift("00:00", "07:00"), False),
    ],
)
def test_the_next_shift_may_begin_at_the_minute_the_night_ends(first, second, overlap):
    assert bool(clashes({DAY: [first], NEXT: [second]})) is overlap


def test_a_clash_names_both_with_their_dates_and_times_over_the_end_of_a_month():
    (found,) = clashes({NEXT: [shift("07:00", "14:00", "PG")], DAY: [NIGHT]})
    assert (found.first_day, found.first, found.second_day, found.second) == (DAY, "ML", NEXT, "PG")
    assert f"{found.until:%d %H:%M} {found.begins:%d %H:%M}" == "01 07:30 01 07:00"


def test_shifts_of_the_same_date_are_not_its_business():
    assert clashes({DAY: [shift("07:00", "14:00"), shift("13:00", "20:00")]}) == ()


CLOCK = st.integers(0, 95).map(lambda quarter: time(quarter // 4, 15 * (quarter % 4)))
SHIFTS = st.builds(lambda start, end: Hours(start, end, overnight=end <= start), CLOCK, CLOCK)
ROSTERS = st.dictionaries(
    st.integers(0, 5).map(lambda number: DAY + timedelta(days=number)), st.lists(SHIFTS, max_size=2)
)


@given(ROSTERS)
def test_there_is_a_clash_exactly_when_two_dates_share_a_minute(rosters):
    windows = [(day, hours.on(day)) for day, of_day in rosters.items() for hours in of_day]
    shared = any(
        one.start < other.end and other.start < one.end
        for day, one in windows
        for next_day, other in windows
        if day < next_day
    )
    assert bool(clashes(rosters)) is shared


@given(ROSTERS, st.randoms())
def test_the_order_of_dates_does_not_matter_and_fewer_shifts_never_clash_more(rosters, random):
    items = list(rosters.items())
    random.shuffle(items)
    assert clashes(dict(items)) == clashes(rosters)
    if items and clashes(rosters) == ():
        rest = dict(items[1:])
        assert clashes(rest) == ()
