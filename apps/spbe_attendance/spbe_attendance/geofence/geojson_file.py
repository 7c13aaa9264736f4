"""Placemarks in and out of GeoJSON text (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .errors import UnreadableFile
from .placemarks import MAX_FEATURES, NAMES, Placemark, plain

_DEEPEST = 8
_GEOMETRIES = ("Point", "Polygon", "MultiPolygon", "LineString", "MultiLineString", "MultiPoint")
_TEXTS = ("description", "keterangan", "deskripsi")


def read(content: bytes) -> list[Placemark]:
    """Every feature or bare geometry of the file. Raises UnreadableFile."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("not_json") from error
    found: list[Placemark] = []
    for feature in _features(document, 0):
        if len(found) >= MAX_FEATURES:
            raise UnreadableFile("too_many_features", limit=MAX_FEATURES)
        found.append(_placemark(len(found) + 1, feature))
    if not found:
        raise UnreadableFile("no_features")
    return found


def _refuse(name: str) -> float:
    raise ValueError(name)


def _features(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        raise UnreadableFile("not_geojson")
    kind = node.get("type")
    if kind == "FeatureCollection":
        members = node.get("features")
        if not isinstance(members, list):
            raise UnreadableFile("not_geojson")
        for member in members:
            yield from _features(member, depth + 1)
    elif kind == "Feature":
        yield node
    elif kind in _GEOMETRIES or kind == "GeometryCollection":
        yield {"type": "Feature", "properties": {}, "geometry": node}
    else:
        raise UnreadableFile("not_geojson")


def _placemark(number: int, feature: Mapping[str, Any]) -> Placemark:
    properties = feature.get("properties")
    told = properties if isinstance(properties, dict) else {}
    data = {
        str(key)[:140]: plain(value)
        for key, value in told.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    geometry = feature.get("geometry")
    found = Placemark(
        number, "", _merged(geometry) if isinstance(geometry, dict) else None, folder="", data=data
    )
    return Placemark(
        number, found.told(NAMES), found.geometry, description=found.told(_TEXTS), folder="", data=data
    )


def _merged(geometry: dict[str, Any]) -> dict[str, Any]:
    """A collection's polygons as one MultiPolygon; a collection without one as its first member."""
    if geometry.get("type") != "GeometryCollection":
        return geometry
    members = geometry.get("geometries")
    parts = [part for part in members if isinstance(part, dict)] if isinstance(members, list) else []
    polygons = [part.get("coordinates") for part in parts if part.get("type") == "Polygon"]
    for part in parts:
        if part.get("type") == "MultiPolygon" and isinstance(part.get("coordinates"), list):
            polygons += part["coordinates"]
    if polygons:
        return {"type": "MultiPolygon", "coordinates": polygons}
    return parts[0] if parts else {"type": "GeometryCollection", "coordinates": None}


def write(placemarks: Iterable[Placemark]) -> str:
    """A FeatureCollection; a radius told stays a number."""
    features = []
    for mark in placemarks:
        properties: dict[str, Any] = {"nama": mark.name, **mark.data}
        if mark.description:
            properties["keterangan"] = mark.description
        if mark.radius is not None:
            properties["radius"] = mark.radius
        features.append({"type": "Feature", "properties": properties, "geometry": mark.geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
