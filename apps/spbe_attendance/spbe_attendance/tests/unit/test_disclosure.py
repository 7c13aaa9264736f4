"""What is withheld cannot be worked out again. The attacker here tries all whole tables and knows nothing of the solver."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.disclosure.audit import Knowledge, exposed
from spbe_attendance.disclosure.protect import protect
from spbe_attendance.disclosure.tables import DisclosureError, Release, Sum, Table

SMALL = 5


def grid(rows: list[list[int]], small: int = SMALL, *, staff_list: bool = False) -> Table:
    """A table of two ways with all its totals; counts below ``small`` are sensitive.

    ``staff_list``: readers know the totals of rows, and a row of less than ``small`` is sensitive with its zeros.
    """
    height, width = len(rows), len(rows[0])
    values = {(row, column): rows[row][column] for row in range(height) for column in range(width)}
    values |= {(row, "*"): sum(rows[row]) for row in range(height)}
    values |= {("*", column): sum(row[column] for row in rows) for column in range(width)}
    values["*", "*"] = sum(map(sum, rows))
    sums = [
        *(Sum((row, "*"), tuple((row, column) for column in range(width))) for row in [*range(height), "*"]),
        *(
            Sum(("*", column), tuple((row, column) for row in range(height)))
            for column in [*range(width), "*"]
        ),
    ]
    sensitive = {cell for cell, value in values.items() if 0 < value < small}
    known = {cell for cell in values if cell[1] == "*"} if staff_list else set()
    sensitive |= {cell for cell in values if known and 0 < values[cell[0], "*"] < small}
    return Table(values, tuple(sums), frozenset(sensitive), frozenset(known))


def possible(releases: list[Release], most: int) -> dict[tuple, set[int]]:
    """Every number from zero to ``most`` that each withheld inner count may have, tried one by one.

    A count that is the same in two versions is one unknown, as an attacker may guess.
    """
    known = {
        item
        for release in releases
        for item in release.table.values.items()
        if item[0] not in release.withheld or item[0] in release.table.known
    }
    every = {item for release in releases for item in release.table.values.items() if "*" not in item[0]}
    inner = sorted(every - known)
    tried = np.indices((most + 1,) * len(inner), dtype=np.int16)
    tried = tried.reshape(len(inner), (most + 1) ** len(inner))
    numbers = {**{item: item[1] for item in known}, **dict(zip(inner, tried, strict=True))}
    fitting = np.ones(tried.shape[1], dtype=bool)
    for release in releases:
        values = release.table.values
        for each in release.table.sums:
            items = [(cell, values[cell]) for cell in each.cells]
            if all(item in numbers for item in items):
                fitting &= numbers[items[0]] == sum(numbers[item] for item in items[1:])
    return {item: set(tried[row][fitting].tolist()) for row, item in enumerate(inner)}


def assert_hidden(releases: list[Release], width: int) -> None:
    found = possible(releases, most=7)
    needs: dict[tuple, int] = {}
    for release in releases:
        for cell, need in release.table.needs(width).items():
            item = (cell, release.table.values[cell])
            # The same count in two versions is no wider open than the narrower of the two known totals leaves it.
            needs[item] = min(need, needs.get(item, need))
    for item, need in needs.items():
        if "*" not in item[0]:
            numbers = found[item]
            assert max(numbers) - min(numbers) >= need, (item, numbers, [each.withheld for each in releases])


def test_a_small_count_alone_in_its_row_and_column_is_not_withheld_alone():
    release = protect(grid([[3, 20, 30], [20, 30, 40], [30, 40, 50]]))
    assert (0, 0) in release.withheld
    for line in release.table.sums:
        assert len(release.withheld & set(line.cells)) != 1


def test_what_needs_no_protection_is_published_whole():
    assert protect(grid([[10, 20], [30, 0]])).withheld == frozenset()


def test_withholding_only_the_small_count_is_found_out():
    table = grid([[3, 20], [20, 30]])
    ((unknown, span),) = exposed([Release(table, table.sensitive)], SMALL)
    assert unknown == ((0, 0), 3)
    assert (span.low, span.high) == (3, 3)


def test_a_correction_does_not_give_away_what_the_first_version_withheld():
    """Only one published count changes: the difference of the totals would tell the new one, were it withheld alone."""
    first = protect(grid([[3, 20, 30], [20, 30, 40], [30, 40, 50]]))
    second = protect(grid([[3, 20, 30], [20, 4, 40], [30, 40, 50]]), [first])
    assert exposed([first, second], SMALL) == []


def test_a_cell_once_published_is_no_cover_in_a_later_version():
    first = protect(grid([[10, 20, 30], [20, 30, 40], [30, 40, 50]]))
    second = protect(grid([[3, 20, 30], [20, 30, 40], [30, 40, 50]]), [first])
    assert exposed([first, second], SMALL) == []


def test_an_earlier_version_that_told_too_much_cannot_be_mended():
    told = Release(grid([[3, 20], [20, 30]], small=0), frozenset())
    with pytest.raises(DisclosureError):
        protect(grid([[3, 20], [20, 30]]), [told])


def test_a_count_that_an_earlier_version_told_is_not_taken_for_hidden():
    """The row becomes small by the correction, and sensitive with the zero that has been out since the first version."""
    first = protect(grid([[0, 0, 1], [0, 2, 1]], small=3, staff_list=True), width=2)
    assert (1, 0) not in first.withheld
    with pytest.raises(DisclosureError):
        protect(grid([[0, 0, 1], [0, 1, 1]], small=3, staff_list=True), [first], width=2)


def test_a_table_that_contradicts_itself_is_refused():
    table = grid([[10, 20], [30, 40]])
    with pytest.raises(DisclosureError):
        replace(table, values={**table.values, ("*", "*"): 1})
    with pytest.raises(DisclosureError):
        replace(table, values={**table.values, (0, 0): -1})
    with pytest.raises(DisclosureError):
        replace(table, sensitive=frozenset({"elsewhere"}))
    with pytest.raises(DisclosureError):
        Release(grid([[3, 20], [20, 30]]), frozenset())


def test_a_staff_list_does_not_give_away_what_the_only_person_of_a_row_did():
    """Twenty-two days in all is what everybody can count; which of them the person came is not for everybody."""
    table = grid([[20, 2, 0], [200, 20, 10], [300, 30, 12]], staff_list=True)
    row = frozenset((0, column) for column in range(3))
    table = replace(table, sensitive=table.sensitive | row)
    release = protect(table)
    assert row <= release.withheld
    assert exposed([release], SMALL) == []


def test_a_known_total_that_is_small_itself_leaves_no_more_open_than_it_is():
    table = grid([[2, 0], [30, 40], [50, 60]], staff_list=True)
    assert table.needs(SMALL) == {(0, 0): 2, (0, 1): 2, (0, "*"): SMALL}
    assert exposed([protect(table)], SMALL) == []


def test_a_known_total_hides_nothing_even_if_it_is_withheld():
    """Only the row of the other column's total could cover the count, and readers have that one."""
    table = grid([[3, 20], [20, 30]], staff_list=True)
    blind = Release(table, frozenset({(0, 0), ("*", 0), (0, "*"), ("*", "*")}))
    assert [unknown for unknown, _span in exposed([blind], SMALL)] == [((0, 0), 3)]


def test_a_witness_that_goes_half_the_way_is_not_taken_twice_for_the_whole():
    """With both totals known and the rest unchanged, the new count is one or two: no choice of cells makes that wider."""
    first = protect(grid([[0, 0, 1], [0, 0, 0]], small=3, staff_list=True), width=2)
    with pytest.raises(DisclosureError):
        protect(grid([[1, 0, 1], [0, 0, 0]], small=3, staff_list=True), [first], width=2)


def test_a_later_version_does_not_tell_what_an_earlier_one_withheld_to_hide_others():
    first = protect(grid([[3, 20, 30], [20, 30, 40], [30, 40, 50]]))
    covers = first.withheld - first.table.sensitive
    second = protect(grid([[30, 20, 30], [20, 30, 40], [30, 40, 50]]), [first])
    knowledge = Knowledge([first, second])
    assert covers
    for cell in covers:
        assert knowledge.range_of((cell, first.table.values[cell])).width >= 1, cell


def test_progress_is_told_to_the_end():
    told = []
    protect(
        grid([[3, 20, 30], [20, 3, 40], [30, 40, 50]]),
        progress=lambda done, every: told.append((done, every)),
    )
    assert told[-1] == (2, 2)


def tables(height: int, width: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, 5), min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


@settings(max_examples=30, deadline=None)
@given(tables(2, 3))
def test_an_attacker_who_tries_every_table_finds_no_sensitive_count(rows: list[list[int]]):
    assert_hidden([protect(grid(rows, small=3), width=2)], width=2)


@settings(max_examples=30, deadline=None)
@given(tables(2, 2), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 5)), max_size=2))
def test_nor_one_who_has_two_versions_and_guesses_what_did_not_change(rows: list[list[int]], changes: list):
    later = [list(row) for row in rows]
    for row, column, count in changes:
        later[row][column] = count
    first = protect(grid(rows, small=3), width=2)
    second = protect(grid(later, small=3), [first], width=2)
    assert_hidden([first, second], width=2)


@settings(max_examples=30, deadline=None)
@given(tables(2, 3), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 5)), max_size=1))
def test_nor_one_who_has_the_staff_list_as_well(rows: list[list[int]], changes: list):
    later = [list(row) for row in rows]
    for row, column, count in changes:
        later[row][column] = count
    first = protect(grid(rows, small=3, staff_list=True), width=2)
    assert_hidden([first], width=2)
    try:
        second = protect(grid(later, small=3, staff_list=True), [first], width=2)
    except DisclosureError:
        # What came out by the first version cannot be hidden by the second: refusing is right, and leaves the first as safe.
        return
    assert_hidden([first, second], width=2)
