"""How days become the counts of open data, and which of these are small."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.pemantauan.satu_data import codelist
from spbe_attendance.pemantauan.satu_data.cube import Days, build
from spbe_attendance.worktime import codes

GROUPS = st.sampled_from(("PNS", "PPPK", "Non ASN"))
UNITS = st.sampled_from(("A", "B", "C"))


@pytest.mark.parametrize(
    ("kode", "counted"),
    [
        ("H", "H"),
        ("H,TL2", "T"),
        ("H,PSW1", "T"),
        ("H,TL1,PSW4", "T"),
        ("H,WFA", "WFA"),
        ("H,TL1,WFA", "WFA"),
        ("DL", "DL"),
        ("CT", "C"),
        ("CB", "C"),
        ("CS", "C"),
        ("H,CT", "H"),
        ("S", "S"),
        ("I", "I"),
        ("TB", "TB"),
        ("TK", "TK"),
        ("L", None),
        ("CBer", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_counts_as_its_main_code(kode: str | None, counted: str | None):
    assert codelist.classify(kode) == counted


def test_every_code_of_a_working_day_is_counted_somewhere_and_named():
    duty = [code for code in codes.ORDER if code not in codelist.NO_DUTY]
    assert {codelist.classify(code) for code in duty} == set(codelist.LEAVES)
    assert set(codelist.NAMES) == set(codelist.ORDER)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), UNITS, GROUPS, st.sampled_from(codelist.LEAVES), st.integers(1, 9)))
)
def test_all_sums_hold_whatever_the_days(rows: list[tuple]):
    cube = build(Days(f"P{person}", *rest) for person, *rest in rows)
    table = cube.table(5)
    assert sum(days for *_rest, days in rows) == table.values.get(("SEMUA", "SEMUA", "JUMLAH"), 0)
    assert {each.total for each in table.sums} <= table.values.keys()


def test_a_count_is_small_by_days_by_persons_and_by_the_size_of_its_group():
    rows = [Days(f"P{number}", "A", "PNS", "H", 18) for number in range(20)]
    rows += [Days("P0", "A", "PNS", "S", 4), Days("P1", "A", "PNS", "TB", 22)]
    rows += [Days(f"Q{number}", "B", "PPPK", "H", 20) for number in range(4)]
    table = build(rows).table(5)
    assert ("A", "PNS", "S") in table.sensitive, "few days"
    assert ("A", "PNS", "TB") in table.sensitive, "one person, many days"
    assert ("A", "PNS", "H") not in table.sensitive
    assert ("A", "PNS", "I") not in table.sensitive, "nobody of many"
    assert ("B", "PPPK", "I") in table.sensitive, "nobody of few"
    assert ("B", "PPPK", "H") in table.sensitive
    assert ("B", "PPPK", "JUMLAH") not in table.sensitive, "how large a group is, is no secret"
    assert ("B", "PPPK", "JUMLAH") in table.known


def test_a_group_that_had_less_than_five_days_is_small_altogether():
    table = build([Days("P", "A", "PNS", "H", 3)]).table(5)
    assert ("A", "PNS", "JUMLAH") in table.sensitive


def test_a_person_who_moved_is_one_person_in_the_sum():
    rows = [Days("P", "A", "PNS", "S", 6), Days("P", "B", "PNS", "S", 6)]
    cube = build(rows)
    assert cube.persons["SEMUA", "PNS", "S"] == 1
    assert cube.values["SEMUA", "PNS", "S"] == 12
