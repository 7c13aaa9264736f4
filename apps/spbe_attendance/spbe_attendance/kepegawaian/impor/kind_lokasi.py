"""A row of places of work: a name, whose it is, where it lies, how far it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import frappe

from spbe_attendance.kepegawaian.impor.kind import Kind
from spbe_attendance.kepegawaian.impor.records import PERINGATAN, Record, Row
from spbe_attendance.tabular import coordinates, dates, words
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.names import letters
from spbe_attendance.tabular.numbers import metres

# Where the sheet names none. Narrower fences than a phone's usual accuracy leave many people in doubt.
USUAL_RADIUS = 100.0
NARROW = 30.0
SMALLEST, LARGEST = 5, 5000
FIELDS = [
    "name",
    "nama_lokasi",
    "opd",
    "semua_opd",
    "latitude",
    "longitude",
    "radius",
    "jenis_area",
    "berlaku_dari",
    "berlaku_sampai",
]


class KindLokasi(Kind):
    doctype = "OPD Lokasi"
    compared = ("latitude", "longitude", "radius", "berlaku_dari", "berlaku_sampai")

    def record(self, row: Row) -> Record:
        record = row.record
        name = row.text("nama_lokasi")
        if not name:
            row.problem("nama_lokasi", "place_name_missing")
        everybody = bool(row.read("semua_opd", words.yes_no))
        if everybody and self.scope.opds is not None:
            row.problem("semua_opd", "everybody_refused")
        opd = None if everybody else self.unit(row)
        if not opd and not everybody and not record.broken:
            row.problem("opd", "opd_missing", group=True)
        today = frappe.utils.getdate()
        record.values = {
            "nama_lokasi": name,
            "opd": opd,
            "semua_opd": int(everybody),
            "jenis_area": "Radius",
            **read_position(row),
            "radius": read_radius(row),
            **{
                field: row.read(field, lambda value: dates.parse(value, today, past=False))
                for field in ("berlaku_dari", "berlaku_sampai")
            },
        }
        record.label = name
        record.facts["guessed"] = ["radius"] if row.raw("radius") is None else []
        return record

    def match(self, records: Sequence[Record]) -> None:
        stored = self.stored(None)
        seen: dict[tuple[str, str], int] = {}
        for record in records:
            key = place_key(record.values)
            if not record.broken and key in seen:
                record.refuse("place_twice", str(seen[key]))
            seen.setdefault(key, record.row)
            found = None if record.broken else stored.get(key)
            if found and found["jenis_area"] != "Radius":
                record.refuse("place_drawn")
            self.settle(record, found)

    def present(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        stored = self.stored([row["nama_lokasi"] for row in rows])
        keys = [place_key(row) for row in rows]
        return {at: stored[key]["name"] for at, key in enumerate(keys) if key in stored}

    def stored(self, names: Sequence[str] | None) -> dict[tuple[str, str], Mapping[str, Any]]:
        filters = {} if names is None else {"nama_lokasi": ["in", list(names)]}
        return {place_key(row): row for row in frappe.get_all("OPD Lokasi", filters, FIELDS)}


def place_key(values: Mapping[str, Any]) -> tuple[str, str]:
    return letters(values.get("nama_lokasi") or ""), "*" if values.get("semua_opd") else values.get(
        "opd"
    ) or ""


def read_position(row: Row) -> dict[str, float | None]:
    nowhere: dict[str, float | None] = {"latitude": None, "longitude": None}
    written = row.read("koordinat", coordinates.both)
    if row.raw("koordinat") is not None and written is None:
        return nowhere
    field = "koordinat" if written else "latitude"
    if written is None:
        written = (row.read("latitude", coordinates.angle), row.read("longitude", coordinates.angle))
    if None in written:
        if not row.record.broken:
            row.problem("latitude", "position_missing")
        return nowhere
    try:
        latitude, longitude, swapped = coordinates.order(*written)
    except BadValue as bad:
        row.problem(field, bad.code)
        return nowhere
    if swapped:
        row.problem(field, "swapped", severity=PERINGATAN, group=True)
    return {"latitude": round(latitude, 7), "longitude": round(longitude, 7)}


def read_radius(row: Row) -> float | None:
    radius = row.read("radius", metres)
    if radius is None:
        if row.raw("radius") is None:
            row.problem("radius", "radius_usual", f"{USUAL_RADIUS:.0f}", severity=PERINGATAN, group=True)
            return USUAL_RADIUS
        return None
    if not SMALLEST <= radius <= LARGEST:
        row.problem("radius", "radius_range", str(SMALLEST), str(LARGEST))
    elif radius < NARROW:
        row.problem("radius", "radius_narrow", f"{NARROW:.0f}", severity=PERINGATAN, group=True)
    return float(radius)
