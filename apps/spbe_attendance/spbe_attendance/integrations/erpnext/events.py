"""Changes that concern ERPNext, told to the queue in the same transaction. Punches are not among them: the projection finds them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import (
    foreign,
    holidays,
    leave,
    notes,
    people,
    presence,
    settings,
    units,
)


def person_changed(doc: Document, _event: str | None = None) -> None:
    if not doc.flags.from_erpnext and settings.on():
        notes.wait(people.KIND, doc.name, doc.nama)


def opd_changed(doc: Document, _event: str | None = None) -> None:
    if settings.on():
        notes.wait(units.KIND, doc.name, doc.nama_opd)


def unit_changed(doc: Document) -> None:
    """A row of Pemetaan OPD ERPNext, by hand."""
    if not doc.flags.from_spbe and settings.on():
        title = frappe.get_cached_value("OPD", doc.opd, "nama_opd")
        notes.wait(units.KIND, doc.opd, title)


def holiday_changed(doc: Document, _event: str | None = None) -> None:
    if settings.on():
        notes.wait(holidays.KIND, str(getdate(doc.tanggal).year))


def permit_changed(doc: Document, _event: str | None = None) -> None:
    """One that was never approved has nothing there."""
    before = doc.get_doc_before_save()
    states = {doc.status, before.status if before else None}
    if leave.APPROVED in states and settings.on():
        notes.wait(leave.KIND, doc.name, f"{doc.jenis} {frappe.utils.formatdate(doc.dari)}")


def review_changed(doc: Document, _event: str | None = None) -> None:
    """A punch was declared void, or is so no more."""
    if doc.has_value_changed("status") and settings.on():
        notes.wait(presence.PUNCH, doc.absensi)


def employee_changed(doc: Document, _event: str | None = None) -> None:
    """Hooked to ERPNext's DocType: what we have just written there ourselves does not come back."""
    if not doc.flags.from_spbe and settings.on():
        notes.wait(foreign.EMPLOYEE, doc.name, foreign.values_of(doc)["nama"] or doc.name)
