from __future__ import annotations

import frappe
from frappe.model.document import Document


class RiwayatPegawai(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        dari: DF.Date | None
        golongan: DF.Data | None
        jabatan: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        sampai: DF.Date
        status: DF.Data | None
        status_kepegawaian: DF.Data | None
    # end: auto-generated types


def on_doctype_update() -> None:
    # Closing a day and reading a month ask for people's stretches that touch the days.
    frappe.db.add_index("Riwayat Pegawai", ["pegawai", "sampai"])
    frappe.db.add_index("Riwayat Pegawai", ["opd", "sampai"])
