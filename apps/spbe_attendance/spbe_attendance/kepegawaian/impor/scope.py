"""Who imports, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from spbe_attendance import permissions
from spbe_attendance.kepegawaian.impor import access
from spbe_attendance.kepegawaian.impor.fields import OPD

LEVEL_OF_NIK = 1


@dataclass(frozen=True)
class Scope:
    """``opds``: where rows may belong; None for everywhere. ``restricted``: whether NIK may be written."""

    opd: str | None
    opds: frozenset[str] | None
    restricted: bool


def of(doc: Any) -> Scope:
    """Of an import: below its OPD where one is named, and never beyond what the session's user may change."""
    opds = set(below(doc.opd)) if doc.opd else None
    if not access.has_all(frappe.session.user):
        own = set(permissions.subtree(frappe.session.user))
        opds = own if opds is None else opds & own
    levels = frappe.get_meta("Pegawai").get_permlevel_access("write")
    return Scope(doc.opd, None if opds is None else frozenset(opds), LEVEL_OF_NIK in levels)


def below(opd: str) -> list[str]:
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    if not edges:
        return []
    return frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")


def require(doc: Any) -> None:
    """Raises PermissionError. An Admin OPD brings in people and places of the own OPD, which therefore is named."""
    if access.has_all(frappe.session.user):
        return
    if doc.jenis == OPD:
        frappe.throw(_("Only BKPSDM imports OPD."), frappe.PermissionError)
    if doc.opd not in permissions.subtree(frappe.session.user):
        frappe.throw(_("Choose your own OPD or a unit below it."), frappe.PermissionError)
