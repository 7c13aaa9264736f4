"""Photos of punches as File rows: seen by whoever may read the punch, written by the photo writer, removed by nobody.

Frappe lets whoever uploaded a file change and delete it, and lists every file attached to a readable DocType; a photo is evidence.
"""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.compat import NO_OPINION
from spbe_attendance.permissions import absensi_query

OWNER = "Absensi"
LOOKING = {"read", "select", "print", "email", "report", "export"}


def file_query(user: str | None = None) -> str:
    """List filter: photos of those punches only that the user may see."""
    visible = absensi_query(user)
    if not visible:
        return ""
    photos = "`tabFile`.`attached_to_doctype` = 'Absensi'"
    same = "`tabAbsensi`.`name` = `tabFile`.`attached_to_name`"
    # The condition is made by permissions.py, values escaped.
    seen = f"exists (select 1 from `tabAbsensi` where {same} and {visible})"  # noqa: S608
    return f"(`tabFile`.`attached_to_doctype` is null or not {photos} or {seen})"


def file_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
    """Frappe's own rule for every other file. The photo writer itself goes past permissions."""
    user = user or frappe.session.user
    if user == "Administrator":
        return NO_OPINION
    if ptype in LOOKING:
        return may_look(doc, user) if doc.attached_to_doctype == OWNER else NO_OPINION
    return False if belongs_to_punch(doc) else NO_OPINION


def may_look(doc: Document, user: str) -> bool:
    if not frappe.db.exists(OWNER, doc.attached_to_name):
        return False
    return bool(frappe.has_permission(OWNER, "read", doc=doc.attached_to_name, user=user))


def belongs_to_punch(doc: Document) -> bool:
    """As it stands or would stand: neither detached, nor attached, nor its address taken for a file of one's own."""
    if doc.attached_to_doctype == OWNER:
        return True
    file = frappe.qb.DocType("File")
    same = file.name == (doc.name or "")
    if doc.file_url:
        same |= file.file_url == doc.file_url
    return bool(
        frappe.qb.from_(file)
        .select(file.name)
        .where((file.attached_to_doctype == OWNER) & same)
        .limit(1)
        .run()
    )
