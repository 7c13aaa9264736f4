from __future__ import annotations

from frappe.model.document import Document


class ImporDataPadanan(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        jumlah: DF.Int
        opd: DF.Link | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        tertulis: DF.Data | None
        usulan: DF.Link | None
    # end: auto-generated types
