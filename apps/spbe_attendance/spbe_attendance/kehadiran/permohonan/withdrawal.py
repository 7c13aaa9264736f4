"""Taking back what was asked for: by the person, or by BKPSDM, and never without a reason."""

from __future__ import annotations

from collections.abc import Set

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import AlasanWajib, BukanPemohon
from spbe_attendance.kehadiran.permohonan import applicant

DIBATALKAN = "Dibatalkan"
REASON = "alasan_batal"


def check(doc: Document, changed: Set[str]) -> None:
    """For every change of a request. Raises BukanPemohon, AlasanWajib."""
    if REASON in changed or ("status" in changed and doc.status == DIBATALKAN):
        require(doc)
    if "status" in changed and doc.status == DIBATALKAN and not doc.alasan_batal:
        frappe.throw(_("Say why the request is cancelled or shortened."), AlasanWajib)


def require(doc: Document) -> None:
    if not (is_own(doc) or applicant.by_bkpsdm()):
        frappe.throw(_("A request is cancelled or shortened by the person or by BKPSDM."), BukanPemohon)


def is_own(doc: Document) -> bool:
    """Exchanges of duties name their applicant ``pemohon``, all other requests ``pegawai``."""
    person = doc.get("pemohon") or doc.get("pegawai")
    return frappe.db.get_value("Pegawai", person, "user") == frappe.session.user
