"""Who is here today, as far as the reader may see it: the figures of workspaces and of the forms of OPD.

They are the Command Center's (pemantauan.ringkas), with fewer words: one truth on both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.pemantauan.ringkas import counters, tally
from spbe_attendance.pemantauan.ringkas.access import Scope, scope
from spbe_attendance.pemantauan.ringkas.tally import Tally
from spbe_attendance.pemantauan.ringkas.tree import Tree
from spbe_attendance.worktime import presence

MISSING = (presence.BELUM_WAKTUNYA, presence.BELUM, presence.TERTUNDA, presence.SENYAP, presence.ALPA)


@dataclass(frozen=True, slots=True)
class Presence:
    """Numbers of active staff. ``missing``: work is due today, without a punch and without a permit; ``free``: the rest."""

    staff: int = 0
    present: int = 0
    away: int = 0
    missing: int = 0

    @property
    def free(self) -> int:
        return self.staff - self.present - self.away - self.missing


def today() -> date:
    return now_datetime().date()


def of_day(day: date, opd: str | None = None) -> Presence:
    """Over everybody whom the reader may see, or those of ``opd`` and below. PermissionError for who reads no staff."""
    tree, found = Tree.load(), readable()
    units = {name for name in (tree.below(opd) if opd else tree.rows) if found.names(name)}
    return shortened(counters.of_day(day, units).tallies.values())


def by_unit(day: date) -> dict[str, Presence]:
    """The same per unit, by the code of the OPD right below the regency (for who sees all) or of the own unit."""
    tree, found = Tree.load(), readable()
    tallies = counters.of_day(day, {name for name in tree.rows if found.names(name)}).tallies
    offices = {unit: tree.above(unit)[:2][-1] for unit in tallies}
    places = offices if len(set(offices.values())) > 1 else {unit: unit for unit in tallies}
    parts: dict[str, list[Tally]] = {}
    for unit, found_there in tallies.items():
        parts.setdefault(places[unit], []).append(found_there)
    return {unit: shortened(found_there) for unit, found_there in parts.items()}


def readable() -> Scope:
    """Figures of workspaces are for those who read the staff behind them; Wali Data does not."""
    found = scope()
    if found.named == frozenset():
        frappe.throw(_("Your role does not allow this."), frappe.PermissionError)
    return found


def shortened(parts: Iterable[Tally]) -> Presence:
    numbers = tally.total(parts).numbers
    return Presence(
        numbers["pegawai"],
        numbers["hadir"],
        numbers[presence.IZIN],
        sum(numbers[state] for state in MISSING),
    )
