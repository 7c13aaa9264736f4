"""Who reads and decides on registrations, and who sees their photos.

An Admin OPD reads those of the own subtree; that a NIK belongs to somebody who is registered already is BKPSDM's to know.
"""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance import permissions
from spbe_attendance.compat import NO_OPINION
from spbe_attendance.permissions import ALL_RECORDS, EVERYTHING, Criterion

DOCTYPE, RECORD = "Registrasi Pegawai", "Persetujuan Data"
KNOWN = "Sudah Terdaftar"
FOR_ADMINS = ("Diajukan", "Terverifikasi", "Disetujui", "Dikembalikan", "Ditolak", "Digantikan")
LOOKING = {"read", "select", "print", "email", "report", "export"}


def registrasi_criterion(user: str) -> Criterion:
    roles = set(frappe.get_roles(user))
    if user == "Administrator" or roles & ALL_RECORDS:
        return EVERYTHING
    if "Admin OPD" not in roles:
        return []
    return [{"opd": permissions.subtree(user), "status": FOR_ADMINS}]


def record_criterion(user: str) -> Criterion:
    """Agreements: one's own; all for BKPSDM."""
    if user == "Administrator" or set(frappe.get_roles(user)) & ALL_RECORDS:
        return EVERYTHING
    own = permissions.own_pegawai(user).get("name")
    return [{"pegawai": (own,)}] if own else []


query, allowed = permissions.pair(DOCTYPE, registrasi_criterion)
record_query, record_allowed = permissions.pair(RECORD, record_criterion)


def file_query(user: str | None = None) -> str:
    """List filter: photos of those registrations only that the user may see."""
    visible = query(user)
    if not visible:
        return ""
    mine = f"`tabFile`.`attached_to_doctype` = '{DOCTYPE}'"
    same = f"`tab{DOCTYPE}`.`name` = `tabFile`.`attached_to_name`"
    # The condition is made by permissions.py, values escaped.
    seen = f"exists (select 1 from `tab{DOCTYPE}` where {same} and {visible})"  # noqa: S608
    return f"(`tabFile`.`attached_to_doctype` is null or not {mine} or {seen})"


def file_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
    """Frappe's own rule for every other file. The service itself goes past permissions."""
    user = user or frappe.session.user
    if user == "Administrator":
        return NO_OPINION
    if doc.attached_to_doctype == DOCTYPE:
        return ptype in LOOKING and may_look(doc, user)
    # A file of one's own must not bear the address of an applicant's photo.
    return NO_OPINION if ptype in LOOKING or not takes_a_photo(doc) else False


def may_look(doc: Document, user: str) -> bool:
    if not frappe.db.exists(DOCTYPE, doc.attached_to_name):
        return False
    return bool(frappe.has_permission(DOCTYPE, "read", doc=doc.attached_to_name, user=user))


def takes_a_photo(doc: Document) -> bool:
    if not doc.file_url:
        return False
    filters = {"file_url": doc.file_url, "attached_to_doctype": DOCTYPE, "name": ["!=", doc.name or ""]}
    return bool(frappe.db.exists("File", filters))
