from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian.registrasi import consent
from spbe_attendance.kepegawaian.registrasi.exceptions import NaskahTidakDapatDiubah


class NaskahPersetujuan(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        berlaku_sejak: DF.Date
        isi: DF.LongText
        judul: DF.Data
        versi: DF.Int
    # end: auto-generated types

    def validate(self) -> None:
        before = self.get_doc_before_save()
        if before and self.is_used():
            changed = [
                field.fieldname for field in self.meta.fields if self.has_value_changed(field.fieldname)
            ]
            if changed:
                self.refuse()

    def on_update(self) -> None:
        consent.forget_name_in_force()

    def before_rename(self, *_args: object) -> None:
        self.refuse()

    def on_trash(self) -> None:
        if self.is_used():
            self.refuse()
        consent.forget_name_in_force()

    def is_used(self) -> bool:
        """Whether somebody has agreed to it."""
        return bool(frappe.db.exists(consent.RECORD, {"naskah": self.name}))

    def refuse(self) -> None:
        frappe.throw(
            _("Somebody has agreed to this text already: write a new version instead."),
            NaskahTidakDapatDiubah,
        )
