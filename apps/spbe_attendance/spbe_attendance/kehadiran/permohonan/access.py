"""Which requests somebody sees and changes: one criterion per DocType for the list and the form."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance import permissions
from spbe_attendance.permissions import EVERYTHING, Clause, Criterion

# Files for the OPD, decides nothing.
FILES_ONLY = "Admin OPD"


def with_superior(user: str) -> Criterion:
    """Own rows, those that name one as direct superior, those of the subtree, all for BKPSDM."""
    found = permissions.staff_rows_criterion(user)
    person = permissions.own_pegawai(user)
    return found if found == EVERYTHING or not person else [*found, {"atasan": (person["name"],)}]


def deciders(user: str) -> Criterion:
    """Whoever changes a row: oneself (to withdraw), the direct superior, the head, BKPSDM."""
    return without_files_only(user, with_superior(user))


def appeal_deciders(user: str) -> Criterion:
    """The direct superior answers no appeal."""
    return without_files_only(user, permissions.staff_rows_criterion(user))


def without_files_only(user: str, found: Criterion) -> Criterion:
    roles = set(frappe.get_roles(user))
    if roles & permissions.ALL_RECORDS or "Kepala OPD" in roles or FILES_ONLY not in roles:
        return found
    return [clause for clause in found if "opd" not in clause]


def ordered_rows(user: str) -> Clause:
    """Duty orders that name one, or somebody of the subtree, among others."""
    roles, person = set(frappe.get_roles(user)), permissions.own_pegawai(user)
    if not person:
        return {"name": ()}
    member = frappe.qb.DocType("Ketidakhadiran Peserta")
    named = member.pegawai == person["name"]
    if roles & permissions.OWN_SUBTREE:
        units = permissions.subtree(user)
        named = named | member.opd.isin(units) if units else named
    query = frappe.qb.from_(member).select(member.parent).distinct().where(named)
    return {"name": tuple(row[0] for row in query.run())}


def ketidakhadiran_criterion(user: str) -> Criterion:
    found = with_superior(user)
    return found if found == EVERYTHING else [*found, ordered_rows(user)]


ketidakhadiran_query, _ketidakhadiran_allowed = permissions.pair(
    "Ketidakhadiran", ketidakhadiran_criterion, deciders
)
koreksi_absensi_query, _koreksi_allowed = permissions.pair("Koreksi Absensi", with_superior, deciders)
sanggah_query, _sanggah_allowed = permissions.pair(
    "Sanggah", permissions.staff_rows_criterion, appeal_deciders
)
catatan_cuti_tahunan_query, catatan_cuti_tahunan_allowed = permissions.pair(
    "Catatan Cuti Tahunan", permissions.staff_rows_criterion
)


def ketidakhadiran_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """For whom a new row is, is judged with the row, where person and OPD are known."""
    return ptype == "create" or _ketidakhadiran_allowed(doc, ptype, user)


def koreksi_absensi_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    return ptype == "create" or _koreksi_allowed(doc, ptype, user)


def sanggah_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    return ptype == "create" or _sanggah_allowed(doc, ptype, user)
