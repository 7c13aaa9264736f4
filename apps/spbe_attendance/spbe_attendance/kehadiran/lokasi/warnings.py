"""What to think about before a place is saved. Nothing here refuses: what is impossible the place's own document refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.geofence.plane import inner_radius, middle, shared
from spbe_attendance.geofence.types import Area, Circle, Fence
from spbe_attendance.kehadiran.lokasi.limits import Limits, limits
from spbe_attendance.kehadiran.pencatatan import places

# Degrees; no two places of work farther apart than this overlap.
FAR = 0.2
OVERLAP = 0.01
BROKEN, OVERLAPS, SMALL, OUTSIDE = "rusak", "tumpang", "sempit", "luar_wilayah"
FIELDS = ("opd", "semua_opd", "aktif", *places.FIELDS)


def of_draft(draft: Mapping[str, Any], name: str | None) -> list[dict[str, Any]]:
    """[{kode, galat, pesan, lokasi}] of a place as it is being drawn. ``name``: its own row, which it does not overlap.

    ``galat``: it cannot be saved so. ``lokasi``: the other place, where the reader may see it.
    """
    try:
        fence = places.build_fence(dict(draft))
    except BrokenFence as error:
        return [_said(BROKEN, places.describe_broken(error), broken=True)]
    known = limits()
    return [*of_shape(fence.shape, known), *overlaps(fence.shape, others(name), readable())]


def of_shape(shape: Circle | Area, known: Limits) -> list[dict[str, Any]]:
    """Warnings that need no other place."""
    found = []
    size = inner_radius(shape)
    if size < known.usual_accuracy:
        found.append(
            _said(
                SMALL,
                _(
                    "This place is narrow ({0} m) for phones that know their position to {1} m: many punches will be uncertain."
                ).format(round(size), round(known.usual_accuracy)),
            )
        )
    if known.bounds and not _within(shape, known.bounds):
        found.append(
            _said(OUTSIDE, _("This place lies outside of the regency's bounds: check the coordinates."))
        )
    return found


def _within(shape: Circle | Area, bounds: tuple[float, float, float, float]) -> bool:
    south, north, west, east = bounds
    lat, lon = middle(shape)
    return south <= lat <= north and west <= lon <= east


def others(name: str | None) -> list[dict[str, Any]]:
    """Active places but this one, of every OPD: an overlap is real whoever may see it."""
    rows = frappe.get_all("OPD Lokasi", {"aktif": 1}, FIELDS)
    return [row for row in rows if row["name"] != name]


def readable() -> set[str]:
    """Names of the places that the session may see."""
    return set(frappe.get_list("OPD Lokasi", pluck="name", limit_page_length=0))


def fences_near(
    shape: Circle | Area, rows: Iterable[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Fence]]:
    """Rows whose usable fence lies in the neighbourhood."""
    lat, lon = middle(shape)
    found = []
    for row in rows:
        for fence in places.usable_fences([dict(row)]):
            there = middle(fence.shape)
            if abs(there[0] - lat) < FAR and abs(there[1] - lon) < FAR:
                found.append((row, fence))
    return found


def overlaps(
    shape: Circle | Area, rows: Iterable[Mapping[str, Any]], visible: set[str]
) -> list[dict[str, Any]]:
    found = []
    for row, fence in fences_near(shape, rows):
        part = shared(shape, fence.shape)
        if part < OVERLAP:
            continue
        seen = row["name"] in visible
        whose = row["nama_lokasi"] if seen else _("a place of another OPD")
        found.append(
            _said(
                OVERLAPS,
                _("{0} % of the smaller place overlaps {1}.").format(max(1, round(100 * part)), whose),
                place=row["name"] if seen else None,
            )
        )
    return found


def _said(code: str, sentence: str, *, broken: bool = False, place: str | None = None) -> dict[str, Any]:
    return {"kode": code, "galat": broken, "pesan": sentence, "lokasi": place}
