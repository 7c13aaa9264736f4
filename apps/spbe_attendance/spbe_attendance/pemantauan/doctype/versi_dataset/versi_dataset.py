from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.satu_data import decisions, preview
from spbe_attendance.pemantauan.satu_data.errors import VersiTetap


class VersiDataset(Document):
    """A dataset and period as it was, or would be, published. Made by pemantauan.satu_data.versions, decided by workflow."""

    def onload(self) -> None:
        self.set_onload("pratinjau", preview.of(self))

    def before_insert(self) -> None:
        if not self.flags.by_service:
            frappe.throw(
                _("Versions are made by the system: ask for one under Penyusunan Dataset."), VersiTetap
            )

    def validate(self) -> None:
        before = self.get_doc_before_save()
        if before is not None:
            decisions.keep(self, before)
            decisions.decide(self, before)

    def before_rename(self, *_args: object) -> None:
        self.refuse_removal()

    def on_trash(self) -> None:
        self.refuse_removal()

    def refuse_removal(self) -> None:
        frappe.throw(_("Versions stay: refuse a draft, withdraw what is published."), VersiTetap)


def on_doctype_update() -> None:
    frappe.db.add_unique("Versi Dataset", ["dataset", "periode", "nomor"])
