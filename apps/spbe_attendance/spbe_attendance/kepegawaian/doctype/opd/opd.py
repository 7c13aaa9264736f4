from __future__ import annotations

from frappe.utils.nestedset import NestedSet


class OPD(NestedSet):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        induk: DF.Link | None
        is_group: DF.Check
        kepala: DF.Link | None
        kode: DF.Data
        lft: DF.Int
        nama_opd: DF.Data
        old_parent: DF.Link | None
        rgt: DF.Int
        singkatan: DF.Data | None
    # end: auto-generated types

    nsm_parent_field = "induk"

    def validate(self) -> None:
        self.kode = (self.kode or "").strip()
        self.nama_opd = (self.nama_opd or "").strip()
