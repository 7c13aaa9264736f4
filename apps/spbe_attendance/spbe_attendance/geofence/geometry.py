"""Shapes on the ellipsoid: parsing, and the signed distance of a fix to an edge.

Circles are geodesic (Karney 2013, through geographiclib). Whether a fix lies in an area is asked in degrees, where GeoJSON's edges
are straight and the answer is exact. How far its edge is: the nearest point of the edge is looked up on a local plane, then the
geodesic to that very point is measured. An error of the plane moves the point along the edge and changes the length in second order
only, so one geodesic per area replaces one per corner.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import geojson
import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import Point, Polygon
from shapely.validation import explain_validity

from .errors import BrokenFence
from .types import Area, Circle, Position

_WGS84 = Geodesic.WGS84
_ECCENTRICITY2 = _WGS84.f * (2 - _WGS84.f)
_DEGREE = math.radians(1)
_HERE = Point(0.0, 0.0)
# Coordinates carry seven decimals, a centimetre: closer than a millimetre is on the edge.
_ON_EDGE = 0.001
_MAX_POINTS = 10_000
_MAX_PERIMETER_DEGREES = 50.0
_MIN_AREA = 1.0
MIN_RADIUS, MAX_RADIUS = 1.0, 50_000.0
_COLLECTIONS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
_WITHOUT_AREA = ("Point", "MultiPoint", "LineString", "MultiLineString")
_DEEPEST = 8

Ring = list[tuple[float, float]]


def geodesic_distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres on the WGS84 ellipsoid."""
    return float(_WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"])


def circle(latitude: object, longitude: object, radius: object) -> Circle:
    """A circle of 1 m to 50 km, from numbers. Raises BrokenFence."""
    lat, lon, metres = _number(latitude), _number(longitude), _number(radius)
    _check_coordinate(lon, lat)
    if not MIN_RADIUS <= metres <= MAX_RADIUS:
        raise _broken("radius_out_of_range", radius=metres, low=MIN_RADIUS, high=MAX_RADIUS)
    return Circle(lat, lon, metres)


def parse_area(source: object) -> Area:
    """Polygons of a GeoJSON FeatureCollection, Feature or geometry (text or dict), united. Raises BrokenFence with the reason."""
    polygons: list[Polygon] = []
    points = 0
    for source_rings in _rings_of(_load(source), depth=0):
        points += sum(len(_list(ring)) for ring in source_rings)
        if points > _MAX_POINTS:
            raise _broken("too_many_points", limit=_MAX_POINTS)
        rings = [[_point(point) for point in ring] for ring in source_rings]
        # Parts on both sides of the antimeridian have to meet there.
        anchor = polygons[0].exterior.coords[0][0] if polygons else rings[0][0][0]
        polygons.append(_polygon(rings, anchor))
    if not polygons:
        raise _broken("no_polygon")
    if sum(polygon.length for polygon in polygons) > _MAX_PERIMETER_DEGREES:
        raise _broken("too_large")
    return Area(polygons[0] if len(polygons) == 1 else shapely.union_all(polygons))


def signed_distance(position: Position, shape: Circle | Area) -> float:
    """Metres from the fix to the edge; negative inside, 0 on the edge."""
    if isinstance(shape, Circle):
        distance = geodesic_distance(position.lat, position.lon, shape.lat, shape.lon) - shape.radius
    else:
        spots = _spots(position, shape)
        distance = min(_distance_to_edge(lon, lat, shape) for lon, lat in spots)
        if any(shape.prepared.covers(Point(spot)) for spot in spots):
            distance = -distance
    return 0.0 if abs(distance) <= _ON_EDGE else distance


def _spots(position: Position, area: Area) -> list[tuple[float, float]]:
    """The fix as (lon, lat), the one place where the order is turned round.

    Whole turns apart, as far as it can be near the area: one spot, or two where both ways round the earth are alike.
    """
    west, _, east, _ = area.geometry.bounds
    turns = (position.lon - 360, position.lon, position.lon + 360)
    return [(lon, position.lat) for lon in turns if west - 180 <= lon <= east + 180]


def _distance_to_edge(lon: float, lat: float, area: Area) -> float:
    """Metres, never negative."""
    near_lon, near_lat = lon, lat
    # The second look, on the plane of the latitude half way, matters for places far away only.
    for _look in range(2):
        east, north = scale = metres_per_degree((lat + near_lat) / 2)
        plane = shapely.transform(area.edge, lambda points, scale=scale: (points - (lon, lat)) * scale)
        _here, (x, y) = shapely.get_coordinates(shapely.shortest_line(_HERE, plane))
        near_lon, near_lat = lon + float(x) / east, min(90.0, max(-90.0, lat + float(y) / north))
    return geodesic_distance(lat, lon, near_lat, near_lon)


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Eastwards and northwards at a latitude of the ellipsoid; never 0, which could not be divided by at the poles."""
    sine = math.sin(math.radians(lat))
    across = _WGS84.a / math.sqrt(1 - _ECCENTRICITY2 * sine**2)
    along = across * (1 - _ECCENTRICITY2) / (1 - _ECCENTRICITY2 * sine**2)
    return max(_DEGREE * across * math.cos(math.radians(lat)), 1e-3), _DEGREE * along


def _broken(reason: str, **details: Any) -> BrokenFence:
    return BrokenFence("", reason, **details)


def _load(source: object) -> dict[str, Any]:
    document: Any = source
    if isinstance(source, str | bytes):
        try:
            document = json.loads(source)
        except (ValueError, RecursionError) as error:
            raise _broken("not_json") from error
    if not isinstance(document, dict):
        raise _broken("not_geojson")
    return document


def _rings_of(node: object, depth: int) -> Iterator[list[Any]]:
    """The coordinate arrays of every polygon below a GeoJSON node; other geometries are passed over."""
    if depth > _DEEPEST or not isinstance(node, dict):
        raise _broken("not_geojson")
    kind = str(node.get("type"))
    if kind in _COLLECTIONS:
        for member in _members(node.get(_COLLECTIONS[kind])):
            yield from _rings_of(member, depth + 1)
    elif kind == "Feature":
        # A Feature without a place is valid GeoJSON.
        if node.get("geometry") is not None:
            yield from _rings_of(node["geometry"], depth + 1)
    elif kind == "Polygon":
        yield _list(node.get("coordinates"))
    elif kind == "MultiPolygon":
        for rings in _list(node.get("coordinates")):
            yield _list(rings)
    elif kind not in _WITHOUT_AREA:
        raise _broken("not_geojson")


def _members(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _broken("not_geojson")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or not value:
        raise _broken("empty")
    return list(value)


def _polygon(rings: list[Ring], anchor: float) -> Polygon:
    # Full precision: the package would round to 11 cm and close a gap of that size.
    errors = geojson.Polygon(rings, precision=15).errors()
    if errors:
        raise _broken("bad_ring", explanation=str(errors))
    shell = _unwrapped(rings[0], anchor)
    polygon = Polygon(shell, [_unwrapped(hole, shell[0][0]) for hole in rings[1:]])
    if _square_metres(polygon.convex_hull) < _MIN_AREA:
        raise _broken("no_area")
    if not polygon.is_valid:
        explanation = explain_validity(polygon)
        reason = "bad_hole" if explanation.startswith(("Hole", "Nested")) else "self_crossing"
        raise _broken(reason, explanation=explanation)
    if _square_metres(polygon) < _MIN_AREA:
        raise _broken("no_area")
    return polygon


def _square_metres(shape: Any) -> float:
    """Near enough to tell something from nothing."""
    east, north = metres_per_degree(shape.bounds[1])
    return float(shape.area) * east * north


def _unwrapped(ring: Ring, anchor: float) -> Ring:
    """The ring without the jump at the antimeridian, its longitudes running on from near ``anchor``."""
    points = []
    for lon, lat in ring:
        anchor = lon + 360 * round((anchor - lon) / 360)
        points.append((anchor, lat))
    if points[0] != points[-1]:
        # It went round a pole.
        raise _broken("too_large")
    return points


def _point(value: object) -> tuple[float, float]:
    """(lon, lat) as GeoJSON has it and areas keep it; a third number, the height, is dropped."""
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise _broken("bad_point")
    lon, lat = _number(value[0]), _number(value[1])
    _check_coordinate(lon, lat)
    return lon, lat


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _broken("not_a_number")
    try:
        number = float(value)
    except OverflowError as error:
        raise _broken("not_a_number") from error
    if not math.isfinite(number):
        raise _broken("not_a_number")
    return number


def _check_coordinate(lon: float, lat: float) -> None:
    if abs(lat) > 90 and abs(lon) <= 90:
        raise _broken("swapped", latitude=lat, longitude=lon)
    if abs(lat) > 90 or abs(lon) > 180:
        raise _broken("out_of_range", latitude=lat, longitude=lon)
    if lat == 0 and lon == 0:
        raise _broken("null_island")
