"""Stretches of a person's time: without gaps, each change where it belongs, and back again."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.kepegawaian.mutasi.timeline import DAY, BeforeTheBeginning, Stretch, changed, joined

START = date(2026, 1, 1)
DAYS = st.integers(0, 300).map(lambda offset: START + timedelta(days=offset))
CHANGES = st.lists(st.tuples(DAYS, st.sampled_from(("opd", "status")), st.sampled_from("ABC")), max_size=8)


def whole(**values):
    return [Stretch(None, None, {"opd": "A", "status": "A", **values})]


def value(stretches, day, field="opd"):
    return next(part.values[field] for part in stretches if part.holds(day))


def test_a_change_holds_from_its_day_on_and_not_before():
    found = changed(whole(), START, {"opd": "B"})
    assert [value(found, START - DAY), value(found, START), value(found, START + 500 * DAY)] == [
        "A",
        "B",
        "B",
    ]


def test_a_change_found_later_holds_until_the_next_one_of_the_same_kind():
    later = changed(whole(), date(2026, 6, 1), {"opd": "C"})
    found = changed(later, date(2026, 3, 1), {"opd": "B"})
    assert [value(found, day) for day in (date(2026, 2, 28), date(2026, 5, 31), date(2026, 6, 1))] == [
        "A",
        "B",
        "C",
    ]


def test_a_change_of_something_else_in_between_does_not_stop_it():
    later = changed(whole(), date(2026, 6, 1), {"status": "C"})
    found = changed(later, date(2026, 3, 1), {"opd": "B"})
    assert (value(found, date(2026, 7, 1)), value(found, date(2026, 7, 1), "status")) == ("B", "C")


def test_nothing_is_changed_before_the_first_known_day():
    with pytest.raises(BeforeTheBeginning):
        changed([Stretch(START, None, {"opd": "A"})], START - DAY, {"opd": "B"})


@given(CHANGES)
def test_stretches_have_no_gap_and_neighbours_differ(changes):
    found = whole()
    for day, field, new in changes:
        found = changed(found, day, {field: new})
    assert found[0].first is None and found[-1].last is None
    for before, after in pairwise(found):
        assert before.last + DAY == after.first
        assert dict(before.values) != dict(after.values)


@given(CHANGES, st.sampled_from(("opd", "status")), st.sampled_from("DE"))
def test_the_latest_change_taken_back_leaves_what_was_before(changes, field, new):
    found = whole()
    for day, changed_field, text in changes:
        found = changed(found, day, {changed_field: text})
    last = date(2027, 1, 1)
    once = changed(found, last, {field: new})
    assert changed(once, last, {field: value(found, last, field)}) == joined(found)
