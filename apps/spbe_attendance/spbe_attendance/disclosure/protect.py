"""Which further cells to withhold, so that the sums do not reveal the sensitive ones (complementary suppression).

For each sensitive count in turn, a linear programme looks for the cheapest other table that fits everything published and in
which that count is ``width`` more (the classical heuristic of Kelly, Golden and Assad, 1992). Where that table differs from
the true one, cells are withheld. So each sensitive count has a witness: a reader cannot tell the two tables apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .audit import published, sensitive
from .model import Model, Unknown, equation
from .tables import Cell, DisclosureError, Release, Table

# A total is what most readers come for.
TOTAL = 50.0


def protect(table: Table, earlier: Sequence[Release] = (), *, width: int = 5) -> Release:
    """The next version of a publication: what is sensitive and what else must be withheld with it.

    Nobody who has it and all ``earlier`` versions can narrow a sensitive count of any of them to less than ``width``. Raises
    DisclosureError where not even withholding everything would do.
    """
    search = Search(table, earlier, width)
    for unknown in sensitive([*earlier, Release(table, table.sensitive)]):
        search.shield(unknown)
    return Release(table, frozenset(search.withheld))


class Search:
    """Works on deviations from the true tables: up and down are two columns of the model, both zero where nothing may change."""

    def __init__(self, table: Table, earlier: Sequence[Release], width: int):
        self.table, self.width = table, width
        self.withheld = set(table.sensitive)
        tables = [release.table for release in earlier] + [table]
        self.unknowns = sorted({item for each in tables for item in each.values.items()}, key=repr)
        signs = [(unknown, sign) for unknown in self.unknowns for sign in (1, -1)]
        equations = {
            tuple(((unknown, sign), factor * sign) for unknown, factor in terms for sign in (1, -1))
            for each in tables
            for terms in (equation(one, each.values) for one in each.sums)
        }
        self.model = Model(signs, equations)
        fixed = published(earlier)
        totals = {each.total for each in table.sums}
        for unknown in self.unknowns:
            self._free(unknown) if unknown not in fixed else self._fix(unknown)
            self._price(
                unknown, self._cost(unknown[0], unknown[1], totals) if self._is_shown(unknown) else 0.0
            )

    def shield(self, unknown: Unknown) -> None:
        """Withhold what it takes to have another table in which this count is ``width`` higher."""
        self.model.bound((unknown, 1), self.width, self.width)
        self.model.bound((unknown, -1), 0, 0)
        found = self.model.cheapest()
        self._free(unknown)
        if found is None:
            raise DisclosureError(f"no second table hides {unknown[0]}")
        for other in self._changed(found[1]):
            if self._is_shown(other):
                self.withheld.add(other[0])
                self._price(other, 0.0)

    def _changed(self, moved: np.ndarray) -> list[Unknown]:
        ups, downs = moved[0::2], moved[1::2]
        return [self.unknowns[number] for number in np.flatnonzero(ups - downs)]

    def _is_shown(self, unknown: Unknown) -> bool:
        return self.table.values.get(unknown[0]) == unknown[1] and unknown[0] not in self.withheld

    def _free(self, unknown: Unknown) -> None:
        self.model.bound((unknown, 1), 0, math.inf)
        self.model.bound((unknown, -1), 0, unknown[1])

    def _fix(self, unknown: Unknown) -> None:
        self.model.bound((unknown, 1), 0, 0)
        self.model.bound((unknown, -1), 0, 0)

    def _price(self, unknown: Unknown, cost: float) -> None:
        self.model.cost((unknown, 1), cost)
        self.model.cost((unknown, -1), cost)

    @staticmethod
    def _cost(cell: Cell, value: int, totals: set[Cell]) -> float:
        """Small counts first, because they tell least."""
        return (TOTAL if cell in totals else 1.0) * (1 + math.log1p(value))
