from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from spbe_attendance.exceptions import RekapTidakDapatDiubah
from spbe_attendance.kehadiran.rekapitulasi import sentences

MONTH_SUMS = [
    "tanggal",
    "pegawai",
    "hari_kerja",
    "persen_potongan",
    "persen_apel",
    "koreksi",
    "sementara",
    "tinjau",
    "apel_hadir",
    "apel_tidak_hadir",
    "tutup_bulan",
]
MONTH_CODES = ["tanggal", "hari_kerja", "kode_utama", "kode_kedua", "pegawai", "bagian_kedua"]


class RekapHarian(Document):
    """One person's day, computed; written by rekapitulasi only, read by everybody who may see the person."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        apel: DF.Data | None
        aturan: DF.Link | None
        gangguan: DF.Link | None
        hari_kerja: DF.Check
        jadwal: DF.Data | None
        ketidakhadiran: DF.Link | None
        kode: DF.Data | None
        kode_utama: DF.Data | None
        masuk: DF.Datetime | None
        menit_pulang_cepat: DF.Int
        menit_terlambat: DF.Int
        mulai: DF.Datetime | None
        opd: DF.Link | None
        pegawai: DF.Link
        penjelasan: DF.LongText | None
        persen_potongan: DF.Float
        pulang: DF.Datetime | None
        selesai: DF.Datetime | None
        sementara: DF.Check
        sidik: DF.Data | None
        status_kepegawaian: DF.Data | None
        tanggal: DF.Date
        tinjau: DF.Check
        tutup_bulan: DF.Link | None
    # end: auto-generated types

    def onload(self) -> None:
        self.set_onload("penjelasan", sentences.sentences(self.penjelasan, getdate(self.tanggal)))

    def validate(self) -> None:
        self.refuse()

    def on_trash(self) -> None:
        self.refuse()

    def refuse(self) -> None:
        """Whatever the role: the next computing would undo it, and a closed month must not be touched."""
        frappe.throw(
            _(
                "A computed day is not changed by hand: change what stands behind it, and it is computed again."
            ),
            RekapTidakDapatDiubah,
        )


def on_doctype_update() -> None:
    frappe.db.add_unique("Rekap Harian", ["pegawai", "tanggal"])
    frappe.db.add_index("Rekap Harian", ["opd", "tanggal"])
    # A month of everybody is summed from these two without reading the rows.
    frappe.db.add_index("Rekap Harian", MONTH_SUMS, "jumlah_bulan")
    frappe.db.add_index("Rekap Harian", MONTH_CODES, "kode_bulan")
    frappe.db.add_index("Rekap Harian", ["tutup_bulan"])
