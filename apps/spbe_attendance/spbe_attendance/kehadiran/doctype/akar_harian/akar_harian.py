from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import SegelTidakDapatDiubah


class AkarHarian(Document):
    """The Merkle root of an OPD's day; written by segel.roots only. A day that grew has another version."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akar: DF.Data | None
        alasan: DF.SmallText | None
        dibuat: DF.Datetime | None
        hash: DF.Data | None
        jumlah: DF.Int
        opd: DF.Link | None
        sebelum: DF.Data | None
        tanggal: DF.Date | None
        urutan: DF.Int
        versi: DF.Int
    # end: auto-generated types

    def validate(self) -> None:
        self.refuse()

    def on_trash(self) -> None:
        self.refuse()

    def before_rename(self, *_args: object) -> None:
        self.refuse()

    def refuse(self) -> None:
        """Whatever the role: a chain that somebody may mend proves nothing."""
        frappe.throw(
            _("Seals and roots are made by the server alone and never change."), SegelTidakDapatDiubah
        )


def on_doctype_update() -> None:
    frappe.db.add_unique("Akar Harian", ["opd", "tanggal", "versi"])
    frappe.db.add_unique("Akar Harian", ["opd", "urutan"])
    frappe.db.add_index("Akar Harian", ["tanggal"])
    frappe.db.add_index("Akar Harian", ["dibuat"])
