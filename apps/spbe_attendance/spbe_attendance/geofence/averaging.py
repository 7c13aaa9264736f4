"""A place out of fixes that a phone took standing still: weighted mean without outliers, and how sure it is.

The phone computes the same to show it (frontend/src/domain/survey.ts); what is kept is computed here, from the raw samples.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .errors import BrokenFence, UnusableSurvey
from .geometry import circle, parse_area
from .plane import Plane
from .types import Area, Circle, Position

# A worse fix tells nothing that a better one does not.
WORST = 100.0
FEWEST, SHORTEST = 5, 20.0
# Fixes of one receiver drift together: what averages out is one of them in so many seconds, and no more than so many.
INDEPENDENT, MOST = 10.0, 4
SIGMA, SPREADS, ALWAYS_KEPT = 1.4826, 3.0, 3.0
# Wider than this the person walked.
WIDEST = 60.0
CLOSEST = 5.0
STEP = 5.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A fix and when it came, in seconds on any clock that runs evenly."""

    position: Position
    at: float


@dataclass(frozen=True, slots=True)
class Station:
    """Where somebody stood. ``accuracy`` and ``spread``: radii in metres that hold 95 %; ``used`` and ``left_out`` count samples."""

    lat: float
    lon: float
    accuracy: float
    spread: float
    used: int
    left_out: int


def average(samples: Sequence[Sample]) -> Station:
    """One station. Raises UnusableSurvey."""
    usable = [sample for sample in samples if sample.position.accuracy <= WORST]
    if len(usable) < FEWEST:
        raise UnusableSurvey("too_few", count=len(usable), least=FEWEST)
    span = max(sample.at for sample in usable) - min(sample.at for sample in usable)
    if not span >= SHORTEST:
        raise UnusableSurvey("too_short", seconds=span, least=SHORTEST)
    plane = Plane(usable[0].position.lat, usable[0].position.lon)
    points = [(*plane.to(fix.lat, fix.lon), fix.accuracy) for fix in (sample.position for sample in usable)]
    kept = _without_outliers(points)
    weights = [1 / max(accuracy, 1.0) ** 2 for _x, _y, accuracy in kept]
    total = sum(weights)
    x = sum(weight * point[0] for weight, point in zip(weights, kept, strict=True)) / total
    y = sum(weight * point[1] for weight, point in zip(weights, kept, strict=True)) / total
    square = sum(
        weight * ((point[0] - x) ** 2 + (point[1] - y) ** 2)
        for weight, point in zip(weights, kept, strict=True)
    )
    spread = 2 * math.sqrt(square / total)
    if spread > WIDEST:
        raise UnusableSurvey("too_wide", spread=spread, limit=WIDEST)
    independent = min(MOST, max(1.0, span / INDEPENDENT))
    typical = median(accuracy for _x, _y, accuracy in kept)
    accuracy = max(1.0, max(typical, spread) / math.sqrt(independent))
    lat, lon = plane.back(x, y)
    return Station(lat, lon, accuracy, spread, len(kept), len(samples) - len(kept))


def _without_outliers(points: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Those near the median point, as near as the others are; never fewer than half."""
    x, y = median(point[0] for point in points), median(point[1] for point in points)
    distances = [math.hypot(point[0] - x, point[1] - y) for point in points]
    limit = max(ALWAYS_KEPT, SPREADS * SIGMA * median(distances))
    return [point for point, distance in zip(points, distances, strict=True) if distance <= limit]


def enclose(stations: Sequence[Station]) -> Circle | Area:
    """Two stations: the circle with both on opposite edges. More: the polygon through them in the order walked, or in the order
    round their middle where that crosses itself. Both are made wider by how unsure the stations are, whole ``STEP`` for a radius.

    Raises UnusableSurvey and BrokenFence.
    """
    if len(stations) < 2:
        raise UnusableSurvey("too_few", count=len(stations), least=2)
    plane = Plane(stations[0].lat, stations[0].lon)
    points = [plane.to(station.lat, station.lon) for station in stations]
    margin = max(station.accuracy for station in stations)
    apart = min(math.dist(one, other) for number, one in enumerate(points) for other in points[:number])
    if apart < CLOSEST:
        raise UnusableSurvey("too_close", distance=apart, least=CLOSEST)
    if len(points) == 2:
        (x1, y1), (x2, y2) = points
        radius = STEP * math.ceil((apart / 2 + margin) / STEP - 1e-9)
        return circle(*plane.back((x1 + x2) / 2, (y1 + y2) / 2), radius)
    return parse_area(_geojson(_around(points).buffer(margin, join_style="mitre", mitre_limit=2), plane))


def _around(points: list[tuple[float, float]]) -> Polygon:
    walked = Polygon(points)
    if not walked.is_valid:
        x = sum(point[0] for point in points) / len(points)
        y = sum(point[1] for point in points) / len(points)
        walked = Polygon(sorted(points, key=lambda point: math.atan2(point[1] - y, point[0] - x)))
    if not walked.is_valid or walked.area < 1:
        raise UnusableSurvey("no_area")
    return walked


def _geojson(shape: BaseGeometry, plane: Plane) -> dict[str, object]:
    if not isinstance(shape, Polygon | MultiPolygon) or shape.is_empty:
        raise BrokenFence("", "no_area")
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    coordinates = [
        [
            [[round(number, 7) for number in reversed(plane.back(x, y))] for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in parts
    ]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def widened(shape: Circle | Area, metres: float) -> Circle | Area:
    """The shape with its edge moved outwards everywhere. Raises BrokenFence when it becomes impossible."""
    if isinstance(shape, Circle):
        return circle(shape.lat, shape.lon, shape.radius + metres)
    centre = shape.geometry.centroid
    plane = Plane(float(centre.y), float((centre.x + 180) % 360 - 180))
    return parse_area(_geojson(plane.shape(shape).buffer(metres, quad_segs=4), plane))
