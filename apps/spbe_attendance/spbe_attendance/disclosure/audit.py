"""What somebody who has every published version of a table can work out about the cells that were withheld.

The attacker knows all sums, that counts are whole and not negative, and, which is more than a real one knows, which withheld
counts are the same in several versions: a correction that touches little must not give the rest away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Model, Unknown, equation
from .tables import Release


@dataclass(frozen=True)
class Range:
    """Two counts that fit all that was published, as far apart as were found; ``high`` may be infinite."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class Knowledge:
    """All published versions, ready to be asked about one count after the other."""

    def __init__(self, releases: Sequence[Release]):
        self.sensitive = sensitive(releases)
        self.published = published(releases)
        unknowns = {(cell, value) for release in releases for cell, value in release.table.values.items()}
        equations = {
            equation(each, release.table.values) for release in releases for each in release.table.sums
        }
        self.model = Model(sorted(unknowns, key=repr), equations)
        self.known = {
            (cell, release.table.values[cell]) for release in releases for cell in release.table.known
        } - self.published
        for unknown in self.published:
            self.model.bound(unknown, unknown[1], unknown[1])

    def range_of(self, unknown: Unknown) -> Range:
        """For somebody who has the tables' known cells, too, unless it is one of them. Raises DisclosureError if the solver gives up."""
        if unknown in self.published:
            return Range(unknown[1], unknown[1])
        for each in self.known:
            self.model.bound(each, *((0, math.inf) if unknown in self.known else (each[1], each[1])))
        ends = []
        for cost in (1.0, -1.0):
            self.model.cost(unknown, cost)
            # What is true fits always.
            found, _numbers = self.model.cheapest() or (unknown[1] * cost, None)
            ends.append(found * cost)
        self.model.cost(unknown, 0.0)
        return Range(*ends)


def sensitive(releases: Sequence[Release]) -> list[Unknown]:
    """What nobody may learn, of every version."""
    found = {(cell, release.table.values[cell]) for release in releases for cell in release.table.sensitive}
    return sorted(found, key=repr)


def published(releases: Sequence[Release]) -> set[Unknown]:
    return {
        (cell, value)
        for release in releases
        for cell, value in release.table.values.items()
        if cell not in release.withheld
    }


def widths(releases: Sequence[Release], width: int) -> dict[Unknown, int]:
    """How wide the range of each sensitive count must stay."""
    found: dict[Unknown, int] = {}
    for release in releases:
        for cell, need in release.table.needs(width).items():
            unknown = (cell, release.table.values[cell])
            found[unknown] = min(need, found.get(unknown, need))
    return found


def exposed(releases: Sequence[Release], width: int) -> list[tuple[Unknown, Range]]:
    """Sensitive counts whose range is narrower than it must be, with that range; empty if the versions are safe together."""
    knowledge, needs = Knowledge(releases), widths(releases, width)
    found = ((unknown, knowledge.range_of(unknown)) for unknown in knowledge.sensitive)
    return [(unknown, span) for unknown, span in found if span.width < needs[unknown]]
