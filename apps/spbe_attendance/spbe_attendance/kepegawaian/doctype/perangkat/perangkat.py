from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian import devices
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
        kunci_publik: DF.SmallText | None
        nama_perangkat: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        sidik_kunci: DF.Data | None
        status: DF.Literal["Aktif", "Dicabut"]
        terdaftar: DF.Datetime | None
    # end: auto-generated types

    @frappe.whitelist(methods=["POST"])
    def cabut(self, alasan: str) -> None:
        """Button of the form, for the Admin OPD of the subtree and BKPSDM. Raises PermissionError or ValidationError."""
        self.check_permission("read")
        if not (ALL_RECORDS | {"Admin OPD"}) & set(frappe.get_roles()):
            frappe.throw(_("Only the Admin OPD and BKPSDM revoke a phone."), frappe.PermissionError)
        if len(alasan.strip()) < 5:
            frappe.throw(_("Say why the phone is revoked, in a few words."))
        devices.revoke(self.name, alasan.strip()[:500])
