"""Plain data in and out of the engine. Degrees are WGS84, lengths metres."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from .errors import InvalidPosition

DALAM, RAGU, LUAR = "Dalam", "Ragu", "Luar"

# A phone that knows its place no better than this knows only on which island it is.
ABSURD_ACCURACY = 1_000_000.0


@dataclass(frozen=True)
class Position:
    """A fix: latitude, longitude and the radius that holds the true place with 95 % (W3C Geolocation ``accuracy``)."""

    lat: float
    lon: float
    accuracy: float

    @classmethod
    def parse(cls, latitude: object, longitude: object, accuracy: object) -> Position:
        """From whatever a client sent. Raises InvalidPosition; 0,0 is what a phone without a fix reports."""
        lat = number(latitude, "latitude")
        lon = number(longitude, "longitude")
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise InvalidPosition("out_of_range", latitude=lat, longitude=lon)
        if lat == 0 and lon == 0:
            raise InvalidPosition("null_island")
        radius = number(accuracy, "accuracy")
        if not 0 < radius <= ABSURD_ACCURACY:
            raise InvalidPosition("accuracy_invalid", accuracy=radius)
        return cls(lat, lon, radius)


def number(value: object, name: str) -> float:
    """A finite float out of a number or its text. ``True`` is not 1 degree."""
    if value is None or value == "":
        raise InvalidPosition("missing", field=name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InvalidPosition("not_a_number", field=name)
    try:
        result = float(value)
    except (ValueError, OverflowError) as error:
        raise InvalidPosition("not_a_number", field=name) from error
    if not math.isfinite(result):
        raise InvalidPosition("not_finite", field=name)
    return result


@dataclass(frozen=True)
class Circle:
    lat: float
    lon: float
    radius: float


@dataclass(frozen=True)
class Area:
    """Polygons with holes as parsed from GeoJSON; rings are (lon, lat), densified along long edges."""

    geometry: BaseGeometry = field(hash=False)


@dataclass(frozen=True)
class Fence:
    key: str
    shape: Circle | Area


@dataclass(frozen=True)
class Policy:
    """``max_accuracy``: a worse fix is refused, metres."""

    max_accuracy: float = 100.0


@dataclass(frozen=True)
class Verdict:
    """``distance``: from the fix to the edge of the chosen fence, negative inside, metres."""

    result: str
    fence_key: str
    distance: float
    accuracy: float
