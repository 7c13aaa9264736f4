"""Latitude and longitude as decimals, with commas, or in degrees, minutes and seconds; swapped ones recognised."""

from __future__ import annotations

import math
import re
from typing import Any

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue

HEMISPHERES = {
    "N": 1,
    "U": 1,
    "LU": 1,
    "E": 1,
    "T": 1,
    "BT": 1,
    "S": -1,
    "LS": -1,
    "W": -1,
    "B": -1,
    "BB": -1,
}
DMS = re.compile(
    r"(?P<before>[NSEWUTB]|L[US]|B[TB])?\s*(?P<sign>[+-])?(?P<deg>\d{1,3})\s*[°ºd˚:\s]\s*(?P<min>\d{1,2}(?:[.,]\d+)?)\s*"
    r"(?:['’′´:m\s]\s*(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|’’|s)?)?)?\s*(?P<after>[NSEWUTB]|L[US]|B[TB])?",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"(?P<before>[NSEWUTB]|L[US]|B[TB])?\s*(?P<number>[+-]?\d{1,3}(?:[.,]\d+)?)\s*[°º˚]?\s*(?P<after>[NSEWUTB]|L[US]|B[TB])?",
    re.IGNORECASE,
)
# A decimal lost: 10087231 for 1.0087231. Not guessed at.
LAT_MOST, LON_MOST = 90, 180
# Indonesia and some sea: what is far outside has its numbers swapped or is wrong.
NORTH, SOUTH, WEST, EAST = 6.5, -11.5, 94.5, 141.5


def angle(value: Any) -> float:
    """Degrees. Raises BadValue: coordinate."""
    if isinstance(value, bool):
        raise BadValue("coordinate")
    if isinstance(value, int | float):
        return _on_earth(float(value))
    plain = text(value).strip("'` ")
    found = PLAIN.fullmatch(plain)
    if found:
        return _on_earth(_signed(float(found["number"].replace(",", ".")), found["before"], found["after"]))
    found = DMS.fullmatch(plain)
    if not found:
        raise BadValue("coordinate")
    minutes = float(found["min"].replace(",", "."))
    seconds = float((found["sec"] or "0").replace(",", "."))
    if minutes >= 60 or seconds >= 60:
        raise BadValue("coordinate")
    degrees = int(found["deg"]) + minutes / 60 + seconds / 3600
    return _on_earth(_signed(-degrees if found["sign"] == "-" else degrees, found["before"], found["after"]))


def _signed(degrees: float, before: str | None, after: str | None) -> float:
    mark = (before or after or "").upper()
    return degrees if not mark else abs(degrees) * HEMISPHERES[mark]


def _on_earth(degrees: float) -> float:
    if not math.isfinite(degrees) or abs(degrees) > LON_MOST:
        raise BadValue("coordinate")
    return degrees


def both(value: Any) -> tuple[float, float]:
    """One cell with both, as maps give them: "1.0087, 102.7131", "1,0087; 102,7131", two angles in DMS. Raises BadValue."""
    plain = text(value).strip("()'` ")
    for mark in (r"\s*;\s*", r"\s*,\s+", r"\s*\|\s*", r"(?<=[NSEWUTB])[\s,]+(?=\d)", r"\s+", r","):
        parts = [part for part in re.split(mark, plain, flags=re.IGNORECASE) if part]
        if len(parts) == 2:
            return angle(parts[0]), angle(parts[1])
    raise BadValue("coordinate")


def order(latitude: float, longitude: float) -> tuple[float, float, bool]:
    """(latitude, longitude, swapped). Raises BadValue: coordinate, or outside for a place that is not in Indonesia."""
    if _inside(latitude, longitude):
        return latitude, longitude, False
    if _inside(longitude, latitude):
        return longitude, latitude, True
    raise BadValue("outside" if abs(latitude) <= LAT_MOST else "coordinate")


def _inside(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
