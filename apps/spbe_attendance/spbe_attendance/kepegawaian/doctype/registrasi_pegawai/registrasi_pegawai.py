from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian.registrasi import approval, nik, view
from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranTidakDapatDiubah
from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.restricted_fields import RestrictedFields

# All that a person may write; the status only by the workflow.
WRITABLE = ("alasan", "status")


class RegistrasiPegawai(RestrictedFields, KeptRecord):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        acuan: DF.Link | None
        alasan: DF.SmallText | None
        diajukan_pada: DF.Datetime | None
        dicocokkan_pada: DF.Datetime | None
        dihapus_pada: DF.Datetime | None
        diputus_oleh: DF.Link | None
        diputus_pada: DF.Datetime | None
        diverifikasi_oleh: DF.Link | None
        diverifikasi_pada: DF.Datetime | None
        foto: DF.AttachImage | None
        id_klien: DF.Data | None
        jabatan: DF.Data | None
        jenis_kelamin: DF.Literal["", "Laki-laki", "Perempuan"]
        kecocokan: DF.Literal["", "Tepat", "Mendekati", "Tidak Ada"]
        kiriman: DF.Int
        menggantikan: DF.Link | None
        nama: DF.Data
        naskah: DF.Link | None
        nik: DF.Data | None
        nik_hash: DF.Data | None
        nik_samar: DF.Data | None
        nik_terbuka: DF.Data | None
        nomor: DF.Data | None
        nomor_hp: DF.Data | None
        opd: DF.Link
        pegawai: DF.Link | None
        pegawai_terdaftar: DF.Link | None
        perangkat: DF.Data | None
        peringatan: DF.SmallText | None
        skor: DF.Percent
        status: DF.Literal[
            "Diajukan",
            "Sudah Terdaftar",
            "Terverifikasi",
            "Disetujui",
            "Dikembalikan",
            "Ditolak",
            "Digantikan",
        ]
        status_kepegawaian: DF.Literal["Non ASN", "Alih Daya"]
        tanggal_lahir: DF.Date | None
        vendor: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        if self.flags.by_service:
            nik.derive(self)
            return
        before = self.get_doc_before_save()
        if before is None:
            frappe.throw(*self.why_kept())
        self.keep_filed(before)
        if before.status != self.status:
            approval.decide(self)

    def validate_workflow(self) -> None:
        # What the applicant files anew, what is replaced and what runs out are no steps of a decider.
        if not self.flags.by_service:
            super().validate_workflow()

    def keep_filed(self, before: Document) -> None:
        """The reason and, by the workflow, the status are anybody's to change; the rest is as it was filed and found."""
        for field in self.meta.get_valid_columns():
            if field not in WRITABLE and self.meta.has_field(field):
                self.set(field, before.get(field))

    def why_kept(self) -> tuple[str, type[Exception]]:
        return (
            _("Registrations are filed by the applicant in the app and stay as they were filed."),
            PendaftaranTidakDapatDiubah,
        )

    @frappe.whitelist(methods=["GET", "POST"])
    def bahan(self) -> dict[str, Any]:
        """For the form: the registration beside the recap, see view.comparison. Raises PermissionError."""
        # As it is stored: what a form sends is anybody's to write.
        stored = frappe.get_doc(self.doctype, self.name)
        stored.check_permission("read")
        return view.comparison(stored)
