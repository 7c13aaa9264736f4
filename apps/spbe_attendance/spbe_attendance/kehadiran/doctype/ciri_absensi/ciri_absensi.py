from __future__ import annotations

import frappe
from frappe.model.document import Document


class CiriAbsensi(Document):
    """What the scan compares of a punch, named like it; written and read by kehadiran.tinjauan.features alone. A table of its own,
    so that looking for twins has its indexes and recording a punch has none of them."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        absensi: DF.Link
        foto_polos: DF.Check
        foto_status: DF.Data | None
        gawai: DF.Data | None
        pegawai: DF.Link | None
        potong_0: DF.Int
        potong_1: DF.Int
        potong_2: DF.Int
        potong_3: DF.Int
        sel: DF.Data | None
        sidik_foto: DF.Data | None
        tanggal: DF.Date | None
    # end: auto-generated types


def on_doctype_update() -> None:
    for fields in (["sel", "tanggal"], ["gawai", "tanggal"], ["tanggal"]):
        frappe.db.add_index("Ciri Absensi", fields)
    for piece in range(4):
        frappe.db.add_index("Ciri Absensi", [f"potong_{piece}", "sidik_foto"])
