from __future__ import annotations

import frappe
from frappe.model.document import Document


class ImporDataBaris(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        baris: DF.Int
        calon: DF.Data | None
        impor: DF.Link
        keadaan: DF.Data | None
        keterangan: DF.Data | None
        nilai: DF.LongText | None
        putusan: DF.Data | None
        ringkas: DF.Data | None
        rujukan: DF.Data | None
        sebelum: DF.LongText | None
        sidik: DF.Data | None
        tindakan: DF.Data | None
        urutan: DF.Int
    # end: auto-generated types


def on_doctype_update() -> None:
    """Read page by page, in order."""
    frappe.db.add_index("Impor Data Baris", ["impor", "tindakan", "urutan"])
