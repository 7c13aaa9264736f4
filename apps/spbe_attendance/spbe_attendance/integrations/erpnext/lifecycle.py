"""Coming and going of ERPNext, of HRMS and of this app."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.integrations.erpnext import advance, foreign, notes, settings


def after_app_install(app: str) -> None:
    """Hooked: one of them was installed after us."""
    if app in foreign.APPS:
        seed()


def seed() -> None:
    """Our marks and the kinds of leave that are called alike there; without effect where neither app is. Switches nothing on."""
    if not foreign.present().issuperset(foreign.ESSENTIAL):
        return
    foreign.set_up()
    doc = frappe.get_doc(settings.DOCTYPE)
    before = len(doc.cuti)
    settings.propose_leave_types(doc)
    if len(doc.cuti) > before:
        _save(doc)


def before_app_uninstall(app: str) -> None:
    """Hooked: one of them goes. What it has of us goes with it; what we have of it is forgotten."""
    if app not in foreign.APPS:
        return
    frappe.db.delete(settings.UNITS)
    frappe.db.delete(notes.DOCTYPE)
    doc = frappe.get_doc(settings.DOCTYPE)
    doc.update({"aktif": 0, "company": None, "cuti": []})
    _save(doc)
    for doctype in advance.CURSORS:
        advance.rewind(doctype)


def remove() -> None:
    """This app goes: their rows stay as they are, without our marks."""
    doc = frappe.get_doc(settings.DOCTYPE)
    if doc.aktif:
        doc.aktif = 0
        _save(doc)
    foreign.take_down()


def _save(doc: Document) -> None:
    doc.flags.ignore_permissions = True
    doc.save()
