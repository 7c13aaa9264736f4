from __future__ import annotations

import frappe

from spbe_attendance.kehadiran.permohonan import ketidakhadiran
from spbe_attendance.kehadiran.permohonan.documents import Permohonan


class Ketidakhadiran(Permohonan):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.ketidakhadiran_peserta.ketidakhadiran_peserta import (
            KetidakhadiranPeserta,
        )

        alasan: DF.SmallText
        alasan_batal: DF.SmallText | None
        atasan: DF.Link | None
        catatan_persetujuan: DF.SmallText | None
        dari: DF.Date
        dipersingkat_sampai: DF.Date | None
        hari_tambahan: DF.Int
        id_klien: DF.Data | None
        jenis: DF.Link
        jumlah_hari: DF.Float
        lampiran: DF.Attach | None
        langkah_berikut: DF.Data | None
        nomor_surat: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        peserta: DF.Table[KetidakhadiranPeserta]
        sampai: DF.Date
        setengah_hari: DF.Literal["", "Pagi", "Siang"]
        status: DF.Literal[
            "Menunggu Atasan", "Menunggu Kepala OPD", "Menunggu BKPSDM", "Disetujui", "Ditolak", "Dibatalkan"
        ]
        tempat: DF.Data | None
    # end: auto-generated types

    DOCTYPE = "Ketidakhadiran"
    SERVER = (
        "status",
        "jumlah_hari",
        "dipersingkat_sampai",
        "atasan",
        "catatan_persetujuan",
        "alasan_batal",
        "langkah_berikut",
    )
    TEXTS = ("alasan", "tempat", "nomor_surat", "catatan_persetujuan", "alasan_batal")

    def file(self) -> None:
        ketidakhadiran.file(self)

    def review(self) -> None:
        ketidakhadiran.review(self)

    def after_insert(self) -> None:
        ketidakhadiran.tell_skipped(self)

    def on_update(self) -> None:
        ketidakhadiran.apply_effects(self)


def on_doctype_update() -> None:
    frappe.db.add_index("Ketidakhadiran", ["pegawai", "dari"])
    frappe.db.add_index("Ketidakhadiran", ["opd", "status"])
    # Closing a day looks for what covers it.
    frappe.db.add_index("Ketidakhadiran", ["status", "sampai"])
    frappe.db.add_index("Ketidakhadiran", ["dari"])
