from __future__ import annotations

from frappe.model.document import Document


class SurveiLokasiTitik(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akurasi: DF.Float
        dibuang: DF.Int
        dipakai: DF.Int
        latitude: DF.Float
        longitude: DF.Float
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        sampel: DF.LongText | None
        sebaran: DF.Float
        urutan: DF.Int
    # end: auto-generated types
