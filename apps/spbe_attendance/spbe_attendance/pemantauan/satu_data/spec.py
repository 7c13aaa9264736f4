"""Columns of the published files, and their JSON Schema. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spbe_attendance.pemantauan.satu_data import codelist

VERSION = "1.0"
ATTENDANCE, UNITS = "kehadiran-pegawai", "perangkat-daerah"
# What stands in a CSV or XLSX where a count is withheld: an empty cell would be summed as zero.
WITHHELD = "x"
SHOWN, SECRET = "tersedia", "dirahasiakan"
# The period of a reference list, which has none.
REFERENCE = "acuan"
FORMS = {
    "CSV": ("csv", "text/csv"),
    "JSON": ("json", "application/json"),
    "XLSX": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
TYPES = {"String": "string", "Integer": "integer", "Float": "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """``nullable``: null in JSON (``WITHHELD`` elsewhere) where the value is withheld."""

    name: str
    title: str
    description: str
    type: str = "String"
    nullable: bool = False
    choices: tuple[str, ...] = ()


_REGION = Column(
    "kode_wilayah",
    "Kode wilayah",
    "Kode wilayah administrasi pemerintahan; sistem kode dan dasarnya ada di metadata",
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    ATTENDANCE: (
        Column("periode", "Bulan", "Bulan dalam bentuk TTTT-BB"),
        _REGION,
        Column("kode_opd", "Kode perangkat daerah", f"Kode perangkat daerah, atau {codelist.ALL} untuk jumlah seluruhnya; lihat dataset Perangkat Daerah"),
        Column("nama_opd", "Nama perangkat daerah", "Nama perangkat daerah pada saat versi ini disusun"),
        Column("status_kepegawaian", "Status kepegawaian", f"Status kepegawaian pada hari yang dihitung, atau {codelist.ALL}"),
        Column("kode_kehadiran", "Kode kehadiran", "Kode kehadiran; HADIR dan JUMLAH adalah penjumlahan", choices=codelist.ORDER),
        Column("nama_kehadiran", "Nama kode kehadiran", "Nama kode kehadiran"),
        Column("orang_hari", "Orang-hari", "Banyaknya hari kerja pegawai dengan kode ini", "Integer", nullable=True),
        Column("persen", "Persentase", "Orang-hari dibagi hari kerja terjadwal kelompok yang sama, dalam persen", "Float", nullable=True),
        Column("penanda", "Penanda", "Apakah nilai tersedia atau dirahasiakan untuk melindungi pegawai", choices=(SHOWN, SECRET)),
    ),
    UNITS: (
        _REGION,
        Column("kode_opd", "Kode perangkat daerah", "Kode perangkat daerah atau unit kerja"),
        Column("nama_opd", "Nama", "Nama perangkat daerah atau unit kerja"),
        Column("singkatan", "Singkatan", "Nama singkat; kosong bila tidak ada"),
        Column("kode_induk", "Kode induk", "Kode organisasi setingkat di atasnya; kosong di puncak"),
        Column("kode_perangkat_daerah", "Kode perangkat daerah induk", "Kode perangkat daerah yang menaungi; sama dengan kode_opd pada perangkat daerah"),
        Column("id_unor_siasn", "ID unor SIASN", "Kode referensi unit organisasi pada SIASN; kosong bila belum dicocokkan"),
    ),
}  # fmt: skip


def file_name(dataset: str, period: str, number: int, form: str) -> str:
    return f"{dataset}-{period}-v{number}.{FORMS[form][0]}"


def schema(dataset: str, address: str, title: str) -> dict[str, Any]:
    """JSON Schema (draft 7) of the JSON file; each of ``data`` is described as a row of CSV and XLSX, too."""
    columns = COLUMNS[dataset]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": address,
        "title": title,
        "type": "object",
        "required": ["dataset", "periode", "versi", "versi_format", "sidik", "metadata", "data"],
        "properties": {
            "dataset": {"const": dataset},
            "periode": {"type": "string", "pattern": f"^(20[0-9]{{2}}-(0[1-9]|1[0-2])|{REFERENCE})$"},
            "versi": {"type": "integer", "minimum": 1},
            "versi_format": {"const": VERSION},
            "sidik": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 atas data"},
            "metadata": {"type": "object"},
            "data": {"type": "array", "items": _row(columns)},
        },
    }


def _row(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in columns],
        "properties": {column.name: _property(column) for column in columns},
    }


def _property(column: Column) -> dict[str, Any]:
    kind = TYPES[column.type]
    found: dict[str, Any] = {"title": column.title, "description": column.description}
    found["type"] = [kind, "null"] if column.nullable else kind
    if column.choices:
        found["enum"] = list(column.choices)
    if kind != "string":
        found["minimum"] = 0
    return found
