from __future__ import annotations

from frappe.model.document import Document


class PutusanTinjauan(Document):
    """One of the decisions on a row of the review queue, in their order; sealed as it is, see segel."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        catatan: DF.SmallText | None
        diputuskan_oleh: DF.Link | None
        diputuskan_pada: DF.Datetime | None
        nomor: DF.Int
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        pemutus: DF.Data | None
        status: DF.Data | None
    # end: auto-generated types
