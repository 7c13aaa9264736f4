"""The file of an import: its own attachment, private, and nobody else's."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.tabular.errors import BrokenTable

FIELD = "berkas"


def take(doc: Document) -> None:
    """A sheet attached before the first save hangs on the form's passing name, or on nothing: its uploader's own import takes it.

    With the field's name, or the framework would make a copy of its own, and one that everybody may read.
    """
    name = find(doc)
    if name:
        mine = {
            "attached_to_doctype": doc.doctype,
            "attached_to_name": doc.name,
            "attached_to_field": FIELD,
        }
        frappe.db.set_value("File", name, mine, update_modified=False)


def keep_private(doc: Document) -> None:
    """Whatever the uploader chose: the sheet names people. Moves the file of a saved document, which then has its new address."""
    name = find(doc)
    file = frappe.get_doc("File", name) if name else None
    if file and not file.is_private:
        file.is_private = 1
        file.save(ignore_permissions=True)
        doc.db_set("berkas", file.file_url, update_modified=False)


def find(doc: Document) -> str | None:
    """The File of this document; before the first save, what its maker attached to the form or uploaded by itself."""
    if not doc.berkas:
        return None
    same = {"file_url": doc.berkas, "attached_to_doctype": doc.doctype}
    passing = {**same, "attached_to_name": ["like", "new-%"], "owner": frappe.session.user}
    loose = {
        "file_url": doc.berkas,
        "attached_to_doctype": ["is", "not set"],
        "owner": frappe.session.user,
    }
    for filters in ({**same, "attached_to_name": doc.name or ""}, passing, loose):
        name = frappe.db.get_value("File", filters)
        if name:
            return name
    return None


def require_own(doc: Document) -> None:
    """Raises ImporDitolak for the address of a file that belongs to something else: saving would copy it."""
    if doc.berkas and not find(doc):
        frappe.throw(_("There is no file.") + " " + _("Attach the sheet here and save."), ImporDitolak)


def content(doc: Document) -> tuple[bytes, str]:
    """Bytes and file name. Raises BrokenTable: not_attached, also for the address of a file that belongs to something else."""
    name = find(doc)
    if not name:
        raise BrokenTable("not_attached")
    file = frappe.get_doc("File", name)
    found = file.get_content()
    return found.encode() if isinstance(found, str) else found, file.file_name or ""
