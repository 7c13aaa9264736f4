"""What is published to browsers: always to a room, always after the commit."""

from __future__ import annotations

import frappe
from frappe.model.document import Document


def publish_changed(doc: Document) -> None:
    """Open forms of this one document reload; the socket server lets only those into its room who may read it."""
    frappe.publish_realtime(
        "doc_update",
        {"modified": doc.modified, "doctype": doc.doctype, "name": doc.name},
        doctype=doc.doctype,
        docname=doc.name,
        after_commit=True,
    )
