from __future__ import annotations

from frappe.model.document import Document


class IsyaratTinjauan(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        absensi_lain: DF.SmallText | None
        angka: DF.SmallText | None
        bobot: DF.Int
        jenis: DF.Data | None
        kode: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        uraian: DF.SmallText | None
    # end: auto-generated types

    pass
