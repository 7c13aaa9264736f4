from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.kepegawaian.exceptions import MutasiTidakDapatDiubah
from spbe_attendance.kepegawaian.mutasi import service
from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.plain_values import PlainValues


class MutasiPegawai(KeptRecord, PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan_nonaktif: DF.Literal[
            "",
            "CLTN",
            "Tugas Belajar",
            "Pemberhentian Sementara",
            "Penerima Uang Tunggu",
            "Masa Persiapan Pensiun",
            "Lainnya",
        ]
        berlaku_mulai: DF.Date
        berlaku_sampai: DF.Date | None
        catatan: DF.SmallText | None
        diterapkan_pada: DF.Datetime | None
        golongan_baru: DF.Data | None
        golongan_lama: DF.Data | None
        jabatan_baru: DF.Data | None
        jabatan_lama: DF.Data | None
        jenis: DF.Literal[
            "Pindah OPD",
            "Perubahan Status Kepegawaian",
            "Perubahan Jabatan/Golongan",
            "Pensiun",
            "Berhenti/Pindah Instansi",
            "Nonaktif Sementara",
            "Aktif Kembali",
        ]
        nama: DF.Data | None
        nip_baru: DF.Data | None
        nip_lama: DF.Data | None
        nomor_sk: DF.Data | None
        opd: DF.Link | None
        opd_baru: DF.Link | None
        opd_lama: DF.Link | None
        pegawai: DF.Link
        status: DF.Literal["Diusulkan", "Disetujui", "Ditolak", "Dibatalkan"]
        status_kepegawaian_baru: DF.Literal[
            "", "PNS", "CPNS", "PPPK", "PPPK Paruh Waktu", "Non ASN", "Alih Daya"
        ]
        status_kepegawaian_lama: DF.Data | None
        status_lama: DF.Data | None
        surat: DF.Attach | None
        tanggal_sk: DF.Date | None
    # end: auto-generated types

    def before_insert(self) -> None:
        service.prepare(self)

    def validate(self) -> None:
        service.check(self)

    def on_update(self) -> None:
        service.follow(self)

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("Changes of people stay on record: cancel one instead."), MutasiTidakDapatDiubah


def on_doctype_update() -> None:
    # The scheduler asks every ten minutes what has come due.
    frappe.db.add_index("Mutasi Pegawai", ["status", "berlaku_mulai"])
