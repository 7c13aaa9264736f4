from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

# field -> smallest and largest value that makes sense
LIMITS = {
    "akurasi_maksimum": (5, 5000),
    "contoh_ragu_persen": (0, 100),
    "batas_pegawai_per_perangkat": (1, 1000),
    "foto_ukuran_maks_kb": (10, 2048),
    "foto_sisi_maks": (320, 8000),
    "batas_tunggu_foto_menit": (1, 10_080),
    "retensi_foto_bulan": (1, 240),
}


class PengaturanAbsensi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akurasi_maksimum: DF.Float
        batas_pegawai_per_perangkat: DF.Int
        batas_tunggu_foto_menit: DF.Int
        buka_masuk: DF.Time | None
        contoh_ragu_persen: DF.Percent
        foto_sisi_maks: DF.Int
        foto_ukuran_maks_kb: DF.Int
        foto_wajib: DF.Check
        hari_kerja: DF.Literal[5, 6]
        jam_masuk: DF.Time | None
        jam_pulang: DF.Time | None
        jam_pulang_jumat: DF.Time | None
        mode: DF.Literal["Uji Coba", "Berlaku Penuh"]
        retensi_foto_bulan: DF.Int
        tutup_pulang: DF.Time | None
        url_ubin_peta: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        for field, (low, high) in LIMITS.items():
            if not low <= (self.get(field) or 0) <= high:
                label = _(self.meta.get_label(field))
                frappe.throw(_("{0} takes a value from {1} to {2}.").format(label, low, high))
        times = [
            frappe.utils.get_time(self.get(field))
            for field in ("buka_masuk", "jam_masuk", "jam_pulang", "tutup_pulang")
        ]
        if times != sorted(times):
            frappe.throw(_("The hours must follow one another: earliest in, start, end, latest out."))
