from __future__ import annotations

from frappe.model.document import Document


class TutupBulan(Document):
    """The recap of one OPD and month, open or frozen."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan_buka: DF.SmallText | None
        bulan: DF.Data
        ditutup_oleh: DF.Link | None
        ditutup_pada: DF.Datetime | None
        jumlah_baris: DF.Int
        opd: DF.Link
        sidik: DF.Data | None
        status: DF.Literal["Terbuka", "Ditutup", "Dibuka Kembali"]
    # end: auto-generated types
