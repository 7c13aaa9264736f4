from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.plain_values import PlainValues


class CatatanCutiTahunan(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        keterangan: DF.SmallText
        kontrak_tahun: DF.Int
        opd: DF.Link | None
        pegawai: DF.Link
        tahun: DF.Int
        tambahan: DF.Float
        terpakai: DF.Float
    # end: auto-generated types

    def validate(self) -> None:
        self.opd = frappe.db.get_value("Pegawai", self.pegawai, "opd")
        if not 2000 <= (self.tahun or 0) <= 2100:
            frappe.throw(_("The year must lie between {0} and {1}.").format(2000, 2100))


def on_doctype_update() -> None:
    frappe.db.add_index("Catatan Cuti Tahunan", ["pegawai", "tahun"])
