"""Shapes on the ellipsoid: parsing, and the signed distance of a point to an edge.

Circles are geodesic (Karney 2013, through geographiclib). A polygon is seen from the fix: every vertex is laid out by azimuth and
geodesic distance (azimuthal equidistant projection), so distances from the fix are true and the antimeridian is nowhere.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import geojson
import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from .errors import BrokenFence
from .types import Area, Circle, Position

_WGS84 = Geodesic.WGS84
# Straight in the projection is not quite straight on a far part of a long edge; half a kilometre keeps that below a millimetre.
_LONGEST_EDGE_DEGREES = 0.005
_MAX_VERTICES = 20_000
_COLLECTIONS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
_WITHOUT_AREA = ("Point", "MultiPoint", "LineString", "MultiLineString")
MIN_RADIUS, MAX_RADIUS = 1.0, 50_000.0


def geodesic_distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres on the WGS84 ellipsoid."""
    return float(_WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"])


def circle(latitude: object, longitude: object, radius: object) -> Circle:
    """A checked circle. Raises BrokenFence."""
    values = []
    for value in (latitude, longitude, radius):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BrokenFence("not_a_number")
        values.append(float(value))
    lat, lon, metres = values
    _check_coordinate(lon, lat)
    if not MIN_RADIUS <= metres <= MAX_RADIUS:
        raise BrokenFence("radius_out_of_range", radius=metres, low=MIN_RADIUS, high=MAX_RADIUS)
    return Circle(lat, lon, metres)


def parse_area(source: object) -> Area:
    """Polygons of a GeoJSON FeatureCollection, Feature or geometry (text or dict). Raises BrokenFence with the reason."""
    document = _load(source)
    polygons = [_polygon(rings) for rings in _rings_of(document, depth=0)]
    if not polygons:
        raise BrokenFence("no_polygon")
    if sum(polygon.length for polygon in polygons) > _MAX_VERTICES * _LONGEST_EDGE_DEGREES / 2:
        raise BrokenFence("too_large")
    if sum(shapely.get_num_coordinates(polygon) for polygon in polygons) > _MAX_VERTICES / 2:
        raise BrokenFence("too_many_points", limit=_MAX_VERTICES // 2)
    whole = polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)
    return Area(shapely.segmentize(whole, _LONGEST_EDGE_DEGREES))


def signed_distance(position: Position, shape: Circle | Area) -> float:
    """Metres from the fix to the edge; negative inside, 0 on the edge."""
    if isinstance(shape, Circle):
        return geodesic_distance(position.lat, position.lon, shape.lat, shape.lon) - shape.radius
    local = _seen_from(position, shape.geometry)
    here = Point(0.0, 0.0)
    distance = float(here.distance(local.boundary))
    return -distance if local.covers(here) else distance


def _load(source: object) -> Any:
    document: Any = source
    if isinstance(source, str | bytes):
        try:
            document = json.loads(source)
        except (ValueError, RecursionError) as error:
            raise BrokenFence("not_json") from error
    if not isinstance(document, dict):
        raise BrokenFence("not_geojson")
    return document


def _rings_of(node: object, depth: int) -> Iterator[list[Any]]:
    """The coordinate arrays of every polygon below a GeoJSON node; other geometries are passed over."""
    if depth > 8 or not isinstance(node, dict):
        raise BrokenFence("not_geojson")
    kind = str(node.get("type"))
    if kind in _COLLECTIONS:
        for member in _list(node.get(_COLLECTIONS[kind]) or [{"type": "Point"}]):
            yield from _rings_of(member, depth + 1)
    elif kind == "Feature":
        yield from _rings_of(node.get("geometry") or {"type": "Point"}, depth + 1)
    elif kind == "Polygon":
        yield _list(node.get("coordinates"))
    elif kind == "MultiPolygon":
        for rings in _list(node.get("coordinates")):
            yield _list(rings)
    elif kind not in _WITHOUT_AREA:
        raise BrokenFence("not_geojson")


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BrokenFence("empty")
    return value


def _polygon(rings: list[Any]) -> Polygon:
    checked = [[_point(point) for point in _list(ring)] for ring in rings]
    errors = geojson.Polygon(checked).errors()
    if errors:
        raise BrokenFence("bad_ring", reason=str(errors))
    start = checked[0][0][0]
    polygon = Polygon(_unwrapped(checked[0], start), [_unwrapped(hole, start) for hole in checked[1:]])
    if polygon.convex_hull.area == 0:
        raise BrokenFence("no_area")
    if not polygon.is_valid:
        raise BrokenFence("self_crossing", reason=explain_validity(polygon))
    return polygon


def _unwrapped(ring: list[tuple[float, float]], start: float) -> list[tuple[float, float]]:
    """Longitudes without the jump at the antimeridian, near ``start``."""
    points = []
    for lon, lat in ring:
        start = lon + 360 * round((start - lon) / 360)
        points.append((start, lat))
    return points


def _point(value: object) -> tuple[float, float]:
    """(lon, lat) as GeoJSON has it; a third number, the height, is dropped. The one place where the order is turned round."""
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise BrokenFence("bad_point")
    lon, lat = value[0], value[1]
    for number in (lon, lat):
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise BrokenFence("not_a_number")
    _check_coordinate(float(lon), float(lat))
    return float(lon), float(lat)


def _check_coordinate(lon: float, lat: float) -> None:
    if abs(lat) > 90 and abs(lon) <= 90:
        raise BrokenFence("swapped", latitude=lat, longitude=lon)
    if abs(lat) > 90 or abs(lon) > 180:
        raise BrokenFence("out_of_range", latitude=lat, longitude=lon)
    if lat == 0 and lon == 0:
        raise BrokenFence("null_island")


def _seen_from(position: Position, geometry: BaseGeometry) -> BaseGeometry:
    parts = geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]
    laid_out = [
        Polygon(
            _lay_out(position, part.exterior.coords),
            [_lay_out(position, ring.coords) for ring in part.interiors],
        )
        for part in parts
    ]
    return laid_out[0] if len(laid_out) == 1 else MultiPolygon(laid_out)


def _lay_out(position: Position, ring: Any) -> list[tuple[float, float]]:
    points = []
    for lon, lat in ring:
        line = _WGS84.Inverse(position.lat, position.lon, lat, lon, Geodesic.DISTANCE | Geodesic.AZIMUTH)
        angle = math.radians(line["azi1"])
        points.append((line["s12"] * math.sin(angle), line["s12"] * math.cos(angle)))
    return points
