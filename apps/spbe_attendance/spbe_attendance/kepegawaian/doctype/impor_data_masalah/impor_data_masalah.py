from __future__ import annotations

import frappe
from frappe.model.document import Document


class ImporDataMasalah(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        baris: DF.Int
        daftar_baris: DF.Data | None
        impor: DF.Link
        isi: DF.Data | None
        jumlah: DF.Int
        keparahan: DF.Data | None
        kode: DF.Data | None
        kolom: DF.Data | None
        masalah: DF.SmallText | None
        saran: DF.SmallText | None
        urutan: DF.Int
    # end: auto-generated types


def on_doctype_update() -> None:
    """Read page by page, in order."""
    frappe.db.add_index("Impor Data Masalah", ["impor", "keparahan", "urutan"])
