"""Person-days by unit, employment type and code with all their totals, and which of them are small. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from spbe_attendance.disclosure.tables import Sum, Table
from spbe_attendance.pemantauan.satu_data.codelist import ABSENT, ALL, HADIR, JUMLAH, LEAVES, ORDER, PRESENT

Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Days:
    """So many days of one person with one code."""

    person: str
    unit: str
    group: str
    code: str
    days: int


@dataclass
class Cube:
    """``values``: person-days by (unit, employment type, code), totals included under codelist.ALL, HADIR and JUMLAH.
    ``persons``: how many different persons a cell speaks of."""

    values: dict[Cell, int] = field(default_factory=dict)
    persons: dict[Cell, int] = field(default_factory=dict)

    def is_small(self, cell: Cell, least: int) -> bool:
        """Speaks of so few days or persons, or of a group of so few, that it tells what single persons did: zeros tell it, too.

        How many days a group had to work tells only how large it is, which is no secret.
        """
        unit, group, code = cell
        if 0 < self.values[cell] < least:
            return True
        if code == JUMLAH:
            return False
        few = self.persons[cell] if self.values[cell] else least
        return few < least or self.persons[unit, group, JUMLAH] < least

    def table(self, least: int) -> Table:
        """For the disclosure engine."""
        return table(self.values, {cell for cell in self.values if self.is_small(cell, least)})


def table(values: Mapping[Cell, int], small: Collection[Cell]) -> Table:
    """Of counts with all their totals. How many days everybody had to work is known to whoever has a staff list and a calendar."""
    known = frozenset(cell for cell in values if cell[2] == JUMLAH)
    return Table(values, tuple(sums(values)), frozenset(small), known)


def sums(values: Mapping[Cell, int]) -> Iterable[Sum]:
    """Every equation between the counts."""
    by_unit, by_group = defaultdict(list), defaultdict(list)
    for unit, group in sorted({(unit, group) for unit, group, _code in values}):
        yield Sum((unit, group, HADIR), tuple((unit, group, code) for code in PRESENT))
        yield Sum((unit, group, JUMLAH), tuple((unit, group, code) for code in (HADIR, *ABSENT)))
        if group != ALL:
            by_unit[unit].append(group)
        if unit != ALL:
            by_group[group].append(unit)
    for code in ORDER:
        for unit, parts in by_unit.items():
            yield Sum((unit, ALL, code), tuple((unit, group, code) for group in parts))
        for group, parts in by_group.items():
            yield Sum((ALL, group, code), tuple((unit, group, code) for unit in parts))


def build(rows: Iterable[Days]) -> Cube:
    """Empty for no rows. Every pair of unit and employment type that had a working day has all codes, zeros included."""
    values: dict[Cell, int] = defaultdict(int)
    persons: dict[Cell, set[str]] = defaultdict(set)
    for row in rows:
        above = HADIR if row.code in PRESENT else None
        chain = tuple(code for code in (row.code, above, JUMLAH) if code)
        for cell in product((row.unit, ALL), (row.group, ALL), chain):
            values[cell] += row.days
            persons[cell].add(row.person)
    groups = {(unit, group) for unit, group, _code in values}
    cells = [(unit, group, code) for unit, group in sorted(groups) for code in (*LEAVES, HADIR, JUMLAH)]
    return Cube(
        {cell: values.get(cell, 0) for cell in cells},
        {cell: len(persons.get(cell, ())) for cell in cells},
    )
