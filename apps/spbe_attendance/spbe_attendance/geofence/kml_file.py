"""Placemarks in and out of KML and KMZ (Google Earth, My Maps). XML is read without DTD and entities, archives with limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as Writer

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .errors import UnreadableFile
from .placemarks import MAX_FEATURES, Placemark, plain

NAMESPACE = "http://www.opengis.net/kml/2.2"
MAX_UNPACKED = 20_000_000
MAX_MEMBERS = 500
_DEEPEST = 64
_CONTAINERS = ("Document", "Folder", "kml")


def read_kmz(content: bytes) -> list[Placemark]:
    """Those of the archive's first KML, ``doc.kml`` before others. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = [member for member in members if member.filename.lower().endswith(".kml")]
            if not names or len(members) > MAX_MEMBERS:
                raise UnreadableFile("zip_without_kml")
            chosen = min(names, key=lambda member: (member.filename.lower() != "doc.kml", member.filename))
            if chosen.flag_bits & 1:
                raise UnreadableFile("zip_locked")
            # The size that the archive claims is its maker's word: what comes out is counted.
            with archive.open(chosen) as source:
                text = source.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("not_zip") from error
    if len(text) > MAX_UNPACKED:
        raise UnreadableFile("too_large", limit=MAX_UNPACKED)
    return read(text)


def read(content: bytes) -> list[Placemark]:
    """Every placemark of the file, in its order. Raises UnreadableFile."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableFile("unsafe_xml") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableFile("not_xml") from error
    if _tag(root) not in _CONTAINERS and _tag(root) != "Placemark":
        raise UnreadableFile("not_kml")
    found: list[Placemark] = []
    for node, folder in _placemarks(root, "", 0):
        if len(found) >= MAX_FEATURES:
            raise UnreadableFile("too_many_features", limit=MAX_FEATURES)
        found.append(_placemark(len(found) + 1, node, folder))
    if not found:
        raise UnreadableFile("no_features")
    return found


def _tag(node: Any) -> str:
    """The name without its namespace, of which KML has had several."""
    return str(node.tag).rpartition("}")[2]


def _children(node: Any, name: str) -> list[Any]:
    return [child for child in node if _tag(child) == name]


def _text(node: Any, name: str) -> str:
    return next((plain(child.text) for child in _children(node, name)), "")


def _placemarks(node: Any, folder: str, depth: int) -> Iterator[tuple[Any, str]]:
    if _tag(node) == "Placemark":
        yield node, folder
    elif _tag(node) in _CONTAINERS and depth < _DEEPEST:
        own = _text(node, "name") if _tag(node) == "Folder" else ""
        for child in node:
            yield from _placemarks(child, own or folder, depth + 1)


def _placemark(number: int, node: Any, folder: str) -> Placemark:
    return Placemark(
        number,
        _text(node, "name")[:140],
        _geometry(node),
        description=_text(node, "description"),
        folder=folder[:140],
        data=dict(_data(node)),
    )


def _data(node: Any) -> Iterator[tuple[str, str]]:
    """``Data`` with ``value`` below it, or ``SimpleData`` of a schema."""
    for extended in _children(node, "ExtendedData"):
        for item in extended.iter():
            name = str(item.get("name") or "")[:140]
            if _tag(item) == "Data" and name:
                yield name, _text(item, "value")
            elif _tag(item) == "SimpleData" and name:
                yield name, plain(item.text)


def _geometry(node: Any) -> dict[str, Any] | None:
    """Polygons before a point, for many tools add a pin to an area; a line only when there is nothing else."""
    found: dict[str, list[Any]] = {"Polygon": [], "Point": [], "LineString": []}
    for child in _shapes(node, 0):
        found[_tag(child)].append(child)
    if found["Polygon"]:
        polygons = [_polygon(child) for child in found["Polygon"]]
        if len(polygons) == 1:
            return {"type": "Polygon", "coordinates": polygons[0]}
        return {"type": "MultiPolygon", "coordinates": polygons}
    if found["Point"]:
        points = _coordinates(found["Point"][0])
        return {"type": "Point", "coordinates": points[0] if points else []}
    if found["LineString"]:
        return {"type": "LineString", "coordinates": _coordinates(found["LineString"][0])}
    return None


def _shapes(node: Any, depth: int) -> Iterator[Any]:
    for child in node:
        if _tag(child) in ("Polygon", "Point", "LineString"):
            yield child
        elif _tag(child) == "MultiGeometry" and depth < _DEEPEST:
            yield from _shapes(child, depth + 1)


def _polygon(node: Any) -> list[Any]:
    rings = []
    for side in ("outerBoundaryIs", "innerBoundaryIs"):
        for boundary in _children(node, side):
            rings += [_coordinates(ring) for ring in _children(boundary, "LinearRing")]
    return rings


def _coordinates(node: Any) -> list[list[Any]]:
    """``lon,lat[,height]`` apart by spaces; what is no number stays text, and the engine refuses it."""
    words = " ".join(child.text or "" for child in _children(node, "coordinates")).split()
    return [[_number(part) for part in word.split(",")[:2]] for word in words]


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def write(placemarks: Iterable[Placemark], title: str) -> bytes:
    """A KML document; a circle is its point with the radius in its data, for KML has no circles."""
    Writer.register_namespace("", NAMESPACE)
    root = Writer.Element(f"{{{NAMESPACE}}}kml")
    document = _sub(root, "Document")
    _sub(document, "name", title)
    for mark in placemarks:
        node = _sub(document, "Placemark")
        _sub(node, "name", mark.name)
        if mark.description:
            _sub(node, "description", mark.description)
        extended = _sub(node, "ExtendedData")
        for key, value in mark.data.items():
            item = _sub(extended, "Data")
            item.set("name", _clean(key))
            _sub(item, "value", value)
        _write_geometry(node, mark.geometry or {})
    return bytes(Writer.tostring(root, encoding="utf-8", xml_declaration=True))


def _sub(parent: Any, name: str, text: str | None = None) -> Any:
    node = Writer.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        node.text = _clean(text)
    return node


def _clean(text: str) -> str:
    """XML knows no control characters."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))


def _write_geometry(node: Any, geometry: Any) -> None:
    if geometry.get("type") == "Point":
        _sub(_sub(node, "Point"), "coordinates", _written([geometry["coordinates"]]))
    elif geometry.get("type") == "Polygon":
        _write_polygon(node, geometry["coordinates"])
    elif geometry.get("type") == "MultiPolygon":
        several = _sub(node, "MultiGeometry")
        for polygon in geometry["coordinates"]:
            _write_polygon(several, polygon)


def _write_polygon(parent: Any, rings: Any) -> None:
    polygon = _sub(parent, "Polygon")
    for number, ring in enumerate(rings):
        boundary = _sub(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
        _sub(_sub(boundary, "LinearRing"), "coordinates", _written(ring))


def _written(points: Any) -> str:
    return " ".join(f"{float(point[0])!r},{float(point[1])!r}" for point in points)
