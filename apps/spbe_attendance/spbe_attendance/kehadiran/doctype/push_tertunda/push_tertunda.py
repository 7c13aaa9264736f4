from __future__ import annotations

from frappe.model.document import Document


class PushTertunda(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        berlaku_sampai: DF.Datetime
        coba_lagi: DF.Datetime
        kabar: DF.Data
        kalimat: DF.SmallText | None
        langganan: DF.Data
        pengguna: DF.Link
        percobaan: DF.Int
        url: DF.Data | None
    # end: auto-generated types
