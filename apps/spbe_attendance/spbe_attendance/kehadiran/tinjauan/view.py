"""What whoever decides looks at: the punch and those it is seen beside."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

FIELDS = (
    "name", "pegawai", "pegawai.nama as nama", "waktu", "waktu_awal", "waktu_akhir", "jenis", "latitude", "longitude", "akurasi", "foto",
    "foto_status", "penjelasan", "alasan", "sumber", "lokasi", "lokasi.nama_lokasi as nama_lokasi",
)  # fmt: skip
MOST = 12


def punches(review: Document, most: int = MOST) -> dict[str, Any]:
    """{absensi, tersembunyi}: the punch first, then others by time, ``most`` in all; only those whose rows the session's user may
    read. ``tersembunyi``: how many of them are not for this user: people of other OPD."""
    others = others_of(review)
    rows = _readable([review.absensi, *others])
    own = [row for row in rows if row.name == review.absensi]
    beside = [row for row in rows if row.name != review.absensi]
    return {"absensi": [*own, *beside][:most], "tersembunyi": len(others) - len(beside)}


def others_of(review: Document) -> list[str]:
    """The heaviest signal's first."""
    named = (name for row in review.isyarat for name in (row.absensi_lain or "").split())
    return [name for name in dict.fromkeys(named) if name != review.absensi]


def _readable(names: list[str]) -> list[Any]:
    return frappe.get_list(
        "Absensi",
        filters={"name": ["in", names]},
        fields=list(FIELDS),
        order_by="`tabAbsensi`.waktu",
        limit=len(names),
    )
