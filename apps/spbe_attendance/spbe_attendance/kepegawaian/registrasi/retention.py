"""What is removed after a registration has ended: NIK, phone number and photo; what was decided stays."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, cint, now_datetime

from spbe_attendance.kepegawaian.registrasi import access, intake

ENDED = ("Disetujui", "Ditolak", "Digantikan")
RETURNED = "Dikembalikan"
PER_RUN = 500


def run() -> int:
    """Hooked to the daily jobs; answers how many were cleared. What one run leaves the next one takes."""
    days = cint(frappe.db.get_single_value("Pengaturan Absensi", "retensi_registrasi_hari"))
    if days <= 0:
        return 0
    frappe.local.lang = "id"
    before = add_days(now_datetime(), -days)
    rows = frappe.get_all(
        access.DOCTYPE,
        filters={
            "status": ["in", (*ENDED, RETURNED)],
            "diputus_pada": ["<", before],
            "dihapus_pada": ["is", "not set"],
        },
        pluck="name",
        limit=PER_RUN,
    )
    for name in rows:
        clear(name, days)
    return len(rows)


def clear(name: str, days: int) -> None:
    doc = frappe.get_doc(access.DOCTYPE, name, for_update=True)
    if doc.status == RETURNED:
        doc.status = "Ditolak"
        doc.alasan = _("Not corrected within {0} days.").format(days)
    intake.remove_photo(name)
    doc.update(dict.fromkeys(("nik", "nik_terbuka", "nomor_hp", "foto", "perangkat")))
    doc.dihapus_pada = now_datetime()
    doc.flags.by_service = True
    doc.save(ignore_permissions=True)
