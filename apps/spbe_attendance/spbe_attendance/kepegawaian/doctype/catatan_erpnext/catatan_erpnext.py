from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.integrations.erpnext import notes


class CatatanERPNext(Document):
    """What waits to be synchronised, what failed and why, what was changed on both sides; written by the integration only."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        acuan: DF.Data | None
        dokumen_erpnext: DF.Data | None
        jenis: DF.Data | None
        jenis_erpnext: DF.Data | None
        judul: DF.Data | None
        percobaan: DF.Int
        pesan: DF.SmallText | None
        status: DF.Literal["Menunggu", "Gagal", "Konflik", "Selesai"]
        terakhir: DF.Datetime | None
    # end: auto-generated types

    @frappe.whitelist(methods=["POST"])
    def coba_lagi(self) -> None:
        """Have a failed record tried again. BKPSDM only."""
        notes.retry([self.name])

    @frappe.whitelist(methods=["POST"])
    def selesai(self) -> None:
        """A conflict was looked at. BKPSDM only."""
        notes.settle(self.name)
