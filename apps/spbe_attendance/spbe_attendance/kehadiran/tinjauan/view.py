"""What whoever decides looks at: the punch and those it is seen beside."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

FIELDS = (
    "name", "pegawai", "pegawai.nama as nama", "waktu", "waktu_awal", "waktu_akhir", "jenis", "latitude", "longitude", "akurasi", "foto",
    "foto_status", "penjelasan", "alasan", "sumber", "lokasi",
)  # fmt: skip
MOST = 12


def punches(review: Document) -> list[dict[str, Any]]:
    """The punch first, then others by time; only those whose rows the session's user may read."""
    others = {name for row in review.isyarat for name in (row.absensi_lain or "").split()}
    names = [review.absensi, *sorted(others - {review.absensi})]
    rows = frappe.get_list(
        "Absensi",
        filters={"name": ["in", names]},
        fields=list(FIELDS),
        order_by="`tabAbsensi`.waktu",
        limit=MOST,
    )
    return sorted(rows, key=lambda row: row.name != review.absensi)
