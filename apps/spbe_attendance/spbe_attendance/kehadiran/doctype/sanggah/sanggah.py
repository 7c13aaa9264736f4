from __future__ import annotations

import frappe

from spbe_attendance.kehadiran.permohonan import sanggah
from spbe_attendance.kehadiran.permohonan.documents import Permohonan


class Sanggah(Permohonan):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan_batal: DF.SmallText | None
        id_klien: DF.Data | None
        jawab_sebelum: DF.Date | None
        jawaban: DF.SmallText | None
        lampiran: DF.Attach | None
        opd: DF.Link | None
        pegawai: DF.Link
        rekap: DF.Link | None
        status: DF.Literal["Diajukan", "Diterima", "Ditolak", "Dibatalkan"]
        tanggal: DF.Date
        tenggat: DF.Date | None
        uraian: DF.SmallText
    # end: auto-generated types

    DOCTYPE = "Sanggah"
    SERVER = ("status", "tenggat", "jawab_sebelum", "rekap", "jawaban", "alasan_batal")
    TEXTS = ("uraian", "jawaban", "alasan_batal")

    def file(self) -> None:
        sanggah.file(self)

    def review(self) -> None:
        sanggah.review(self)

    def on_update(self) -> None:
        sanggah.apply_effects(self)


def on_doctype_update() -> None:
    frappe.db.add_index("Sanggah", ["pegawai", "tanggal"])
    frappe.db.add_index("Sanggah", ["opd", "status"])
