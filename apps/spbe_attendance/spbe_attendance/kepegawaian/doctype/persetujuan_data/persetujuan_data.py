from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranTidakDapatDiubah
from spbe_attendance.kept_record import KeptRecord


class PersetujuanData(KeptRecord):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        cara: DF.Literal["Pendaftaran", "Aplikasi"]
        ditarik_pada: DF.Datetime | None
        naskah: DF.Link
        opd: DF.Link | None
        pegawai: DF.Link | None
        registrasi: DF.Link | None
        sha256: DF.Data | None
        versi: DF.Int
        waktu: DF.Datetime | None
    # end: auto-generated types

    def validate(self) -> None:
        if not (self.is_new() and self.flags.by_service):
            frappe.throw(*self.why_kept())

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _(
            "Records of consent are made by the person and stay as they are."
        ), PendaftaranTidakDapatDiubah


def on_doctype_update() -> None:
    """One agreement per person and text, and per registration and text."""
    frappe.db.add_unique("Persetujuan Data", ["pegawai", "naskah"], "pegawai_naskah")
    frappe.db.add_unique("Persetujuan Data", ["registrasi", "naskah"], "registrasi_naskah")
