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

    ``sensitive``: cells that speak of so few people that nobody may learn them. Raises DisclosureError.
    """

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    sensitive: frozenset[Cell]

    def __post_init__(self) -> None:
        unknown = {cell for each in self.sums for cell in each.cells} | self.sensitive
        if missing := unknown - self.values.keys():
            raise DisclosureError(f"cells without a value: {sorted(map(str, missing))[:5]}")
        if any(value < 0 or value != int(value) for value in self.values.values()):
            raise DisclosureError("a count is a whole number of zero or more")
        for each in self.sums:
            if self.values[each.total] != sum(self.values[part] for part in each.parts):
                raise DisclosureError(f"{each.total} is not the sum of its parts")


@dataclass(frozen=True)
class Release:
    """One version as it was published: every cell of ``table`` but those ``withheld``."""

    table: Table
    withheld: frozenset[Cell]

    def __post_init__(self) -> None:
        if self.table.sensitive - self.withheld:
            raise DisclosureError("a sensitive cell is published")
