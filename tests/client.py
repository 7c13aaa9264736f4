"""A person's log-in over HTTP, and a punch to send; for every whole-system test that needs no browser."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from typing import Any

import requests
from PIL import Image
from shapely.geometry import shape

API = "/api/method/spbe_attendance.api"
CATAT = f"{API}.absensi.catat"
FOTO = f"{API}.absensi.unggah_foto"
HARI_INI = f"{API}.absensi.hari_ini"
RIWAYAT = f"{API}.absensi.riwayat"


def picture(shade: int = 128) -> bytes:
    """An invented photo; each shade is another file."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).point(lambda v: (v + shade) % 256).convert("RGB").save(
        target, "JPEG", quality=60
    )
    return target.getvalue()


class Client:
    """One person's log-in. Every answer is checked to be no 5xx."""

    def __init__(self, stack, user: dict | None):
        self.stack, self.user = stack, user
        self.http = requests.Session()
        self.http.headers.update({"Host": stack.host, "Accept": "application/json"})
        if user:
            body = {"usr": user["username"], "pwd": user["password"]}
            assert self.call("POST", "/api/method/login", json=body).status_code == 200
            token = self.message("GET", f"{API}.sesi.info")["csrf_token"]
            self.http.headers["X-Frappe-CSRF-Token"] = token

    def call(self, verb: str, path: str, **options: Any) -> requests.Response:
        answer = self.http.request(verb, self.stack.url + path, timeout=60, **options)
        assert answer.status_code < 500, (verb, path, answer.status_code, answer.text[:2000])
        return answer

    def message(self, verb: str, path: str, **options: Any) -> Any:
        answer = self.call(verb, path, **options)
        assert answer.status_code == 200, answer.text[:2000]
        return answer.json()["message"]

    def refusal(self, verb: str, path: str, **options: Any) -> tuple[int, str, str]:
        """Status, exception class and sentence of a refusal."""
        answer = self.call(verb, path, **options)
        assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:500])
        body = answer.json()
        sentences = [
            json.loads(entry)["message"] for entry in json.loads(body.get("_server_messages") or "[]")
        ]
        assert "Traceback" not in " ".join(sentences)
        return answer.status_code, body.get("exc_type", ""), " ".join(sentences)

    def rows(self, doctype: str, filters: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
        """What the person's own list shows."""
        params = {"filters": json.dumps(filters), "fields": json.dumps(fields or ("name",))}
        answer = self.call("GET", f"/api/resource/{doctype}", params={**params, "limit_page_length": 0})
        assert answer.status_code == 200, answer.text[:500]
        return answer.json()["data"]

    def document(self, doctype: str, name: str) -> dict[str, Any]:
        answer = self.call("GET", f"/api/resource/{doctype}/{name}")
        assert answer.status_code == 200, answer.text[:500]
        return answer.json()["data"]

    def upload(self, id_klien: str, photo: bytes) -> dict[str, Any]:
        files = {"foto": ("f.jpg", photo, "image/jpeg")}
        return self.message("POST", FOTO, data={"id_klien": id_klien}, files=files)

    def twin(self) -> Client:
        """The same log-in on a connection of its own, for another thread."""
        other = Client(self.stack, None)
        other.http.headers.update(self.http.headers)
        other.http.cookies.update(self.http.cookies)
        return other


def inside(home: dict[str, Any]) -> dict[str, float]:
    """A point within the first place of ``hari_ini``."""
    place = home["lokasi"][0]
    if place["jenis_area"] == "Radius":
        return {"latitude": place["latitude"], "longitude": place["longitude"]}
    area = place["area"]
    geometry = area["features"][0]["geometry"] if "features" in area else area.get("geometry", area)
    point = shape(geometry).representative_point()
    return {"latitude": point.y, "longitude": point.x}


def punch(point: dict[str, float], **values: Any) -> dict[str, Any]:
    """The body of a ``catat`` request, each with an id of its own."""
    return {
        "jenis": "Masuk",
        **point,
        "akurasi": 8,
        "id_klien": str(uuid.uuid4()),
        "foto_sha256": hashlib.sha256(picture()).hexdigest(),
        "perangkat": "uji kontrak",
        "waktu_perangkat": "2026-11-24T07:25:00+07:00",
        **values,
    }
