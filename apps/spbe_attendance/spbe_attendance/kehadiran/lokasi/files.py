"""The attached file of an import: by which reader, and what its refusals say."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.geofence import geojson_file, kml_file
from spbe_attendance.geofence.errors import BrokenFence, UnreadableFile
from spbe_attendance.geofence.placemarks import MAX_BYTES, MAX_FEATURES, Placemark
from spbe_attendance.kehadiran.pencatatan import places
from spbe_attendance.lembar import files

READERS = {
    "geojson": geojson_file.read,
    "json": geojson_file.read,
    "kml": kml_file.read,
    "kmz": kml_file.read_kmz,
}


def content_of(doc: Any) -> tuple[bytes, str]:
    """Content and file name of the import's own attachment. Raises UnreadableFile."""
    name = files.find(doc)
    if not name:
        raise UnreadableFile("not_attached")
    if (frappe.db.get_value("File", name, "file_size") or 0) > MAX_BYTES:
        raise UnreadableFile("too_large", limit=MAX_BYTES)
    return files.content(doc)


def read(content: bytes, name: str) -> list[Placemark]:
    """Raises UnreadableFile."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile("too_large", limit=MAX_BYTES)
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise UnreadableFile("unknown_kind")
    return reader(content)


def describe_unreadable(error: UnreadableFile) -> str:
    """What is wrong with the whole file and what to do."""
    reasons = {
        "not_attached": _("There is no file. Attach it here and save."),
        "unknown_kind": _("Only files ending in .geojson, .json, .kml or .kmz are read. Save the map in one of these."),
        "too_large": _("The file is too large: at most 5 MB, 20 MB unpacked. Split it by folder."),
        "not_xml": _("The file is no KML. In Google Earth choose Save Place As, in My Maps Export to KML."),
        "not_kml": _("The file is no KML. In Google Earth choose Save Place As, in My Maps Export to KML."),
        "unsafe_xml": _("The file declares XML entities, which no map needs: it is not read. Export the map again."),
        "not_json": _("The file is no GeoJSON. Export the map again."),
        "not_geojson": _("The file is no GeoJSON. Export the map again."),
        "not_zip": _("The KMZ is damaged. Export the map again, or save it as KML."),
        "zip_without_kml": _("There is no map in the KMZ. Export it again, or save it as KML."),
        "zip_locked": _("The KMZ has a password. Save it without one."),
        "too_many_features": _("The file has more than {0} places. Split it by folder.").format(MAX_FEATURES),
        "no_features": _("There is no place in the file. A link to a map in the network is not followed: export the places themselves."),
    }  # fmt: skip
    return reasons[error.code]


def describe_broken(error: BrokenFence) -> tuple[str, str]:
    """What is wrong with one place of the file, and the cure."""
    cures = {
        "no_geometry": (_("It has no point and no area."), _("Set a pin or draw a polygon in the map, or skip it.")),
        "line": (_("It is a line, not an area."), _("Draw it as a polygon in the map, or skip it.")),
        "swapped": (
            _("Latitude and longitude are exchanged."),
            _("Tick Exchange Latitude and Longitude above if all of the file is so, and check again."),
        ),
    }  # fmt: skip
    return cures.get(error.code) or (
        places.describe_broken(error),
        _("Correct it in the map and attach the file again, or skip it."),
    )
