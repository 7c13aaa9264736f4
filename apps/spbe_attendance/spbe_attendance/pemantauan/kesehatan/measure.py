"""What is exported: names, words and the shape of a measured value. No measuring here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

PREFIX = "spbe_"
# Name -> what it tells. Seconds, bytes and counts; 1 is yes and 0 is no. An alert may name nothing that is not here.
CATALOG = {
    "komponen_siap": "1 while this part of the system answers.",
    "pemeriksaan_berhasil": "1 if this group of measurements could be taken.",
    "versi_info": "Always 1; the labels tell the versions.",
    "mode_baca": "1 in read-only mode: punches wait on the phones.",
    "pekerja": "Background workers that serve this queue and were heard of lately.",
    "antrean_panjang": "Jobs that wait in this queue.",
    "antrean_tertua_detik": "Age of the job that has waited longest in this queue.",
    "pekerjaan_gagal": "Jobs of this queue that are kept as failed.",
    "penjadwal_aktif": "1 while the scheduler of this site is switched on.",
    "penjadwal_terakhir_detik": "Since the last minutely job began.",
    "segel_tertunda_detik": "Age of the oldest punch of the last hours that has no seal; 0 without any.",
    "hitung_ulang_panjang": "Entries of Hitung Ulang that wait.",
    "hitung_ulang_tertua_detik": "Age of the oldest of them; 0 without any.",
    "absensi_10_menit": "Punches recorded in the last ten minutes.",
    "absensi_gagal": "Punches that failed by the server's fault since the ten-minute mark before the last one.",
    "absensi_gagal_akun": "Accounts that sent them, the larger of the two spans.",
    "foto_ditunggu": "Punches whose photo has not arrived yet and is late.",
    "foto_tidak_datang": "Punches of today whose photo never came.",
    "cadangan_umur_detik": "Age of the newest backup of this kind; +Inf if there is none.",
    "cadangan_bytes": "Size of the newest backup of this kind.",
    "disk_bebas_bytes": "Free space where this folder is.",
    "disk_total_bytes": "Size of the disk where this folder is.",
    "sertifikat_sisa_detik": "Until the TLS certificate that clients see runs out.",
    "jam_tersinkron": "1 if the kernel says that its clock follows a time source.",
    "jam_selisih_detik": "Clock of this other machine minus the clock of the web server.",
    "database_koneksi": "Connections to the database.",
    "database_koneksi_maks": "Connections that the database allows.",
    "redis_memori_bytes": "Memory that this Redis uses.",
    "redis_memori_maks_bytes": "Memory that this Redis may use; 0 is no limit.",
    "redis_dibuang_total": "Keys that this Redis dropped for lack of memory since it started.",
    "redis_aof_baik": "1 if the last write of the append-only file succeeded.",
}


@dataclass(frozen=True)
class Measured:
    """One value. ``name``: a key of CATALOG."""

    name: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def by_name(values: Iterable[Measured]) -> dict[str, list[Measured]]:
    """In the order of the catalog. Raises KeyError for a name that is not in it."""
    found: dict[str, list[Measured]] = {name: [] for name in CATALOG}
    for one in values:
        found[one.name].append(one)
    return {name: rows for name, rows in found.items() if rows}
