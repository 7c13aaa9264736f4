from __future__ import annotations

import frappe

from spbe_attendance.kehadiran.permohonan import koreksi
from spbe_attendance.kehadiran.permohonan.documents import Permohonan


class KoreksiAbsensi(Permohonan):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        absensi_asal: DF.Link | None
        absensi_hasil: DF.Link | None
        alasan: DF.SmallText
        alasan_batal: DF.SmallText | None
        atasan: DF.Link | None
        catatan_persetujuan: DF.SmallText | None
        id_klien: DF.Data | None
        jenis: DF.Literal["", "Masuk", "Pulang"]
        lampiran: DF.Attach | None
        opd: DF.Link | None
        pegawai: DF.Link
        saksi: DF.Link | None
        sebab: DF.Literal["", "Lupa Absen", "Salah Jenis", "Kendala Teknis"]
        status: DF.Literal["Menunggu Persetujuan", "Disetujui", "Ditolak", "Dibatalkan"]
        tanggal: DF.Date
        waktu: DF.Datetime
    # end: auto-generated types

    DOCTYPE = "Koreksi Absensi"
    SERVER = ("status", "atasan", "catatan_persetujuan", "alasan_batal", "absensi_hasil")
    TEXTS = ("alasan", "catatan_persetujuan", "alasan_batal")

    def file(self) -> None:
        koreksi.file(self)

    def review(self) -> None:
        koreksi.review(self)

    def on_update(self) -> None:
        koreksi.apply_effects(self)


def on_doctype_update() -> None:
    frappe.db.add_index("Koreksi Absensi", ["pegawai", "tanggal"])
    frappe.db.add_index("Koreksi Absensi", ["opd", "status"])
    frappe.db.add_index("Koreksi Absensi", ["tanggal"])
