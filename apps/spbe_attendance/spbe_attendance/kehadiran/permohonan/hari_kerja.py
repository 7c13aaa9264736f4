"""The only place of this package that knows which days are working days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import frappe

# Longest stretch without a working day that a deadline looks across.
LONGEST_BREAK = 60


def working_days(pegawai: Sequence[str], first: date, last: date) -> dict[str, list[date]]:
    """{person: working days from first to last, in order}; a constant number of statements for any number of persons."""
    week = int(frappe.get_cached_doc("Pengaturan Absensi").hari_kerja or 5)
    free = holidays(first, last)
    days = [day for day in calendar_days(first, last) if day.weekday() < week and day not in free]
    return {name: list(days) for name in pegawai}


def holidays(first: date, last: date) -> set[date]:
    if not frappe.db.table_exists("Hari Libur"):
        return set()
    filters = {"tanggal": ["between", [first, last]], "status": "Berlaku", "opd": ["is", "not set"]}
    return set(frappe.get_all("Hari Libur", filters, pluck="tanggal"))


def calendar_days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


def deadline(pegawai: str, day: date, limit: int) -> date:
    """The last day on which something about ``day`` may be asked: its ``limit``-th following working day."""
    if limit <= 0:
        return day
    last = day + timedelta(days=2 * limit + LONGEST_BREAK)
    following = working_days([pegawai], day + timedelta(days=1), last)[pegawai]
    return following[limit - 1] if len(following) >= limit else last
