"""The page's numbers: an OPD, what lies directly below it, and how complete all that is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.times import iso
from spbe_attendance.pemantauan.ringkas import access, completeness, counters, curve, strength, tally
from spbe_attendance.pemantauan.ringkas.tally import Tally
from spbe_attendance.pemantauan.ringkas.tree import Tree


class View:
    """What one reader asked for, as far as the reader may see it."""

    def __init__(self, day: date, opd: str | None, user: str | None = None):
        self.day, self.now = day, now_datetime()
        self.tree, self.scope = Tree.load(), access.scope(user)
        self.tops = self.scope.tops(self.tree)
        self.opd = opd or (self.tops[0] if len(self.tops) == 1 else None)
        if self.opd:
            access.require_visible(self.scope, self.opd, self.tree)
        self.roots = [self.opd] if self.opd else self.tops

    @property
    def over(self) -> bool:
        return self.day < self.now.date()

    @property
    def units(self) -> frozenset[str]:
        return frozenset().union(*(self.tree.below(root) for root in self.roots))

    @property
    def named(self) -> bool:
        return bool(self.roots) and all(self.scope.names(root) for root in self.roots)

    @property
    def trail(self) -> list[str]:
        """From the top that the reader may see down to the OPD."""
        return [opd for opd in self.tree.above(self.opd) if self.scope.sees(opd)] if self.opd else []


def of(view: View) -> dict[str, Any]:
    """HTTP contract Summary."""
    counted = counters.of_day(view.day, view.units)
    tallies = counted.tallies
    whole = tally.total(tallies.values())
    buckets = curve.buckets(whole, view)
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return {
        "tanggal": view.day.isoformat(),
        "waktu_server": iso(view.now),
        "hari_ini": not view.over,
        "ditutup": view.over and not whole.uncomputed,
        "mode": settings.mode,
        "versi": counted.version,
        "opd": view.tree.ref(view.opd) if view.opd else None,
        "ruang": view.roots,
        "jejak": [view.tree.ref(opd) for opd in view.trail],
        "boleh_nama": view.named,
        "jumlah": whole.counts(),
        "kelengkapan": completeness.of(whole, view.over),
        "anak": rows(view, tallies, buckets),
        "kurva": {
            "menit": buckets,
            "hari_ini": curve.cumulative(whole.arrivals, buckets),
            "biasa": curve.usual(view, buckets),
        },
        "apel": strength.of_day(view.day, whole),
    }


def rows(view: View, tallies: dict[str, Tally], buckets: list[int]) -> list[dict[str, Any]]:
    """Direct children with everything below them; the staff of the unit itself first."""
    children = view.tree.children.get(view.opd, []) if view.opd else view.roots
    found = []
    if view.opd in tallies:
        found.append(row(view, view.opd, [tallies[view.opd]], buckets, own=True))
    for child in children:
        below = view.tree.below(child)
        found.append(row(view, child, [tallies[opd] for opd in below if opd in tallies], buckets))
    return found


def row(
    view: View, opd: str, parts: Iterable[Tally], buckets: list[int], *, own: bool = False
) -> dict[str, Any]:
    """HTTP contract Row."""
    found = tally.total(parts)
    return {
        "opd": view.tree.ref(opd),
        "langsung": own,
        "punya_anak": not own and bool(view.tree.children.get(opd)),
        "boleh_nama": view.scope.names(opd),
        "jumlah": found.counts(),
        "kelengkapan": completeness.of(found, view.over),
        "kurva": curve.cumulative(found.arrivals, buckets),
    }
