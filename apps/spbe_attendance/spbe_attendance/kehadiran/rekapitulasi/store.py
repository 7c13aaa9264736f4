"""Rows of Rekap Harian and Penyesuaian Rekap: read and written for many at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import now

WRITER = "Administrator"
STORED = (
    "name",
    "pegawai",
    "tanggal",
    "opd",
    "status_kepegawaian",
    "kode",
    "persen_potongan",
    "persen_apel",
    "sidik",
    "tutup_bulan",
)


@dataclass(frozen=True, slots=True)
class Stored:
    name: str
    pegawai: str
    tanggal: date
    opd: str
    status_kepegawaian: str
    kode: str | None
    persen_potongan: float
    persen_apel: float
    sidik: str | None
    tutup_bulan: str | None

    @property
    def percent(self) -> float:
        return (self.persen_potongan or 0) + (self.persen_apel or 0)


def stored(names: Collection[str], first: date, last: date) -> dict[tuple[str, date], Stored]:
    rekap = frappe.qb.DocType("Rekap Harian")
    rows = (
        frappe.qb.from_(rekap)
        .select(*[rekap[field] for field in STORED])
        .where(rekap.pegawai.isin(list(names) or [""]) & rekap.tanggal[first:last])
        .run()
    )
    return {(row[1], row[2]): Stored(*row) for row in rows}


def write_days(rows: Sequence[dict[str, Any]]) -> None:
    """Insert, or replace where person and date are there already. One statement: the rows travel as one JSON text, because
    thousands of values that the query builder writes out one by one take longer than the database's own work."""
    if not rows:
        return
    frappe.db.sql(
        """insert into `tabRekap Harian` (name, pegawai, tanggal, opd, status_kepegawaian, kode, kode_utama, kode_kedua,
            bagian_kedua, hari_kerja, sementara, tinjau, jadwal, mulai, selesai, masuk, pulang, menit_terlambat,
            menit_pulang_cepat, tingkat_terlambat, tingkat_pulang_cepat, koreksi, persen_potongan, aturan, apel, apel_hadir,
            apel_tidak_hadir, persen_apel, ketidakhadiran, gangguan, penjelasan, sidik, creation, modified, owner, modified_by)
        select v.*, %(now)s, %(now)s, %(user)s, %(user)s from json_table(%(rows)s, '$[*]' columns (
            name varchar(140) path '$.name', pegawai varchar(140) path '$.pegawai', tanggal date path '$.tanggal',
            opd varchar(140) path '$.opd', status_kepegawaian varchar(140) path '$.status_kepegawaian',
            kode varchar(140) path '$.kode', kode_utama varchar(140) path '$.kode_utama',
            kode_kedua varchar(140) path '$.kode_kedua', bagian_kedua double path '$.bagian_kedua',
            hari_kerja int path '$.hari_kerja', sementara int path '$.sementara', tinjau int path '$.tinjau',
            jadwal varchar(140) path '$.jadwal', mulai datetime(6) path '$.mulai', selesai datetime(6) path '$.selesai',
            masuk datetime(6) path '$.masuk', pulang datetime(6) path '$.pulang',
            menit_terlambat int path '$.menit_terlambat', menit_pulang_cepat int path '$.menit_pulang_cepat',
            tingkat_terlambat int path '$.tingkat_terlambat', tingkat_pulang_cepat int path '$.tingkat_pulang_cepat',
            koreksi int path '$.koreksi', persen_potongan double path '$.persen_potongan', aturan varchar(140) path '$.aturan',
            apel varchar(140) path '$.apel', apel_hadir int path '$.apel_hadir', apel_tidak int path '$.apel_tidak_hadir',
            persen_apel double path '$.persen_apel', ketidakhadiran varchar(140) path '$.ketidakhadiran',
            gangguan varchar(140) path '$.gangguan', penjelasan text path '$.penjelasan', sidik varchar(140) path '$.sidik')) v
        on duplicate key update modified = %(now)s, opd = v.opd, status_kepegawaian = v.status_kepegawaian, kode = v.kode,
            kode_utama = v.kode_utama, kode_kedua = v.kode_kedua, bagian_kedua = v.bagian_kedua, hari_kerja = v.hari_kerja,
            sementara = v.sementara, tinjau = v.tinjau, jadwal = v.jadwal, mulai = v.mulai, selesai = v.selesai,
            masuk = v.masuk, pulang = v.pulang, menit_terlambat = v.menit_terlambat, koreksi = v.koreksi,
            menit_pulang_cepat = v.menit_pulang_cepat, tingkat_terlambat = v.tingkat_terlambat, aturan = v.aturan,
            tingkat_pulang_cepat = v.tingkat_pulang_cepat, persen_potongan = v.persen_potongan, sidik = v.sidik,
            apel = v.apel, apel_hadir = v.apel_hadir, apel_tidak_hadir = v.apel_tidak, persen_apel = v.persen_apel,
            ketidakhadiran = v.ketidakhadiran, gangguan = v.gangguan, penjelasan = v.penjelasan""",
        {"rows": json.dumps(rows), "now": now(), "user": WRITER},
    )


def remove_days(names: Collection[str]) -> None:
    """Rows of days on which the person is no longer in service; never one of a closed month."""
    if names:
        rekap = frappe.qb.DocType("Rekap Harian")
        frappe.qb.from_(rekap).delete().where(rekap.name.isin(list(names)) & rekap.tutup_bulan.isnull()).run()
