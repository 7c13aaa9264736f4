"""OPD, employment or status changed in the form of a person, or by an import: a correction, or what holds from a later day on.

Mutasi Pegawai is the way for what changes on a day; whoever writes into the form has the same days computed again.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Min
from frappe.utils import getdate

from spbe_attendance.kehadiran.permohonan import moves
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.kepegawaian.mutasi import history

# What the result of a day depends on.
COMPUTED = ("opd", "status_kepegawaian", "status")


def follow_form(person: Document) -> None:
    """After saving a person; what Mutasi Pegawai writes it follows up itself."""
    before = person.get_doc_before_save()
    if person.flags.mutasi or not before:
        return
    changed = [field for field in COMPUTED if (before.get(field) or None) != (person.get(field) or None)]
    history.follow_form(person)
    first = _first_day(person) if changed else None
    if first:
        affected.mark(
            [person.name], None, first, getdate(), _("Change of a person: {0}").format(_("Correction"))
        )
    if "opd" in changed:
        moves.follow(person.name, person.opd, first)
        frappe.db.set_value("Perangkat", {"pegawai": person.name}, "opd", person.opd)


def _first_day(person: Document) -> date | None:
    """Since when what stands in the form holds; for who has no such day the first that was computed, if any was."""
    if person.berlaku_sejak:
        return getdate(person.berlaku_sejak)
    day = frappe.qb.DocType("Rekap Harian")
    found = frappe.qb.from_(day).select(Min(day.tanggal)).where(day.pegawai == person.name).run()
    return found[0][0]
