from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.antarmuka import keys


class KunciAPI(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        baca_dataset: DF.Check
        baca_kehadiran: DF.Check
        baca_kesehatan: DF.Check
        baca_lokasi: DF.Check
        baca_rekap: DF.Check
        baca_unit: DF.Check
        berlaku_sampai: DF.Date | None
        dasar: DF.SmallText | None
        nama_sistem: DF.Data
        opd: DF.Link | None
        penanggung_jawab: DF.Data
        per_menit: DF.Int
        rahasia_pada: DF.Datetime | None
        user: DF.Link | None
    # end: auto-generated types

    def validate(self) -> None:
        self.require_scope()

    def on_update(self) -> None:
        keys.follow(self)

    def require_scope(self) -> None:
        if not any(self.get(keys.field_of(scope)) for scope in keys.SCOPES):
            frappe.throw(_("Choose at least one thing that the key opens."))
        if not self.per_menit:
            frappe.throw(_("Requests per minute must be at least 1."))

    @frappe.whitelist(methods=["POST"])
    def buat_rahasia(self) -> dict[str, str]:
        """Button of the form: a new secret, shown once. Returns {kunci, rahasia, kepala}. Raises PermissionError."""
        self.check_permission("write")
        return keys.new_secret(frappe.get_doc(self.doctype, self.name))
