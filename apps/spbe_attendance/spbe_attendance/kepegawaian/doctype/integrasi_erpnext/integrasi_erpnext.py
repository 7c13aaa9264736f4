from __future__ import annotations

import frappe

from spbe_attendance.integrations.erpnext import run, settings, state
from spbe_attendance.plain_values import PlainValues


class IntegrasiERPNext(PlainValues):
    """Whether and how ERPNext and HRMS on the same site are kept in step."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kepegawaian.doctype.integrasi_erpnext_cuti.integrasi_erpnext_cuti import (
            IntegrasiERPNextCuti,
        )

        aktif: DF.Check
        arah: DF.Literal["Dua Arah", "Hanya Ke ERPNext"]
        bergabung_bawaan: DF.Date | None
        company: DF.Autocomplete | None
        cuti: DF.Table[IntegrasiERPNextCuti]
        kirim_absensi: DF.Check
        kirim_cuti: DF.Check
        kirim_koordinat: DF.Check
        kirim_libur: DF.Check
        kirim_rekap: DF.Check
        kursor_absensi: DF.Data | None
        kursor_rekap: DF.Data | None
        pemilik_akun: DF.Literal["SPBE Absensi", "Tidak Disinkronkan"]
        pemilik_atasan: DF.Literal["SPBE Absensi", "Tidak Disinkronkan"]
        pemilik_daftar_libur: DF.Literal["SPBE Absensi", "Tidak Disinkronkan"]
        pemilik_jabatan: DF.Literal["SPBE Absensi", "ERPNext", "Tidak Disinkronkan"]
        pemilik_mulai_bertugas: DF.Literal["SPBE Absensi", "ERPNext", "Tidak Disinkronkan"]
        pemilik_nomor_hp: DF.Literal["SPBE Absensi", "ERPNext", "Tidak Disinkronkan"]
        proyeksi_sejak: DF.Date | None
    # end: auto-generated types

    def onload(self) -> None:
        self.set_onload("keadaan", state.now())

    def validate(self) -> None:
        settings.check(self)

    # What the browser sends of the document is not trusted: each step works with the stored settings.
    @frappe.whitelist(methods=["POST"])
    def pratinjau(self) -> str:
        """Have it worked out what a synchronisation would do; answers the name of the Sinkronisasi ERPNext. BKPSDM only."""
        return run.start(run.PRATINJAU)

    @frappe.whitelist(methods=["POST"])
    def sinkronkan(self) -> str:
        """Have everything synchronised in the background; answers the name of the Sinkronisasi ERPNext. BKPSDM only."""
        return run.start(run.SINKRONKAN)

    @frappe.whitelist(methods=["POST"])
    def coba_lagi_semua(self) -> int:
        """Have all that failed tried again; answers how many. BKPSDM only."""
        return run.retry_all()
