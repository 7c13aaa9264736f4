"""Many invented persons with their punches, written straight into the tables: no log-in, no hooks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe

STAMP = datetime(2026, 1, 1)
BASE = {"creation": STAMP, "modified": STAMP, "owner": "Administrator", "modified_by": "Administrator"}


def bulk(doctype: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    """Rows with equal keys; answers their names."""
    complete = [{"name": uuid.uuid4().hex[:10], **BASE, **row} for row in rows]
    if complete:
        fields = list(complete[0])
        frappe.db.bulk_insert(doctype, fields, [tuple(row[field] for field in fields) for row in complete])
    return [row["name"] for row in complete]


def bulk_staff(count: int, opds: Sequence[str], status: str = "PNS") -> list[str]:
    """Persons spread over OPD in turn, without accounts."""
    return bulk(
        "Pegawai",
        (
            {
                "nama": f"Orang Rekaan {number}",
                "opd": opds[number % len(opds)],
                "status": "Aktif",
                "status_kepegawaian": status,
            }
            for number in range(count)
        ),
    )


def punch_row(pegawai: str, kind: str, moment: datetime, **values: Any) -> dict[str, Any]:
    return {
        "pegawai": pegawai,
        "tanggal": moment.date(),
        "jenis": kind,
        "status": "Sah",
        "sumber": "PWA",
        "waktu": moment,
        "waktu_awal": moment,
        "waktu_akhir": moment,
        "waktu_tiba": moment,
        "id_klien": str(uuid.uuid4()),
        **values,
    }


def add_day(person: Any, day: date, code: str, main: str, **values: Any) -> None:
    """A computed day with this outcome, as no job would write it; ``person`` has name and opd."""
    row = {
        "pegawai": person.name,
        "opd": person.opd,
        "tanggal": day,
        "kode": code,
        "kode_utama": main,
        **values,
    }
    bulk("Rekap Harian", [row])


def bulk_punches(names: Sequence[str], day: date, late_every: int = 7) -> None:
    """In at 07:20 and out at 16:40; every ``late_every``-th person 20 minutes late."""
    rows = []
    for number, name in enumerate(names):
        minutes = 7 * 60 + (50 if number % late_every == 0 else 20)
        rows.append(punch_row(name, "Masuk", datetime.combine(day, time()) + timedelta(minutes=minutes)))
        rows.append(punch_row(name, "Pulang", datetime.combine(day, time(16, 40))))
    bulk("Absensi", rows)


def day_rows(names: Sequence[str], first: date, last: date | None = None) -> dict[tuple[str, date], Any]:
    """Stored recaps by person and day, everything but the moment of writing."""
    rows = frappe.get_all(
        "Rekap Harian",
        {"pegawai": ["in", list(names)], "tanggal": ["between", (first, last or first)]},
        ["*"],
    )
    for row in rows:
        row.pop("modified"), row.pop("creation")
    return {(row.pegawai, row.tanggal): row for row in rows}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []
    original = frappe.db._cursor.execute

    def execute(query: str, *args: Any) -> Any:
        sent.append(query)
        return original(query, *args)

    frappe.db._cursor.execute = execute
    try:
        yield sent
    finally:
        del frappe.db._cursor.execute
