"""What whoever decides looks at, in Desk and on the phone: the signals, the punch and those it is seen beside."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

FIELDS = (
    "name", "pegawai", "pegawai.nama as nama", "waktu", "waktu_awal", "waktu_akhir", "jenis", "latitude", "longitude", "akurasi", "foto",
    "foto_status", "jarak", "penjelasan", "alasan", "sumber", "lokasi", "lokasi.nama_lokasi as nama_lokasi",
)  # fmt: skip
MOST = 12
# On a phone: the punch, and a few that it is seen beside.
BESIDE = 4
OPEN = ("Menunggu", "Perlu Klarifikasi")
ROW = ("name", "pegawai", "opd", "tanggal", "status", "skor", "catatan", "creation")
PUNCH = (
    "jenis", "waktu", "waktu_awal", "waktu_akhir", "latitude", "longitude", "akurasi", "jarak", "foto", "foto_status", "lokasi", "penjelasan",
    "alasan", "sumber",
)  # fmt: skip
OTHER = ("name", "nama", "jenis", "waktu", "foto", "latitude", "longitude", "akurasi")
SIGNAL = ("kode", "jenis", "uraian", "bobot")


def shape(doc: Document) -> dict[str, Any]:
    """For the phone: {ROW…, PUNCH…, isyarat: [{SIGNAL…}], lain: [{OTHER…}], tersembunyi: n}, the heaviest signal first."""
    found = punches(doc, 1 + BESIDE)
    own, *others = found["absensi"]
    signals = sorted(doc.isyarat, key=lambda row: (-row.bobot, row.idx))
    return {
        **{field: own[field] for field in PUNCH},
        **{field: doc.get(field) for field in ROW},
        "isyarat": [{field: row.get(field) for field in SIGNAL} for row in signals],
        "lain": [{field: row[field] for field in OTHER} for row in others],
        "tersembunyi": found["tersembunyi"],
    }


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
