from __future__ import annotations

from frappe.model.document import Document


class AturanPotonganJenjang(Document):
    """One step of a deduction ladder."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        kode: DF.Literal[
            "TL1",
            "TL2",
            "TL3",
            "TL4",
            "PSW1",
            "PSW2",
            "PSW3",
            "PSW4",
            "TK",
            "Lupa Masuk",
            "Lupa Pulang",
            "Apel",
            "Sakit Lebih",
        ]
        menit_dari: DF.Int
        menit_sampai: DF.Int
        persen: DF.Float
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
