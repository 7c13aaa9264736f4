"""The fences that apply to a person now."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.geofence.geometry import circle, parse_area
from spbe_attendance.geofence.types import Fence
from spbe_attendance.kehadiran.jadwal import source
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.permissions import ancestors


@dataclass(frozen=True, slots=True)
class Fences:
    """Rows (FIELDS) by name, and the fences of those that are not broken."""

    rows: dict[str, dict[str, Any]]
    fences: list[Fence]


FIELDS = ("name", "nama_lokasi", "jenis_area", "latitude", "longitude", "radius", "area")


def applying(opd: str, day: date) -> list[dict[str, Any]]:
    """Rows (FIELDS) of active places valid on a day for the staff of an OPD: its own, those of OPD above it, those for all."""
    place = frappe.qb.DocType("OPD Lokasi")
    whose = place.semua_opd == 1
    above = ancestors(opd)
    if above:
        whose |= place.opd.isin(above)
    return _valid_on(day).where(whose).run(as_dict=True)


def _valid_on(day: date) -> Any:
    place = frappe.qb.DocType("OPD Lokasi")
    return (
        frappe.qb.from_(place)
        .select(*[place[field] for field in FIELDS])
        .where((place.aktif == 1) & (place.hanya_kegiatan == 0))
        .where(place.berlaku_dari.isnull() | (place.berlaku_dari <= day))
        .where(place.berlaku_sampai.isnull() | (place.berlaku_sampai >= day))
    )


class Everywhere:
    """All places of a day, their fences built once, and which of them are whose."""

    def __init__(self, rows: list[dict[str, Any]], units: source.Units) -> None:
        self.units = units
        self.fences = {row["name"]: fence for row in rows for fence in usable_fences([row])}
        self.common = [row for row in rows if row["semua_opd"]]
        self.of_unit: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            if not row["semua_opd"] and row["opd"]:
                self.of_unit[row["opd"]].append(row)
        self.known: dict[str, Fences] = {}

    @classmethod
    def load(cls, day: date) -> Everywhere:
        place = frappe.qb.DocType("OPD Lokasi")
        rows = _valid_on(day).select(place.opd, place.semua_opd).run(as_dict=True)
        return cls(rows, source.units())

    def applying(self, opd: str) -> Fences:
        if opd not in self.known:
            rows = [*self.common]
            for unit in self.units.above(opd):
                rows += self.of_unit.get(unit, ())
            fences = [self.fences[row["name"]] for row in rows if row["name"] in self.fences]
            self.known[opd] = Fences({row["name"]: row for row in rows}, fences)
        return self.known[opd]


def fences_for(opd: str, day: date) -> Fences:
    """The same places as ``applying``, ready to be judged against."""
    if known.in_use():
        return known.value(known.TEMPAT, day, lambda: Everywhere.load(day)).applying(opd)
    return prepared(applying(opd, day))


def shown(opd: str, day: date) -> list[dict[str, Any]]:
    """Rows as ``applying`` gives them."""
    return [{field: row[field] for field in FIELDS} for row in fences_for(opd, day).rows.values()]


def prepared(rows: list[dict[str, Any]]) -> Fences:
    return Fences({row["name"]: row for row in rows}, usable_fences(rows))


def build_fence(row: Any) -> Fence:
    """A fence out of a row or document. Raises BrokenFence."""
    if row.get("jenis_area") == "Poligon":
        return Fence(row.get("name") or "", parse_area(row.get("area") or ""))
    return Fence(row.get("name") or "", circle(row.get("latitude"), row.get("longitude"), row.get("radius")))


def usable_fences(rows: list[dict[str, Any]]) -> list[Fence]:
    """Broken ones are left out: never let through. Saving a place refuses them, so they come from outside only."""
    fences = []
    for row in rows:
        with contextlib.suppress(BrokenFence):
            fences.append(build_fence(row))
    return fences


def describe_broken(error: BrokenFence) -> str:
    """What is wrong with an area and what to do."""
    reasons = {
        "radius_out_of_range": _("The radius must lie between 1 m and 50 km."),
        "not_a_number": _("Latitude, longitude and radius must be numbers."),
        "swapped": _("Latitude and longitude are swapped: Kepulauan Meranti lies near 1, 102.7."),
        "out_of_range": _("A coordinate is not on earth: latitude goes to 90, longitude to 180."),
        "null_island": _("The point 0, 0 lies in the Atlantic: set the real place."),
        "no_polygon": _("There is no polygon: draw the area on the map."),
        "not_json": _("There is no polygon: draw the area on the map."),
        "empty": _("There is no polygon: draw the area on the map."),
        "bad_ring": _("A ring of the polygon is not closed or has too few corners: draw it again."),
        "no_area": _("The polygon has no area: draw it again."),
        "self_crossing": _("The edges of the polygon cross each other: move the corners or draw it again."),
        "too_large": _("The polygon is too large for a place of work: draw it again."),
        "too_many_points": _("The polygon has too many corners: simplify it."),
    }
    return reasons.get(error.code) or _("The area cannot be read: draw it again on the map.")
