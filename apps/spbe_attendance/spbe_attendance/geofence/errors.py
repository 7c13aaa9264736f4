"""What the engine refuses, each with a code that callers turn into a sentence."""

from __future__ import annotations

from typing import Any


class GeofenceError(ValueError):
    """``code`` names the reason, ``details`` carries its numbers."""

    def __init__(self, code: str, **details: Any):
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class InvalidPosition(GeofenceError):
    """missing, not_a_number, not_finite, out_of_range, null_island, accuracy_invalid."""


class AccuracyTooPoor(GeofenceError):
    """``accuracy`` and ``limit`` in metres."""


class NoFence(GeofenceError):
    """No usable fence applies."""


class BrokenFence(GeofenceError):
    """A fence that cannot be judged against.

    ``reason`` (the same as ``code``): not_json, not_geojson, empty, no_polygon, bad_point, not_a_number, out_of_range, swapped,
    null_island, bad_ring, no_area, self_crossing, bad_hole, too_large, too_many_points, radius_out_of_range.
    ``key`` is the fence's, empty while it has none.
    """

    def __init__(self, key: str, reason: str, **details: Any):
        super().__init__(reason, **details)
        self.key = key
        self.reason = reason


class UnreadableFile(GeofenceError):
    """A file of places that cannot be read as a whole.

    too_large, not_xml, unsafe_xml, not_kml, not_json, not_geojson, not_zip, zip_without_kml, zip_locked, too_many_features,
    no_features, unknown_kind.
    """


class UnusableSurvey(GeofenceError):
    """Samples that give no place: too_few, too_short, too_wide (``spread``), too_close (``distance``), no_area."""
