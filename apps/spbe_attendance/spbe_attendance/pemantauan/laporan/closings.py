"""Whether the month of a report stands, and what seals it."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _

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


def _above(opd: str) -> list[str]:
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    if not edges:
        return [opd]
    return frappe.get_all(
        "OPD", {"lft": ["<=", edges[0]], "rgt": [">=", edges[1]]}, pluck="name", order_by="lft desc"
    )
