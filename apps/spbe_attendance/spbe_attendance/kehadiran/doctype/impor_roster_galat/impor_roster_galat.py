from __future__ import annotations

from frappe.model.document import Document


class ImporRosterGalat(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        baris: DF.Int
        isi: DF.Data | None
        kolom: DF.Data | None
        masalah: DF.SmallText | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        saran: DF.SmallText | None
    # end: auto-generated types
