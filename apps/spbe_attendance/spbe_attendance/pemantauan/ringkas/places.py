"""Places of work on the map, coloured by who is there. No person's position ever leaves the table of punches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import frappe
from frappe.utils import flt

from spbe_attendance.pemantauan.ringkas import counters, tally
from spbe_attendance.pemantauan.ringkas.summary import View
from spbe_attendance.worktime import presence

CROWDED = 0.8
FULL, PARTLY, SILENT, QUIET = "ramai", "sebagian", "senyap", "tenang"
FIELDS = ("name", "nama_lokasi", "opd", "semua_opd", "latitude", "longitude", "radius", "jenis_area", "area")


def of(view: View) -> list[dict[str, Any]]:
    """HTTP contract ``lokasi``: places of the units in view, those above them and those for all where anybody of them is."""
    tallies = counters.of_day(view.day, view.units).tallies
    seen = tally.total(tallies.values()).places
    rows = [row for row in in_force(view.day) if row["opd"] in view.units or row["name"] in seen]
    homes = homes_of(view, rows)
    expected: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for opd, found in tallies.items():
        if opd in homes:
            expected[homes[opd]] += found.due
            silent[homes[opd]] += found.numbers[presence.SENYAP]
    owned = set(homes.values())
    return [
        shape(
            view, row, seen.get(row["name"]), expected[row["name"]] if row["name"] in owned else None, silent
        )
        for row in rows
        if row["latitude"] is not None
    ]


def in_force(day: date) -> list[dict[str, Any]]:
    place = frappe.qb.DocType("OPD Lokasi")
    return (
        frappe.qb.from_(place)
        .select(*[place[field] for field in FIELDS])
        .where((place.aktif == 1) & (place.hanya_kegiatan == 0))
        .where(place.berlaku_dari.isnull() | (place.berlaku_dari <= day))
        .where(place.berlaku_sampai.isnull() | (place.berlaku_sampai >= day))
        .orderby(place.nama_lokasi)
        .run(as_dict=True)
    )


def homes_of(view: View, rows: list[dict[str, Any]]) -> Mapping[str, str]:
    """{unit: the one place where its people are expected}; units that have several places, or none, are left out.

    A unit without a place of its own works where the nearest OPD above it does.
    """
    own: dict[str, list[str]] = {}
    for row in rows:
        if row["opd"] and not row["semua_opd"]:
            own.setdefault(row["opd"], []).append(row["name"])
    found = {}
    for unit in view.units:
        nearest = next((own[opd] for opd in reversed(view.tree.above(unit)) if opd in own), [])
        if len(nearest) == 1:
            found[unit] = nearest[0]
    return found


def shape(
    view: View, row: dict[str, Any], counts: list[int] | None, expected: int | None, silent: Counter[str]
) -> dict[str, Any]:
    present, late, doubtful = counts or (0, 0, 0)
    return {
        "name": row["name"],
        "nama": row["nama_lokasi"],
        "opd": view.tree.ref(row["opd"]) if row["opd"] in view.tree.rows else None,
        "latitude": flt(row["latitude"]),
        "longitude": flt(row["longitude"]),
        "radius": flt(row["radius"]) if row["jenis_area"] == "Radius" else None,
        "diharapkan": expected,
        "hadir": present,
        "terlambat": late,
        "ragu": doubtful,
        "keadaan": condition(present, expected, silent[row["name"]]),
    }


def condition(present: int, expected: int | None, silent: int) -> str:
    """``silent``: people expected here of whom nothing is heard."""
    if not present:
        return SILENT if silent else QUIET
    return PARTLY if expected and present < expected * CROWDED else FULL
