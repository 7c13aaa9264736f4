"""Punches whose photo never came. Apart from what stores photos: that loads libraries of pictures, which this job has no use for."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Concat_ws, NullIf
from frappe.utils import add_to_date, cint, now_datetime


def never_came() -> str:
    return _("The photo never came", "id")


def mark() -> None:
    """Hooked to the scheduler: they go to review, by one statement."""
    wait = cint(frappe.db.get_single_value("Pengaturan Absensi", "batas_tunggu_foto_menit")) or 30
    absensi = frappe.qb.DocType("Absensi")
    (
        frappe.qb.update(absensi)
        .set(absensi.foto_status, "Tidak Datang")
        .set(absensi.perlu_tinjau, 1)
        .set(absensi.alasan_tinjau, Concat_ws("\n", NullIf(absensi.alasan_tinjau, ""), never_came()))
        .where(absensi.foto_status == "Menunggu")
        .where(absensi.waktu_tiba < add_to_date(now_datetime(), minutes=-wait))
        .run()
    )
