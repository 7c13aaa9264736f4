"""What changes about days of closed months: the difference counts in the first month that is still open.

One open adjustment a day: it follows every further change and goes when nothing is left of the difference. Once the month in
which it counts is closed it stays for good, and what changes afterwards is a new one beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe.utils import now

from spbe_attendance.kehadiran.rekapitulasi.store import WRITER

SMALLEST = 0.00005
FIELDS = (
    "name",
    "pegawai",
    "tanggal",
    "bulan_berlaku",
    "kode_baru",
    "persen_baru",
    "selisih",
    "tutup_bulan",
    "sidik",
)


@dataclass
class Adjusted:
    """What was adjusted about one day: ``counted`` once and for all, oldest first; ``open`` may still change."""

    counted: list[Any] = field(default_factory=list)
    open: Any | None = None

    @property
    def percent(self) -> float:
        return sum(row.selisih for row in self.counted)

    @property
    def codes(self) -> str | None:
        return self.counted[-1].kode_baru if self.counted else None


@dataclass(frozen=True)
class Wanted:
    """A difference between what was settled (frozen row and counted adjustments) and what the day is now."""

    pegawai: str
    opd: str
    tanggal: date
    number: int
    bulan_berlaku: str
    kode_lama: str
    kode_baru: str
    persen_lama: float
    persen_baru: float

    @property
    def name(self) -> str:
        text = f"{self.pegawai}|{self.tanggal.isoformat()}|{self.number}"
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def values(self, why: str) -> dict[str, Any]:
        values = {
            "name": self.name,
            "pegawai": self.pegawai,
            "opd": self.opd,
            "tanggal": self.tanggal.isoformat(),
            "bulan_berlaku": self.bulan_berlaku,
            "kode_lama": self.kode_lama,
            "kode_baru": self.kode_baru,
            "persen_lama": round(self.persen_lama, 4),
            "persen_baru": round(self.persen_baru, 4),
            "selisih": round(self.persen_baru - self.persen_lama, 4),
        }
        # Why it changed is told, but does not make it another adjustment.
        return {**values, "sidik": hashlib.sha256(json.dumps(values).encode()).hexdigest(), "sebab": why}


def stored(names: Collection[str], first: date, last: date) -> dict[tuple[str, date], Adjusted]:
    rows = frappe.get_all(
        "Penyesuaian Rekap",
        {"pegawai": ["in", list(names) or [""]], "tanggal": ["between", (first, last)]},
        list(FIELDS),
        order_by="creation, name",
    )
    found: dict[tuple[str, date], Adjusted] = defaultdict(Adjusted)
    for row in rows:
        adjusted = found[row.pegawai, row.tanggal]
        if row.tutup_bulan:
            adjusted.counted.append(row)
        else:
            adjusted.open = row
    return found


def differs(wanted: Wanted) -> bool:
    return abs(wanted.persen_baru - wanted.persen_lama) >= SMALLEST or wanted.kode_lama != wanted.kode_baru


def write(wanted: Sequence[Wanted], known: dict[tuple[str, date], Adjusted], why: str) -> int:
    """Make the open adjustments of these days as wanted; answers how many rows were written or removed."""
    changed, gone = [], []
    for row in wanted:
        adjusted = known.get((row.pegawai, row.tanggal), Adjusted())
        if differs(row):
            values = row.values(why)
            if adjusted.open is None or adjusted.open.sidik != values["sidik"]:
                changed.append(values)
            if adjusted.open is not None and adjusted.open.name != row.name:
                gone.append(adjusted.open.name)
        elif adjusted.open is not None:
            gone.append(adjusted.open.name)
    remove(gone)
    insert(changed)
    return len(changed) + len(gone)


def remove(names: Collection[str]) -> None:
    if names:
        table = frappe.qb.DocType("Penyesuaian Rekap")
        frappe.qb.from_(table).delete().where(table.name.isin(list(names)) & table.tutup_bulan.isnull()).run()


def insert(rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    remove([row["name"] for row in rows])
    stamp = now()
    base = {"creation": stamp, "modified": stamp, "owner": WRITER, "modified_by": WRITER}
    complete = [{**base, **row} for row in rows]
    fields = list(complete[0])
    frappe.db.bulk_insert(
        "Penyesuaian Rekap", fields, [tuple(row[field] for field in fields) for row in complete]
    )
