from __future__ import annotations

from frappe.model.document import Document
from frappe.utils import cint

from spbe_attendance.kepegawaian.pesan import gateway


class GerbangPesan(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        alamat: DF.Data | None
        isi: DF.Code | None
        kepala_token: DF.Data | None
        pesan: DF.SmallText | None
        token: DF.Password | None
    # end: auto-generated types

    def validate(self) -> None:
        if cint(self.aktif):
            gateway.checked(self.alamat)
            gateway.body(self.isi, "+628", "…")
