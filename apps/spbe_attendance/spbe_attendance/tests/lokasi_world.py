"""Files of maps, crowds of punches and walks of a surveyor, for tests of places."""

from __future__ import annotations

import json
import math
import random
import uuid
from typing import Any

import frappe
from frappe.utils import add_days, getdate, now_datetime

from spbe_attendance.geofence.plane import Plane
from spbe_attendance.kehadiran.lokasi import import_job
from spbe_attendance.tests.factories import LAT, LON

HERE = Plane(LAT, LON)


def feature(name: str, geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"nama": name, **properties}, "geometry": geometry}


def point(x: float = 0, y: float = 0) -> dict[str, Any]:
    """Metres from the world's middle."""
    lat, lon = HERE.back(x, y)
    return {"type": "Point", "coordinates": [lon, lat]}


def square(half: float, x: float = 0, y: float = 0) -> dict[str, Any]:
    signs = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [list(reversed(HERE.back(x + sx * half, y + sy * half))) for sx, sy in signs]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def make_import(content: bytes, name: str = "peta.geojson", **values: Any) -> Any:
    doc = frappe.get_doc({"doctype": "Impor Lokasi", **values}).insert()
    # A name of its own: like content would share an address with another test's.
    stem, _dot, kind = name.rpartition(".")
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": f"{stem}-{uuid.uuid4().hex[:6]}.{kind}",
            "is_private": 1,
            "content": content,
            "attached_to_doctype": "Impor Lokasi",
            "attached_to_name": doc.name,
            "attached_to_field": "berkas",
        }
    ).insert(ignore_permissions=True)
    doc.berkas = file.file_url
    return doc.save()


def carry_out(doc: Any, task: str) -> Any:
    """The task as its job does it; answers the document afterwards."""
    import_job.work(doc.name, task)
    return frappe.get_doc(doc.doctype, doc.name)


def crowd(person: Any, place: Any, count: int, *, jitter: float = 10, seed: int = 1) -> None:
    """Punches of a month at a place, as the app would have judged them, written in bulk."""
    chance = random.Random(seed)
    fields = ("name", "creation", "modified", "owner", "modified_by", "pegawai", "opd", "tanggal", "jenis", "waktu", "sumber",
              "status", "latitude", "longitude", "akurasi", "lokasi", "jarak", "putusan_lokasi")  # fmt: skip
    now, rows = now_datetime(), []
    for number in range(count):
        x, y = chance.gauss(0, jitter), chance.gauss(0, jitter)
        lat, lon = HERE.back(x, y)
        accuracy = round(chance.uniform(8, 25), 1)
        distance = math.hypot(x, y) - place.radius
        verdict = "Dalam" if distance + accuracy <= 0 else "Luar" if distance - accuracy > 0 else "Ragu"
        rows.append(
            (uuid.uuid4().hex[:10], now, now, "Administrator", "Administrator", person.name, person.opd,
             add_days(getdate(), -(number % 28)), "Masuk", now, "PWA", "Sah", lat, lon, accuracy, place.name, distance, verdict)
        )  # fmt: skip
    frappe.db.bulk_insert("Absensi", list(fields), rows)


def walk(x: float, y: float, seconds: int = 30, accuracy: float = 6, jitter: float = 1.5) -> dict[str, Any]:
    """One station of a survey as the phone sends it."""
    chance = random.Random(f"{x},{y}")
    rows = []
    for second in range(seconds):
        lat, lon = HERE.back(x + chance.gauss(0, jitter), y + chance.gauss(0, jitter))
        rows.append({"lat": lat, "lon": lon, "akurasi": accuracy, "t": second})
    return {"sampel": rows}
