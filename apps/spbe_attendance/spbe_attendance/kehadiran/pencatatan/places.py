"""The fences that apply to a person now."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import frappe
from frappe import _

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.geofence.geometry import circle, parse_area
from spbe_attendance.geofence.types import Fence
from spbe_attendance.permissions import ancestors

FIELDS = ("name", "nama_lokasi", "jenis_area", "latitude", "longitude", "radius", "area")


def applying(opd: str, day: date) -> list[dict[str, Any]]:
    """Rows (FIELDS) of active places valid on a day for the staff of an OPD: its own, those of OPD above it, those for all."""
    place = frappe.qb.DocType("OPD Lokasi")
    whose = place.semua_opd == 1
    above = ancestors(opd)
    if above:
        whose |= place.opd.isin(above)
    return (
        frappe.qb.from_(place)
        .select(*[place[field] for field in FIELDS])
        .where((place.aktif == 1) & (place.hanya_kegiatan == 0))
        .where(whose)
        .where(place.berlaku_dari.isnull() | (place.berlaku_dari <= day))
        .where(place.berlaku_sampai.isnull() | (place.berlaku_sampai >= day))
        .run(as_dict=True)
    )


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
