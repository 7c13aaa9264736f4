from __future__ import annotations

from frappe.model.document import Document


class HitungUlang(Document):
    """A range of days that must be computed again; written by rekapitulasi.affected, taken by the closing job."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        dari: DF.Date
        opd: DF.Link | None
        pegawai: DF.Link | None
        sampai: DF.Date
        sebab: DF.SmallText
    # end: auto-generated types
