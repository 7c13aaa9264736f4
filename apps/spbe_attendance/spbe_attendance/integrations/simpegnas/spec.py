"""The exchange file of presence: its fields in their order. The JSON Schema beside it says the same, a test holds the two together.

Names follow SIASN's ``data-utama`` and ``unor`` where these have one (nipBaru, pnsId, unorId …).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VERSION = "1.0"
ZONE = "Asia/Jakarta"
DAILY, MONTHLY = "Harian", "Bulanan"
FINAL, PROVISIONAL = "final", "sementara"
SCHEMA = Path(__file__).with_name("presensi-1.0.schema.json")
TEXT, WHOLE, DECIMAL = "text", "whole", "decimal"


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: TEXT, WHOLE or DECIMAL. Text that is not known is empty, never left out."""

    name: str
    kind: str = TEXT


PERSON = (
    Field("pnsId"),
    Field("nipBaru"),
    Field("nik"),
    Field("nomorPegawai"),
    Field("nama"),
    Field("statusKepegawaian"),
    Field("unorId"),
    Field("unorNama"),
    Field("kodeOpd"),
)
DAY = (
    Field("tanggal"),
    Field("keadaan"),
    Field("hariKerja", WHOLE),
    Field("kode"),
    Field("jadwal"),
    Field("jamMasuk"),
    Field("jamPulang"),
    Field("menitTerlambat", WHOLE),
    Field("menitPulangCepat", WHOLE),
    Field("apelHadir", WHOLE),
    Field("apelTidakHadir", WHOLE),
    Field("persenPotongan", DECIMAL),
    Field("persenApel", DECIMAL),
)
MONTH = (
    Field("bulan"),
    Field("keadaan"),
    Field("hariKerja", WHOLE),
    Field("hadir", DECIMAL),
    Field("cuti", DECIMAL),
    Field("sakit", DECIMAL),
    Field("izin", DECIMAL),
    Field("dinasLuar", DECIMAL),
    Field("tugasBelajar", DECIMAL),
    Field("wfa", DECIMAL),
    Field("tanpaKeterangan", DECIMAL),
    Field("kaliTerlambat", WHOLE),
    Field("menitTerlambat", WHOLE),
    Field("kaliPulangCepat", WHOLE),
    Field("menitPulangCepat", WHOLE),
    Field("apelHadir", WHOLE),
    Field("apelTidakHadir", WHOLE),
    Field("persenPotongan", DECIMAL),
    Field("persenApel", DECIMAL),
    Field("persenPenyesuaian", DECIMAL),
)


def fields(kind: str) -> tuple[Field, ...]:
    """Fields of a row of the kind DAILY or MONTHLY; a CSV row has ``versi`` before them."""
    return PERSON + (DAY if kind == DAILY else MONTH)
