from __future__ import annotations

from frappe.model.document import Document


class AturanPotongan(Document):
    """Rates of a regulation, dated; what no regulation confirms is marked so."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.aturan_potongan_jenjang.aturan_potongan_jenjang import (
            AturanPotonganJenjang,
        )

        batas_bulanan: DF.Float
        batas_harian: DF.Float
        catatan: DF.SmallText | None
        dari: DF.Date
        dasar_hukum: DF.Data
        dasar_potongan: DF.Literal["Seluruh TPP", "Komponen Disiplin"]
        dikonfirmasi: DF.Check
        jenjang: DF.Table[AturanPotonganJenjang]
        nama_aturan: DF.Data
        sampai: DF.Date | None
        untuk_pns: DF.Check
        untuk_pppk: DF.Check
        untuk_pppk_paruh_waktu: DF.Check
    # end: auto-generated types
