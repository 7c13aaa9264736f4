"""All signals on new punches, seen beside those of the last weeks."""

from __future__ import annotations

from collections.abc import Collection

from . import evidence, places
from .types import Finding, Limits, Seen


def find(fresh: Collection[Seen], around: Collection[Seen], limits: Limits) -> list[Finding]:
    """Findings that concern a new punch. ``around``: earlier punches of the same people, and all of the same days; the new ones may
    be among them. The order of the rows does not matter."""
    rows = {row.name: row for row in (*around, *fresh)}
    new = {row.name for row in fresh}
    everything = list(rows.values())
    found = [
        *places.identical(everything, limits),
        *places.coarse(fresh),
        *places.steady(everything),
        *places.travel(everything, limits),
        *places.unusual(fresh, everything),
        *evidence.shared_device(everything, limits),
        *evidence.repeated_photo(fresh, everything, limits),
        *evidence.missing_photo(fresh),
        *evidence.often_late(everything, limits),
    ]
    return sorted(
        (finding for finding in found if finding.punch in new),
        key=lambda each: (each.punch, each.kind, each.others),
    )
