"""Plain data in and out of the engine. Degrees are WGS84, lengths metres.

What is impossible cannot be built: comparisons with NaN are always false, so one that slipped in would end as ``Ragu``, accepted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .ball import Ball
from .errors import BrokenFence, InvalidPosition

DALAM, RAGU, LUAR = "Dalam", "Ragu", "Luar"

# A phone that knows its place no better than this knows only on which island it is.
ABSURD_ACCURACY = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Position:
    """A fix: latitude, longitude and the radius that holds the true place with 95 % (W3C Geolocation ``accuracy``).

    Raises InvalidPosition; 0,0 is what a phone without a fix reports.
    """

    lat: float
    lon: float
    accuracy: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise InvalidPosition("out_of_range", latitude=self.lat, longitude=self.lon)
        if self.lat == 0 and self.lon == 0:
            raise InvalidPosition("null_island")
        if not 0 < self.accuracy <= ABSURD_ACCURACY:
            raise InvalidPosition("accuracy_invalid", accuracy=self.accuracy)

    @classmethod
    def parse(cls, latitude: object, longitude: object, accuracy: object) -> Position:
        """From whatever a client sent: numbers or their text. Raises InvalidPosition."""
        return cls(number(latitude, "latitude"), number(longitude, "longitude"), number(accuracy, "accuracy"))


def number(value: object, name: str) -> float:
    """A finite float out of a number or its text. ``True`` is not 1 degree. Raises InvalidPosition."""
    if value is None or value == "":
        raise InvalidPosition("missing", field=name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InvalidPosition("not_a_number", field=name)
    # Python reads 1_0 and digits of other scripts as numbers; no device writes them.
    if isinstance(value, str) and ("_" in value or not value.isascii()):
        raise InvalidPosition("not_a_number", field=name)
    try:
        result = float(value)
    except (ValueError, OverflowError) as error:
        raise InvalidPosition("not_a_number", field=name) from error
    if not math.isfinite(result):
        raise InvalidPosition("not_finite", field=name)
    return result


@dataclass(frozen=True, slots=True)
class Circle:
    """``radius`` in metres, above 0. Raises BrokenFence."""

    lat: float
    lon: float
    radius: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise BrokenFence("", "out_of_range", latitude=self.lat, longitude=self.lon)
        if not 0 < self.radius < math.inf:
            raise BrokenFence("", "radius_out_of_range", radius=self.radius)


@dataclass(frozen=True)
class Area:
    """Valid polygons with holes; points are (lon, lat) and run on past 180 where the area lies over the antimeridian.

    Edges are straight in degrees, as RFC 7946 has it.
    """

    geometry: Polygon | MultiPolygon

    @cached_property
    def prepared(self) -> Polygon | MultiPolygon:
        """The same geometry, indexed for repeated questions."""
        shapely.prepare(self.geometry)
        return self.geometry

    @cached_property
    def edge(self) -> BaseGeometry:
        """All rings, those of holes included."""
        return self.geometry.boundary


@dataclass(frozen=True)
class Fence:
    """``key``: how the caller knows it."""

    key: str
    shape: Circle | Area

    @cached_property
    def ball(self) -> Ball:
        """Holds the whole shape."""
        if isinstance(self.shape, Circle):
            return Ball.round_circle(self.shape.lat, self.shape.lon, self.shape.radius)
        return Ball.round_box(*self.shape.geometry.bounds)


@dataclass(frozen=True, slots=True)
class Policy:
    """``max_accuracy``: a worse fix is refused, metres; 0 or NaN refuse every fix."""

    max_accuracy: float = 100.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``result``: Dalam, Ragu or Luar. ``distance``: to the edge of the chosen fence, negative inside, 0 on it, metres."""

    result: str
    fence_key: str
    distance: float
    accuracy: float
