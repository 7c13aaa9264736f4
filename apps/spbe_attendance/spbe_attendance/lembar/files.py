"""The file of an import: its own attachment, private, and nobody else's."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.tabular.errors import BrokenTable


def take(doc: Document) -> None:
    """A sheet attached before the first save hangs on the form's passing name: its uploader's own import takes it."""
    file = frappe.qb.DocType("File")
    (
        frappe.qb.update(file)
        .set(file.attached_to_name, doc.name)
        .where((file.file_url == doc.berkas) & (file.owner == frappe.session.user))
        .where((file.attached_to_doctype == doc.doctype) & file.attached_to_name.like("new-%"))
        .run()
    )


def keep_private(doc: Document) -> None:
    """Whatever the uploader chose: the sheet names people. Moves the file of a saved document, which then has its new address."""
    name = find(doc)
    file = frappe.get_doc("File", name) if name else None
    if file and not file.is_private:
        file.is_private = 1
        file.save(ignore_permissions=True)
        doc.db_set("berkas", file.file_url, update_modified=False)


def find(doc: Document) -> str | None:
    """The File of this document; before the first save, what its maker attached to the form."""
    same = {"file_url": doc.berkas, "attached_to_doctype": doc.doctype}
    own = frappe.db.get_value("File", {**same, "attached_to_name": doc.name})
    if own or not doc.berkas:
        return own
    passing = {"attached_to_name": ["like", "new-%"], "owner": frappe.session.user}
    return frappe.db.get_value("File", {**same, **passing})


def content(doc: Document) -> tuple[bytes, str]:
    """Bytes and file name. Raises BrokenTable: not_attached, also for the address of a file that belongs to something else."""
    name = find(doc)
    if not name:
        raise BrokenTable("not_attached")
    file = frappe.get_doc("File", name)
    found = file.get_content()
    return found.encode() if isinstance(found, str) else found, file.file_name or ""
