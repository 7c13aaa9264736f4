"""Positions of real punches by place, read index-bound: one OPD and a window of days at a time, the latest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import frappe

from spbe_attendance.geofence.errors import InvalidPosition
from spbe_attendance.geofence.types import LUAR, Position

# A share of several hundred is known to a few per cent; more would only take longer.
MOST = 600
# A punch farther away than this was made somewhere else.
NEAR = 150.0
# A tablet stands where it stands; corrections and machines have no position of the person.
MEASURED = ("PWA", "Luring", "Saksi")
# What one statement gives; an OPD of thousands is read in several.
PAGE = 20_000

Fixes = dict[str, list[Position]]


def by_place(units: Iterable[str], first: date, last: date, only: str | None = None) -> Fixes:
    """Of each place at most ``MOST`` positions of punches that were not rejected; ``only``: of this place."""
    found: Fixes = defaultdict(list)
    for unit in units:
        start = 0
        while page := _page(unit, first, last, only, start):
            _take(page, found)
            start += PAGE
            if len(page) < PAGE or (only and len(found[only]) >= MOST):
                break
    return found


def _page(
    unit: str, first: date, last: date, only: str | None, start: int
) -> list[tuple[str, float, float, float]]:
    """(lokasi, latitude, longitude, akurasi), by the index on OPD and date."""
    punch = frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(punch)
        .select(punch.lokasi, punch.latitude, punch.longitude, punch.akurasi)
        .where((punch.opd == unit) & punch.tanggal[first:last])
        .where(punch.lokasi.isnotnull() & punch.kios.isnull() & punch.kegiatan.isnull())
        .where(punch.sumber.isin(MEASURED) & (punch.status != "Ditolak"))
        .where((punch.putusan_lokasi != LUAR) | (punch.jarak <= NEAR))
        .orderby(punch.tanggal, punch.name, order=frappe.qb.desc)
        .limit(PAGE)
        .offset(start)
    )
    if only:
        query = query.where(punch.lokasi == only)
    return list(query.run())


def _take(page: Iterable[tuple[str, float, float, float]], found: Fixes) -> None:
    for place, lat, lon, accuracy in page:
        if len(found[place]) >= MOST:
            continue
        try:
            found[place].append(Position(lat, lon, accuracy))
        except InvalidPosition:
            # A punch that Desk has entered without a position.
            continue
