"""Which computed days a change of schedules touches. Days to come are computed when they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.utils import getdate

from spbe_attendance.kehadiran.rekapitulasi import affected


def mark(
    pegawai: Sequence[str] | None, opd: Sequence[str] | None, first: Any, last: Any, why: str
) -> tuple[date, date] | None:
    """Hands the days up to today to the closing job; answers them, None when all lie ahead. ``last`` None: open."""
    today = getdate()
    start, end = getdate(first), min(getdate(last) if last else today, today)
    if end < start:
        return None
    affected.mark(pegawai, opd, start, end, why)
    return start, end


def mark_assignment(row: Mapping[str, Any], why: str) -> None:
    """All days of a Penugasan Jadwal."""
    people = [row["pegawai"]] if row["berlaku_untuk"] == "Pegawai" else None
    units = [row["opd"]] if row["berlaku_untuk"] == "OPD" else None
    mark(people, units, row["dari"], row["sampai"], why)


def mark_pattern(name: str, why: str) -> None:
    """All days of all assignments of a Jadwal Kerja."""
    fields = ["berlaku_untuk", "pegawai", "opd", "dari", "sampai"]
    for row in frappe.get_all("Penugasan Jadwal", {"jadwal": name}, fields):
        mark_assignment(row, why)


def mark_shift(code: str, why: str) -> None:
    """Exactly the rostered dates of a shift."""
    row = frappe.qb.DocType("Roster Dinas")
    found = (
        frappe.qb.from_(row)
        .select(row.pegawai, row.tanggal)
        .where((row.shift == code) & (row.tanggal <= getdate()))
        .run()
    )
    mark_days(found, why)


def mark_days(days: Iterable[tuple[str, date]], why: str) -> None:
    """Single days of persons, as few ranges as they make; persons with the same range are noted together."""
    by_person: dict[str, set[date]] = {}
    for person, day in days:
        by_person.setdefault(person, set()).add(day)
    by_range: dict[tuple[date, date], list[str]] = {}
    for person in sorted(by_person):
        for span in ranges(by_person[person]):
            by_range.setdefault(span, []).append(person)
    for (first, last), people in by_range.items():
        mark(people, None, first, last, why)


def ranges(days: Iterable[date]) -> list[tuple[date, date]]:
    """Runs of consecutive dates, both ends included."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
