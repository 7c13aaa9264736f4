from __future__ import annotations

from frappe.model.document import Document


class ImporLokasiBaris(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        area: DF.LongText | None
        hasil: DF.Literal[
            "Baru", "Sudah Ada", "Bermasalah", "Dibuat", "Dibatalkan", "Dinonaktifkan", "Ditinggal"
        ]
        jenis_area: DF.Literal["Radius", "Poligon"]
        latitude: DF.Float
        lewati: DF.Check
        lokasi: DF.Link | None
        longitude: DF.Float
        masalah: DF.SmallText | None
        nama_lokasi: DF.Data | None
        nomor: DF.Int
        opd: DF.Link | None
        opd_dipilih: DF.Link | None
        opd_tertulis: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        peringatan: DF.SmallText | None
        radius: DF.Float
        saran: DF.SmallText | None
        sidik: DF.Data | None
        versi: DF.Data | None
    # end: auto-generated types
