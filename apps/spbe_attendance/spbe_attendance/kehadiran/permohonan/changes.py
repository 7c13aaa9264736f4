"""What may still change on a request, and what has changed."""

from __future__ import annotations

from collections.abc import Set

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import PermohonanTidakDapatDiubah, SudahDiputus
from spbe_attendance.kehadiran.doctype.absensi.absensi import comparable


def changed_fields(doc: Document) -> set[str]:
    """By value: a form sends dates and numbers as text and empty text for nothing."""
    before = doc.get_doc_before_save()
    found = {
        field.fieldname
        for field in doc.meta.get("fields")
        if field.fieldtype not in frappe.model.no_value_fields
        and comparable(field, doc.get(field.fieldname)) != comparable(field, before.get(field.fieldname))
    }
    tables = [field.fieldname for field in doc.meta.get_table_fields()]
    return found | {name for name in tables if members(doc, name) != members(before, name)}


def members(doc: Document, table: str) -> list[tuple[str, ...]]:
    return [tuple(str(row.get(field) or "") for field in ("pegawai", "opd")) for row in doc.get(table) or ()]


def refuse(doc: Document, changed: Set[str], allowed: Set[str], *, waiting: bool) -> None:
    """Raises SudahDiputus for a decision that comes too late, PermohonanTidakDapatDiubah for everything else not allowed."""
    if changed <= allowed:
        return
    if "status" in changed and not waiting:
        frappe.throw(
            _("Somebody was first: this request is {0}.").format(_(stored_status(doc))), SudahDiputus
        )
    frappe.throw(
        _("What was asked for stays as it is: withdraw the request and make a new one."),
        PermohonanTidakDapatDiubah,
    )


def stored_status(doc: Document) -> str:
    return str(doc.get_doc_before_save().status)
