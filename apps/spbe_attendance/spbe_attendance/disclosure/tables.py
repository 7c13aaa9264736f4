"""Counts that add up to each other, and which of them a publication withholds. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

Cell = Hashable


class DisclosureError(ValueError):
    """The table contradicts itself, or cannot be published without telling on somebody."""


@dataclass(frozen=True)
class Sum:
    """``total`` is what its ``parts`` add up to: an equation that everybody who reads the table knows."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Table:
    """What is true: whole numbers of zero or more, and the sums between them.

    ``sensitive``: cells that speak of so few people that nobody may learn them. ``known``: cells that readers may have from
    elsewhere, a staff list for instance; whether they are published or not, nothing hides behind them. Raises DisclosureError.
    """

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    sensitive: frozenset[Cell]
    known: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        unknown = {cell for each in self.sums for cell in each.cells} | self.sensitive | self.known
        if missing := unknown - self.values.keys():
            raise DisclosureError(f"cells without a value: {sorted(map(str, missing))[:5]}")
        if any(value < 0 or value != int(value) for value in self.values.values()):
            raise DisclosureError("a count is a whole number of zero or more")
        for each in self.sums:
            if self.values[each.total] != sum(self.values[part] for part in each.parts):
                raise DisclosureError(f"{each.total} is not the sum of its parts")

    def needs(self, width: int) -> dict[Cell, int]:
        """How wide the range of each sensitive cell must stay: ``width``, but never more than a known total of it leaves open."""
        needs = dict.fromkeys(self.sensitive, width)
        for total, parts in self._reach().items():
            for part in parts & self.sensitive - self.known:
                needs[part] = min(needs[part], self.values[total])
        return needs

    def _reach(self) -> dict[Cell, set[Cell]]:
        """Known totals with all that they are made of, over any number of sums."""
        below: dict[Cell, list[tuple[Cell, ...]]] = {}
        for each in self.sums:
            below.setdefault(each.total, []).append(each.parts)
        found: dict[Cell, set[Cell]] = {}
        for total in self.known:
            queue, seen = [total], set()
            while queue:
                fresh = {part for parts in below.get(queue.pop(), []) for part in parts} - seen
                seen |= fresh
                queue.extend(fresh)
            found[total] = seen
        return found


@dataclass(frozen=True)
class Release:
    """One version as it was published: every cell of ``table`` but those ``withheld``."""

    table: Table
    withheld: frozenset[Cell]

    def __post_init__(self) -> None:
        if self.table.sensitive - self.withheld:
            raise DisclosureError("a sensitive cell is published")
