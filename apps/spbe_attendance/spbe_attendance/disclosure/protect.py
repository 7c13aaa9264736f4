"""Which further cells to withhold, so that the sums do not reveal the sensitive ones (complementary suppression).

For each sensitive count in turn, a linear programme looks for the cheapest other table that fits everything published and in
which that count is ``width`` away (the classical heuristic of Kelly, Golden and Assad, 1992). Where that table differs from
the true one, cells are withheld. So each sensitive count has a witness: a reader cannot tell the two tables apart. A witness
serves every count that moves in it, and so do its multiples and its mirror image, as far as no count falls below zero: most
counts need no programme of their own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np

from .audit import published, sensitive, widths
from .model import Model, Unknown, equation
from .tables import Cell, DisclosureError, Release, Table

# A total is what most readers come for.
TOTAL = 50.0


def protect(
    table: Table,
    earlier: Sequence[Release] = (),
    *,
    width: int = 5,
    withhold: Collection[Cell] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Release:
    """The next version of a publication: what is sensitive, ``withhold``, and what else must be withheld with it.

    Nobody who has it and all ``earlier`` versions can narrow a sensitive count of any of them to less than ``width`` (less where
    a known total leaves no more open), not even with the tables' known cells; nor compute what else earlier versions withheld,
    where that can be helped. ``progress`` is told (done, all). Raises
    DisclosureError where not even withholding everything would do.
    """
    search = Search(table, earlier, width, withhold)
    releases = [*earlier, Release(table, table.sensitive)]
    # First those that are hidden from somebody who has the known cells, too: their witnesses leave these as they are.
    small = sorted(sensitive(releases), key=lambda unknown: unknown in search.known)
    covers = search.covers(earlier)
    for done, unknown in enumerate([*small, *covers], 1):
        try:
            search.shield(unknown)
        except DisclosureError:
            # A cover is no secret by itself: where nothing keeps it uncertain any more, it is let go.
            if unknown not in covers:
                raise
        if progress:
            progress(done, len(small) + len(covers))
    return Release(table, frozenset(search.withheld))


class Search:
    """Works on deviations from the true tables: up and down are two columns of the model, both zero where nothing may change."""

    def __init__(self, table: Table, earlier: Sequence[Release], width: int, withhold: Collection[Cell] = ()):
        self.table = table
        self.withheld = {*table.sensitive, *withhold}
        releases = [*earlier, Release(table, table.sensitive)]
        tables = [release.table for release in releases]
        self.widths = widths(releases, width)
        self.unknowns = sorted({item for each in tables for item in each.values.items()}, key=repr)
        self.values = np.array([value for _cell, value in self.unknowns], dtype=float)
        signs = [(unknown, sign) for unknown in self.unknowns for sign in (1, -1)]
        equations = {
            tuple(((unknown, sign), factor * sign) for unknown, factor in terms for sign in (1, -1))
            for each in tables
            for terms in (equation(one, each.values) for one in each.sums)
        }
        self.model = Model(signs, equations)
        self.fixed = published(earlier)
        self.known = {(cell, each.values[cell]) for each in tables for cell in each.known} - self.fixed
        self.trusting = False
        # How far each count moves in the witnesses so far: below, above.
        self.below: dict[Unknown, float] = defaultdict(float)
        self.above: dict[Unknown, float] = defaultdict(float)
        totals = {each.total for each in table.sums}
        for unknown in self.unknowns:
            self._open(unknown)
            self._price(
                unknown, self._cost(unknown[0], unknown[1], totals) if self._is_shown(unknown) else 0.0
            )

    def covers(self, earlier: Sequence[Release]) -> dict[Unknown, None]:
        """What earlier versions withheld to hide others: this version shall not tell it either, so it stays open by one."""
        hidden = {(cell, each.table.values[cell]) for each in earlier for cell in each.withheld}
        found = sorted(hidden - self.widths.keys() - self.fixed - self.known, key=repr)
        self.widths |= dict.fromkeys(found, 1)
        return dict.fromkeys(found)

    def shield(self, unknown: Unknown) -> None:
        """Withhold what it takes to have other tables between which this count differs by as much as it must."""
        self._trust(unknown in self.known)
        if self._missing(unknown) <= 0:
            return
        if unknown in self.fixed:
            raise DisclosureError(f"{unknown[0]} is in an earlier version")
        if self._move_up(unknown) or self._move_down(unknown):
            return
        # Near the end of its range: some way up and the rest down.
        highest = int(self.above[unknown])
        for step in range(highest + self._missing(unknown) - 1, highest, -1):
            if self._move(unknown, step):
                break
        if self._missing(unknown) > 0 and not self._move_down(unknown):
            raise DisclosureError(f"no second table hides {unknown[0]}")

    def _move_up(self, unknown: Unknown) -> bool:
        """As far above the witnesses so far as is missing."""
        return self._move(unknown, int(self.above[unknown]) + self._missing(unknown))

    def _move_down(self, unknown: Unknown) -> bool:
        far = int(self.below[unknown]) + self._missing(unknown)
        return unknown[1] >= far and self._move(unknown, -far)

    def _missing(self, unknown: Unknown) -> int:
        return self.widths[unknown] - int(self.above[unknown] + self.below[unknown])

    def _move(self, unknown: Unknown, by: int) -> bool:
        """Look for the cheapest table in which this count is ``by`` more (less, if negative); withhold what differs in it."""
        self.model.bound((unknown, 1), max(by, 0), max(by, 0))
        self.model.bound((unknown, -1), max(-by, 0), max(-by, 0))
        found = self.model.cheapest()
        self._open(unknown)
        if found is None or not found[1].size:
            return False
        moved = found[1][0::2] - found[1][1::2]
        self._note(moved)
        for place in np.flatnonzero(moved):
            other = self.unknowns[place]
            if self._is_shown(other):
                self.withheld.add(other[0])
                self._price(other, 0.0)
        return True

    def _note(self, moved: np.ndarray) -> None:
        """Remember the witness and its multiples, both ways, for every count that moves in it."""
        down, up = moved < 0, moved > 0
        times = np.floor((self.values[down] / -moved[down]).min(initial=1e6) + 1e-9)
        back = np.floor((self.values[up] / moved[up]).min(initial=1e6) + 1e-9)
        for place in np.flatnonzero(moved):
            unknown = self.unknowns[place]
            # What was found with known cells moving proves nothing to somebody who has them.
            if self.trusting and unknown not in self.known:
                continue
            ends = (times * moved[place], -back * moved[place])
            self.above[unknown] = max(self.above[unknown], *ends)
            self.below[unknown] = max(self.below[unknown], -min(ends))

    def _trust(self, trusting: bool) -> None:
        """Whether the reader is one who does not have the known cells."""
        if trusting != self.trusting:
            self.trusting = trusting
            for unknown in self.known:
                self._open(unknown)

    def _is_shown(self, unknown: Unknown) -> bool:
        return self.table.values.get(unknown[0]) == unknown[1] and unknown[0] not in self.withheld

    def _open(self, unknown: Unknown) -> None:
        """Free to move, unless it is published or known."""
        held = unknown in self.fixed or (unknown in self.known and not self.trusting)
        self.model.bound((unknown, 1), 0, 0 if held else math.inf)
        self.model.bound((unknown, -1), 0, 0 if held else unknown[1])

    def _price(self, unknown: Unknown, cost: float) -> None:
        self.model.cost((unknown, 1), cost)
        self.model.cost((unknown, -1), cost)

    @staticmethod
    def _cost(cell: Cell, value: int, totals: set[Cell]) -> float:
        """Small counts first, because they tell least."""
        return (TOTAL if cell in totals else 1.0) * (1 + math.log1p(value))
