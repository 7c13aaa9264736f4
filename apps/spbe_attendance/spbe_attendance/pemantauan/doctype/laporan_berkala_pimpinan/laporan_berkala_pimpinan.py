from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import cint

from spbe_attendance.pemantauan.berkala import preview, sending
from spbe_attendance.plain_values import PlainValues

# What the last sending left is no one's to write.
SERVER = ("terakhir_dikirim", "hasil_terakhir")


class LaporanBerkalaPimpinan(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.pemantauan.doctype.penerima_laporan_berkala.penerima_laporan_berkala import (
            PenerimaLaporanBerkala,
        )

        aktif: DF.Check
        hasil_terakhir: DF.SmallText | None
        jadwal: DF.Literal["Mingguan", "Bulanan", "Mingguan dan Bulanan"]
        penerima: DF.Table[PenerimaLaporanBerkala]
        terakhir_dikirim: DF.Datetime | None
    # end: auto-generated types

    def validate(self) -> None:
        for field in SERVER:
            self.set(field, frappe.db.get_single_value(self.doctype, field))
        sending.check_recipients(self.penerima, wanted=bool(cint(self.aktif)))

    @frappe.whitelist(methods=["POST"])
    def pratinjau(self) -> dict[str, str]:
        """{subjek, isi}: what the caller would get today, as HTML. Raises PermissionError for who leads no unit."""
        self.check_permission("read")
        return preview.of_caller()

    @frappe.whitelist(methods=["POST"])
    def kirim(self) -> dict[str, Any]:
        """Have it sent to all recipients now: {penerima}. Raises LaporanBerkalaDitolak when it is switched off."""
        self.check_permission("write")
        return {"penerima": sending.start()}
