from __future__ import annotations

from frappe.model.document import Document


class ImporDataKolom(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        bidang: DF.Literal[
            "",
            "nip",
            "nik",
            "nama",
            "gelar_depan",
            "gelar_belakang",
            "status_kepegawaian",
            "jenis_kelamin",
            "tanggal_lahir",
            "opd",
            "unor_id",
            "jabatan",
            "golongan",
            "status",
            "nomor_hp",
            "nomor_pegawai",
            "siasn_id",
            "kode",
            "nama_opd",
            "singkatan",
            "induk",
            "unor_induk",
            "nama_lokasi",
            "latitude",
            "longitude",
            "koordinat",
            "radius",
            "semua_opd",
            "berlaku_dari",
            "berlaku_sampai",
        ]
        contoh: DF.Data | None
        huruf: DF.Data | None
        judul: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types
