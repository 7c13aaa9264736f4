from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian import devices, rebinding
from spbe_attendance.permissions import ALL_RECORDS


class Perangkat(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan_cabut: DF.SmallText | None
        dicabut_oleh: DF.Link | None
        dicabut_pada: DF.Datetime | None
        disahkan_oleh: DF.Link | None
        disahkan_pada: DF.Datetime | None
        kunci_publik: DF.SmallText | None
        nama_perangkat: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        saksi: DF.Link | None
        sidik_kunci: DF.Data | None
        status: DF.Literal["Aktif", "Menunggu Saksi", "Dicabut"]
        terakhir_dipakai: DF.Date | None
        terdaftar: DF.Datetime | None
    # end: auto-generated types

    @frappe.whitelist(methods=["POST"])
    def cabut(self, alasan: str) -> None:
        """Button of the form, for the Admin OPD of the subtree and BKPSDM. Raises PermissionError or ValidationError."""
        self.refuse_others()
        if len(alasan.strip()) < 5:
            frappe.throw(_("Say why the phone is revoked, in a few words."))
        devices.revoke(self.name, alasan.strip()[:500])

    @frappe.whitelist(methods=["POST"])
    def sahkan(self, alasan: str) -> None:
        """Button of the form in place of a witness; the person's other phones are revoked. Raises PermissionError, AkunDitolak."""
        self.refuse_others()
        rebinding.approve(self.name, alasan)

    def refuse_others(self) -> None:
        self.check_permission("read")
        if not (ALL_RECORDS | {"Admin OPD"}) & set(frappe.get_roles()):
            frappe.throw(_("Only the Admin OPD and BKPSDM do this with a phone."), frappe.PermissionError)
