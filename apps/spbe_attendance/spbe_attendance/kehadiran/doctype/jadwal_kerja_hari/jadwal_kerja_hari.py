from __future__ import annotations

from frappe.model.document import Document


class JadwalKerjaHari(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        batas_masuk: DF.Time | None
        batas_pulang: DF.Time | None
        hari: DF.Literal["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
        istirahat_mulai: DF.Time | None
        istirahat_selesai: DF.Time | None
        mulai: DF.Time
        paling_awal: DF.Time | None
        paling_awal_pulang: DF.Time | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        selesai: DF.Time
        varian: DF.Literal["Biasa", "Ramadan"]
    # end: auto-generated types
