"""The regency's own base map below the circles of the Command Center: a GeoJSON file in place of the coast that comes with the app."""

from __future__ import annotations

import json

import frappe
from frappe import _

from spbe_attendance.geofence import geojson_file
from spbe_attendance.geofence.errors import UnreadableFile
from spbe_attendance.pemantauan.ringkas.exceptions import PetaDasarTidakSah

# Bytes: every screen loads it.
LARGEST = 1024 * 1024


def check(address: str | None) -> None:
    """``address``: of the attached file; empty is fine. Raises PetaDasarTidakSah when screens could not draw it."""
    if not address:
        return
    name = frappe.db.get_value("File", {"file_url": address, "is_private": 0})
    if not name:
        _refuse(_("Attach the base map here as a public file: every screen loads it."))
    content = frappe.get_doc("File", name).get_content()
    raw = content.encode() if isinstance(content, str) else content
    if len(raw) > LARGEST:
        _refuse(_("The base map is larger than 1 MB: simplify its lines, then attach it again."))
    if not _is_collection(raw):
        _refuse(_("The base map is no GeoJSON FeatureCollection in degrees (WGS 84). Export it again."))


def _is_collection(raw: bytes) -> bool:
    try:
        geojson_file.read(raw)
    except UnreadableFile:
        return False
    return json.loads(raw.decode("utf-8-sig")).get("type") == "FeatureCollection"


def _refuse(sentence: str) -> None:
    frappe.throw(sentence, PetaDasarTidakSah)
