from __future__ import annotations

import frappe
from frappe.model.document import Document


class PenyesuaianRekap(Document):
    """What changed about a day of a closed month; it appears in the next month's recap."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        bulan_berlaku: DF.Data | None
        kode_baru: DF.Data | None
        kode_lama: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        persen_baru: DF.Float
        persen_lama: DF.Float
        sebab: DF.SmallText | None
        selisih: DF.Float
        tanggal: DF.Date
    # end: auto-generated types


def on_doctype_update() -> None:
    frappe.db.add_index("Penyesuaian Rekap", ["pegawai", "tanggal"])
    frappe.db.add_index("Penyesuaian Rekap", ["bulan_berlaku", "opd"])
