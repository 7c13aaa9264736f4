"""Whether the month of a report stands, and what seals it."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.kehadiran.segel import roots
from spbe_attendance.pemantauan.laporan.scope import Scope

CLOSED = "Ditutup"


@dataclass(frozen=True, slots=True)
class Closing:
    """``seal``: SHA-256 over the frozen rows; ``draft``: why the month is not final, empty when it is."""

    seal: str = ""
    draft: str = ""


def of(scope: Scope) -> Closing:
    """Of the unit that was asked for, or of one above it: closing a unit closes all below. One or two statements."""
    if scope.opd is None:
        return Closing(draft=_("SEVERAL OPD: a closed month is sealed for each OPD by itself."))
    above = _above(scope.opd)
    rows = frappe.get_all(
        "Tutup Bulan", {"opd": ["in", above], "bulan": scope.month, "status": CLOSED}, ["opd", "sidik"]
    )
    if not rows:
        return Closing(draft=_("NOT CLOSED YET: figures of this month may still change."))
    nearest = min(rows, key=lambda row: above.index(row.opd))
    return Closing(seal=nearest.sidik or "")


def root(scope: Scope) -> str:
    """The root over the daily roots of the unit with all below it: on paper it holds the punches themselves."""
    if scope.opd is None:
        return ""
    # Of the whole unit, whatever its reader may see of it: an auditor finds the same.
    found = roots.of_month(closing.subtree(scope.opd), scope.first, scope.last)
    if found is None:
        return ""
    last = formatdate(found.last, "d MMMM yyyy")
    return _("Root of the sealed punches of OPD {0}, month {1} ({2} daily roots until {3}): {4}").format(
        scope.opd, scope.month, found.count, last, found.root
    )


def _above(opd: str) -> list[str]:
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    if not edges:
        return [opd]
    return frappe.get_all(
        "OPD", {"lft": ["<=", edges[0]], "rgt": [">=", edges[1]]}, pluck="name", order_by="lft desc"
    )
