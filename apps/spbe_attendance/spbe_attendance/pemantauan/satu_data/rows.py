"""What is published of a table: rows in a fixed order, withheld counts marked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from spbe_attendance.pemantauan.satu_data import codelist, spec
from spbe_attendance.pemantauan.satu_data.cube import Cell
from spbe_attendance.pemantauan.satu_data.units import Unit

Row = dict[str, Any]
_CENT = Decimal("0.01")
EVERYBODY = "Seluruh perangkat daerah"


def attendance(
    month: str, region: str, values: Mapping[Cell, int], withheld: Collection[Cell], units: Mapping[str, Unit]
) -> list[Row]:
    """Rows by OPD code (the sum of all first), employment type and code. Why a count is withheld is told by none of them."""
    order = {code: place for place, code in enumerate(codelist.ORDER)}
    cells = sorted(values, key=lambda cell: (*_place(cell, units), order[cell[2]]))
    return [_attendance(month, region, cell, values, withheld, units) for cell in cells]


def _place(cell: Cell, units: Mapping[str, Unit]) -> tuple[bool, str, bool, str]:
    unit, group, _code = cell
    kode = "" if unit == codelist.ALL else units[unit].kode
    return unit != codelist.ALL, kode, group != codelist.ALL, group


def _attendance(
    month: str,
    region: str,
    cell: Cell,
    values: Mapping[Cell, int],
    withheld: Collection[Cell],
    units: Mapping[str, Unit],
) -> Row:
    unit, group, code = cell
    total = (unit, group, codelist.JUMLAH)
    hidden = cell in withheld
    every = unit == codelist.ALL
    return {
        "periode": month,
        "kode_wilayah": region,
        "kode_opd": codelist.ALL if every else units[unit].kode,
        "nama_opd": EVERYBODY if every else units[unit].nama,
        "status_kepegawaian": group,
        "kode_kehadiran": code,
        "nama_kehadiran": codelist.NAMES[code],
        "orang_hari": None if hidden else values[cell],
        "persen": None if hidden or total in withheld else percent(values[cell], values[total]),
        "penanda": spec.SECRET if hidden else spec.SHOWN,
    }


def percent(part: int, whole: int) -> float | None:
    """Two decimals, half a hundredth rounded up; None of nothing."""
    return float((Decimal(part) * 100 / whole).quantize(_CENT, ROUND_HALF_UP)) if whole else None


def reference(region: str, units: Mapping[str, Unit]) -> list[Row]:
    """Every unit in the order of the tree. No counts of any kind: this list tells nothing about the others."""
    return [
        {
            "kode_wilayah": region,
            "kode_opd": unit.kode,
            "nama_opd": unit.nama,
            "singkatan": unit.singkatan,
            "kode_induk": units[unit.parent].kode if unit.parent in units else "",
            "kode_perangkat_daerah": units[unit.top].kode,
            "id_unor_siasn": unit.unor_id,
        }
        for unit in units.values()
    ]


def fingerprint(rows: Sequence[Row]) -> str:
    """SHA-256 over the rows as compact JSON, one a line, keys in the order of the columns."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
