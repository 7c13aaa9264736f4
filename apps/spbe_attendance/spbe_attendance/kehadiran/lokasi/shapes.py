"""Between rows of OPD Lokasi and shapes of the engine."""

from __future__ import annotations

import json
from typing import Any

from shapely.geometry import MultiPolygon
from shapely.geometry.polygon import LinearRing

from spbe_attendance.geofence.types import Area, Circle

RADIUS, POLIGON = "Radius", "Poligon"
# Narrower than what the engine could judge: below 5 m a phone cannot tell, above 5 km a place says nothing.
MIN_RADIUS, MAX_RADIUS = 5, 5000


def fields_of(shape: Circle | Area) -> dict[str, Any]:
    """``jenis_area``, ``latitude``, ``longitude``, ``radius``, ``area`` as OPD Lokasi stores them."""
    if isinstance(shape, Circle):
        return {
            "jenis_area": RADIUS,
            "latitude": round(shape.lat, 7),
            "longitude": round(shape.lon, 7),
            "radius": round(shape.radius, 1),
            "area": None,
        }
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": rings}}
        for rings in polygons_of(shape)
    ]
    drawn = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return {"jenis_area": POLIGON, "latitude": 0, "longitude": 0, "radius": 0, "area": drawn}


def geometry_of(shape: Circle | Area) -> dict[str, Any]:
    """One GeoJSON geometry; a circle is its centre."""
    if isinstance(shape, Circle):
        return {"type": "Point", "coordinates": [round(shape.lon, 7), round(shape.lat, 7)]}
    polygons = polygons_of(shape)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def polygons_of(area: Area) -> list[list[list[list[float]]]]:
    parts = area.geometry.geoms if isinstance(area.geometry, MultiPolygon) else [area.geometry]
    return [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def _ring(ring: LinearRing) -> list[list[float]]:
    """(lon, lat) with a centimetre's decimals, back from beyond the antimeridian."""
    return [[round((lon + 180) % 360 - 180, 7), round(lat, 7)] for lon, lat in ring.coords]
