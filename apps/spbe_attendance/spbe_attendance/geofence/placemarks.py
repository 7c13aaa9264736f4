"""Places as files of maps have them: a name, some data and a GeoJSON geometry; and fences out of them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import BrokenFence
from .geometry import circle, parse_area
from .types import Area, Circle

MAX_BYTES = 5_000_000
MAX_FEATURES = 2_000
NAMES = ("nama_lokasi", "nama", "name", "title", "judul", "lokasi")
RADII = ("radius", "radius_m", "radius_meter", "radius (m)", "jari_jari", "jari-jari")
UNITS = ("kode_opd", "kode", "opd", "nama_opd", "unit", "unit_kerja", "skpd", "instansi")
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class Placemark:
    """``number``: which of the file, from 1. ``data``: what else is told of it, as text. ``geometry``: GeoJSON, or None.

    ``folder``: the name of the folder it lies in, where a file has folders.
    """

    number: int
    name: str
    geometry: Mapping[str, Any] | None
    description: str = ""
    folder: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def told(self, names: tuple[str, ...]) -> str:
        """The first of these that the data have, whatever the case of its name; '' otherwise."""
        lower = {key.strip().lower(): value for key, value in self.data.items()}
        return next((lower[name].strip() for name in names if lower.get(name, "").strip()), "")

    @property
    def radius(self) -> float | None:
        """Metres; None when none is told or it is no number."""
        text = self.told(RADII).lower().removesuffix("meter").removesuffix("m").strip().replace(",", ".")
        try:
            return float(text) if text else None
        except ValueError:
            return None


def plain(text: object) -> str:
    """Text of a description that may be HTML, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", str(text or "")[:20_000])).split())


def fence_of(placemark: Placemark, default_radius: float, *, swap: bool = False) -> Circle | Area:
    """A point becomes a circle of the radius told or the default; polygons an area. ``swap``: latitude and longitude are exchanged.

    Raises BrokenFence: besides its own reasons ``no_geometry`` and ``line``.
    """
    geometry = placemark.geometry
    if geometry is None:
        raise BrokenFence("", "no_geometry")
    if swap:
        geometry = {**geometry, "coordinates": _swapped(geometry.get("coordinates"))}
    if geometry.get("type") == "Point":
        lon, lat = _pair(geometry.get("coordinates"))
        told = placemark.radius
        return circle(lat, lon, default_radius if told is None else told)
    if str(geometry.get("type")).endswith("LineString"):
        raise BrokenFence("", "line")
    return parse_area(geometry)


def _pair(value: object) -> tuple[object, object]:
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise BrokenFence("", "bad_point")
    return value[0], value[1]


def _swapped(value: Any, depth: int = 0) -> Any:
    if depth > 5 or not isinstance(value, list | tuple) or not value:
        return value
    if isinstance(value[0], int | float) and len(value) >= 2:
        return [value[1], value[0], *value[2:]]
    return [_swapped(part, depth + 1) for part in value]
