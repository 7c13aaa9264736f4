"""A plane of metres around a point, for small shapes: right within a thousandth up to some kilometres."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from .geometry import geodesic_distance, metres_per_degree
from .types import Area, Circle

# Segments of a quarter of a drawn circle: its edge is off by less than a thousandth of the radius.
_QUARTER = 32


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of a point."""

    lat: float
    lon: float

    def to(self, lat: float, lon: float) -> tuple[float, float]:
        """The nearest way round the earth."""
        east, north = metres_per_degree(self.lat)
        turned = (lon - self.lon + 180) % 360 - 180
        return turned * east, (lat - self.lat) * north

    def back(self, x: float, y: float) -> tuple[float, float]:
        """(latitude, longitude)."""
        east, north = metres_per_degree(self.lat)
        lon = self.lon + x / east
        return self.lat + y / north, (lon + 180) % 360 - 180 if abs(lon) > 180 else lon

    def shape(self, shape: Circle | Area) -> BaseGeometry:
        """A circle as a polygon, an area as it is; coordinates in metres."""
        if isinstance(shape, Circle):
            return Point(self.to(shape.lat, shape.lon)).buffer(shape.radius, quad_segs=_QUARTER)
        east, north = metres_per_degree(self.lat)
        # A whole shape lies on one side of the turn: its points run on past 180.
        middle = shape.geometry.representative_point().x
        shift = 360 * round((self.lon - middle) / 360)
        return shapely.transform(
            shape.geometry, lambda points: (points - (self.lon - shift, self.lat)) * (east, north)
        )


def middle(shape: Circle | Area) -> tuple[float, float]:
    """(latitude, longitude) of the centre of a circle, of the centroid of an area."""
    if isinstance(shape, Circle):
        return shape.lat, shape.lon
    centroid = shape.geometry.centroid
    return float(centroid.y), float((centroid.x + 180) % 360 - 180)


def inner_radius(shape: Circle | Area) -> float:
    """Metres: the radius of the largest circle that lies within the shape."""
    if isinstance(shape, Circle):
        return shape.radius
    drawn = Plane(*middle(shape)).shape(shape)
    return float(shapely.maximum_inscribed_circle(drawn, tolerance=0.5).length)


def gap(one: Circle | Area, other: Circle | Area) -> float:
    """Metres between the edges of two shapes; 0 where they touch or overlap."""
    if isinstance(one, Circle) and isinstance(other, Circle):
        apart = geodesic_distance(one.lat, one.lon, other.lat, other.lon)
        return max(0.0, apart - one.radius - other.radius)
    plane = Plane(*middle(one))
    return float(plane.shape(one).distance(plane.shape(other)))


def shared(one: Circle | Area, other: Circle | Area) -> float:
    """Which share (0 to 1) of the smaller of two shapes lies within the other."""
    plane = Plane(*middle(one))
    first, second = plane.shape(one), plane.shape(other)
    smaller = min(first.area, second.area)
    return float(first.intersection(second).area / smaller) if smaller else 0.0
