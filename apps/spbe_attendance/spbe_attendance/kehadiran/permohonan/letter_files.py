"""Attachments of requests as File rows: seen by whoever may read the request, removed by nobody.

Frappe lists every file attached to a readable DocType and lets whoever uploaded a file delete it; a letter belongs to the permit.
"""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.compat import NO_OPINION
from spbe_attendance.kehadiran.permohonan import access

QUERIES = {
    "Ketidakhadiran": access.ketidakhadiran_query,
    "Koreksi Absensi": access.koreksi_absensi_query,
    "Sanggah": access.sanggah_query,
}
LOOKING = {"read", "select", "print", "email", "report", "export"}


def file_query(user: str | None = None) -> str:
    """List filter: attachments of those requests only that the user may see."""
    parts = []
    for doctype, query in QUERIES.items():
        visible = query(user)
        if not visible:
            continue
        same = f"`tab{doctype}`.`name` = `tabFile`.`attached_to_name`"
        # The condition is made by permissions.py, values escaped.
        seen = f"exists (select 1 from `tab{doctype}` where {same} and {visible})"  # noqa: S608
        owner = f"`tabFile`.`owner` = {frappe.db.escape(user or frappe.session.user)}"
        other = f"coalesce(`tabFile`.`attached_to_doctype`, '') != '{doctype}'"
        parts.append(f"({other} or {owner} or {seen})")
    return " and ".join(parts)


def file_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
    """Frappe's own rule for every other file."""
    user = user or frappe.session.user
    if user == "Administrator":
        return NO_OPINION
    if ptype not in LOOKING and takes_a_letter(doc, user):
        return False
    if doc.attached_to_doctype not in QUERIES:
        return NO_OPINION
    name = doc.attached_to_name
    stored = bool(name) and bool(frappe.db.exists(doc.attached_to_doctype, name))
    if not stored:
        # Uploaded in a form that is not saved yet.
        return doc.owner == user or ptype == "create"
    if ptype in LOOKING:
        return bool(frappe.has_permission(doc.attached_to_doctype, "read", doc=name, user=user))
    if ptype == "create":
        return bool(frappe.has_permission(doc.attached_to_doctype, "write", doc=name, user=user))
    return False


def takes_a_letter(doc: Document, user: str) -> bool:
    """Whether a file of one's own would bear the address of a letter that one may not read."""
    if not doc.file_url:
        return False
    rows = frappe.get_all(
        "File",
        filters={"file_url": doc.file_url, "attached_to_doctype": ["in", list(QUERIES)]},
        fields=["name", "attached_to_doctype", "attached_to_name"],
    )
    return any(
        row.name != doc.name and not may_read(row.attached_to_doctype, row.attached_to_name, user)
        for row in rows
    )


def may_read(doctype: str, name: str, user: str) -> bool:
    exists = bool(name) and bool(frappe.db.exists(doctype, name))
    return exists and bool(frappe.has_permission(doctype, "read", doc=name, user=user))
