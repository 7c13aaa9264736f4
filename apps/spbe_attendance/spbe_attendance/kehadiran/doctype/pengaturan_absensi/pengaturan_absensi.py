from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.ringkas import base_map

# field -> smallest and largest value that makes sense
LIMITS = {
    "akurasi_maksimum": (5, 5000),
    "contoh_ragu_persen": (0, 100),
    "batas_pegawai_per_perangkat": (1, 1000),
    "foto_ukuran_maks_kb": (10, 2048),
    "foto_sisi_maks": (320, 8000),
    "batas_tunggu_foto_menit": (1, 10_080),
    "retensi_foto_bulan": (1, 240),
    "retensi_posisi_bulan": (1, 240),
    "ambang_gagal_server": (0, 100_000),
    "ambang_lokasi_sunyi": (0, 10_000),
    "senyap_pegawai": (0, 1000),
    "senyap_menit": (0, 720),
    "tertunda_hari": (0, 14),
    "tertunda_menit": (1, 720),
    "luring_maks_jam": (0, 720),
    "tinjau_selang_menit": (0, 1440),
    "contoh_luring_persen": (0, 100),
    "kuota_saksi_bulanan": (0, 62),
    "batas_saksi_harian": (1, 1000),
    "laju_maksimum_kmj": (20, 2000),
    "kemiripan_foto_bit": (0, 3),
    "kuota_koreksi_bulanan": (0, 31),
    "batas_hari_koreksi": (0, 60),
    "batas_hari_sanggah": (0, 60),
    "batas_hari_jawab_sanggah": (0, 60),
    "batas_hari_permohonan_mundur": (0, 60),
    "lampiran_maks_kb": (50, 10_240),
    "hak_cuti_tahunan": (0, 60),
    "batas_cuti_dua_tahun": (0, 90),
    "batas_cuti_tiga_tahun": (0, 120),
    "tambahan_cuti_terpencil": (0, 60),
    "tambahan_cuti_terpencil_pppk": (0, 60),
    "tahun_awal_saldo_cuti": (0, 2100),
    "masa_kode_aktivasi": (1, 90),
    "batas_salah_sandi": (3, 100),
    "jeda_salah_sandi_menit": (1, 120),
    "batas_akun_per_alamat": (10, 100_000),
    "retensi_registrasi_hari": (0, 3650),
    "akurasi_lazim": (1, 500),
    "usulan_radius_maks": (5, 5000),
    "usulan_tambah_maks": (0, 2000),
    "wilayah_selatan": (-90, 90),
    "wilayah_utara": (-90, 90),
    "wilayah_barat": (-180, 180),
    "wilayah_timur": (-180, 180),
}


class PengaturanAbsensi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akurasi_lazim: DF.Float
        akurasi_maksimum: DF.Float
        alamat_kop: DF.SmallText | None
        ambang_gagal_server: DF.Int
        ambang_lokasi_sunyi: DF.Int
        batas_akun_per_alamat: DF.Int
        batas_cuti_dua_tahun: DF.Int
        batas_cuti_tiga_tahun: DF.Int
        batas_hari_jawab_sanggah: DF.Int
        batas_hari_koreksi: DF.Int
        batas_hari_permohonan_mundur: DF.Int
        batas_hari_sanggah: DF.Int
        batas_pegawai_per_perangkat: DF.Int
        batas_salah_sandi: DF.Int
        batas_tunggu_foto_menit: DF.Int
        batas_saksi_harian: DF.Int
        buka_masuk: DF.Time | None
        contoh_luring_persen: DF.Percent
        contoh_ragu_persen: DF.Percent
        foto_sisi_maks: DF.Int
        foto_ukuran_maks_kb: DF.Int
        foto_wajib: DF.Check
        ekspor_nik: DF.Check
        ekspor_simpan_hari: DF.Int
        ganti_perangkat_dengan_saksi: DF.Check
        hak_cuti_tahunan: DF.Int
        hapus_otomatis: DF.Check
        hari_kerja: DF.Literal["5", "6"]
        jeda_salah_sandi_menit: DF.Int
        jam_masuk: DF.Time | None
        jam_pulang: DF.Time | None
        jam_pulang_jumat: DF.Time | None
        kemiripan_foto_bit: DF.Int
        kontak_data_pribadi: DF.SmallText | None
        kuota_koreksi_bulanan: DF.Int
        kuota_saksi_bulanan: DF.Int
        laju_maksimum_kmj: DF.Int
        lambang: DF.AttachImage | None
        lampiran_maks_kb: DF.Int
        luring_aktif: DF.Check
        luring_maks_jam: DF.Int
        masa_kode_aktivasi: DF.Int
        mode: DF.Literal["Uji Coba", "Berlaku Penuh"]
        nama_pemerintah: DF.Data | None
        pendaftaran_dibuka: DF.Check
        pendaftaran_sampai: DF.Date | None
        pengingat_menit: DF.Int
        peta_dasar: DF.Attach | None
        retensi_foto_bulan: DF.Int
        retensi_posisi_bulan: DF.Int
        retensi_registrasi_hari: DF.Int
        senyap_menit: DF.Int
        senyap_pegawai: DF.Int
        tahun_awal_saldo_cuti: DF.Int
        tambahan_cuti_terpencil: DF.Int
        tambahan_cuti_terpencil_pppk: DF.Int
        tampilkan_hitungan_jam: DF.Check
        tempat_tanda_tangan: DF.Data | None
        tertunda_hari: DF.Int
        tertunda_menit: DF.Int
        tinjau_selang_menit: DF.Int
        tutup_pulang: DF.Time | None
        url_ubin_peta: DF.Data | None
        usulan_radius_maks: DF.Float
        usulan_tambah_maks: DF.Float
        wilayah_barat: DF.Float
        wilayah_selatan: DF.Float
        wilayah_timur: DF.Float
        wilayah_utara: DF.Float
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
        base_map.check(self.peta_dasar)
