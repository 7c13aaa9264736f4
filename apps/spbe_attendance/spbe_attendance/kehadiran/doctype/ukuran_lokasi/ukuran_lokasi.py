from __future__ import annotations

from frappe.model.document import Document


class UkuranLokasi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akurasi_median: DF.Float
        akurasi_p90: DF.Float
        contoh: DF.LongText | None
        dari: DF.Date | None
        dibatasi: DF.Literal["", "Batas Usulan", "Tetangga"]
        dihitung_pada: DF.Datetime | None
        geser: DF.Float
        jumlah: DF.Int
        latitude: DF.Float
        lokasi: DF.Link
        longitude: DF.Float
        opd: DF.Link | None
        persen_dalam: DF.Percent
        persen_dalam_usulan: DF.Percent
        persen_luar: DF.Percent
        persen_ragu: DF.Percent
        sampai: DF.Date | None
        sebaran: DF.Float
        tetangga: DF.Link | None
        usulan: DF.Literal["", "Perluas", "Terhalang"]
        usulan_area: DF.LongText | None
        usulan_radius: DF.Float
        usulan_tambah: DF.Float
        versi_lokasi: DF.Data | None
    # end: auto-generated types
