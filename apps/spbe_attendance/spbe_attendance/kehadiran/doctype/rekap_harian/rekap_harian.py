from __future__ import annotations

from frappe.model.document import Document


class RekapHarian(Document):
    """One person's day, computed; written by rekapitulasi only, read by everybody who may see the person."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        apel: DF.Data | None
        aturan: DF.Link | None
        gangguan: DF.Link | None
        hari_kerja: DF.Check
        jadwal: DF.Data | None
        ketidakhadiran: DF.Link | None
        kode: DF.Data | None
        kode_utama: DF.Data | None
        masuk: DF.Datetime | None
        menit_pulang_cepat: DF.Int
        menit_terlambat: DF.Int
        mulai: DF.Datetime | None
        opd: DF.Link | None
        pegawai: DF.Link
        penjelasan: DF.LongText | None
        persen_potongan: DF.Float
        pulang: DF.Datetime | None
        selesai: DF.Datetime | None
        sementara: DF.Check
        sidik: DF.Data | None
        status_kepegawaian: DF.Data | None
        tanggal: DF.Date
        tinjau: DF.Check
        tutup_bulan: DF.Link | None
    # end: auto-generated types
