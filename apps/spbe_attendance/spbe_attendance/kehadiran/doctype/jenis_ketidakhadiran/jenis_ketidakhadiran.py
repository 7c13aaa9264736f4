from __future__ import annotations

import re

import frappe
from frappe import _

from spbe_attendance.plain_values import PlainValues


class JenisKetidakhadiran(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        batas_hari_tanpa_lampiran: DF.Int
        boleh_rombongan: DF.Check
        boleh_setengah_hari: DF.Check
        catatan: DF.SmallText | None
        dasar_hukum: DF.SmallText | None
        hitung_hari: DF.Literal["Kerja", "Kalender"]
        kelompok: DF.Literal["Cuti", "Sakit", "Izin", "Dinas Luar", "Tugas Belajar", "WFA"]
        khusus_perempuan: DF.Check
        kode: DF.Data
        kode_rekap: DF.Literal["CLTN", "CB", "CM", "CS", "CAP", "CT", "S", "I", "DL", "TB", "WFA"]
        kuota_per: DF.Literal["Permohonan", "Bulan", "Tahun"]
        maks_bulan: DF.Int
        maks_bulan_pppk: DF.Int
        maks_hari: DF.Int
        masa_kerja_tahun: DF.Int
        menghabiskan_cuti_tahunan: DF.Check
        mengurangi_cuti_tahunan: DF.Check
        nama_jenis: DF.Data
        perlu_bkpsdm: DF.Check
        perlu_lampiran: DF.Literal["Tidak", "Selalu", "Di atas N hari"]
        untuk_alih_daya: DF.Check
        untuk_cpns: DF.Check
        untuk_non_asn: DF.Check
        untuk_pns: DF.Check
        untuk_pppk: DF.Check
        untuk_pppk_paruh_waktu: DF.Check
        urutan: DF.Int
    # end: auto-generated types

    def validate(self) -> None:
        self.kode = (self.kode or "").strip().upper()
        if not re.fullmatch(r"[A-Z0-9]{1,10}", self.kode):
            frappe.throw(_("The code takes one to ten letters and digits, such as CT."))
        if self.perlu_lampiran != "Di atas N hari":
            self.batas_hari_tanpa_lampiran = 0
