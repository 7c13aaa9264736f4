"""Sessions of the demo's staff, each with a position inside a place of work."""

from __future__ import annotations

import json
import random
import uuid
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import Any

import requests

API = "/api/method/spbe_attendance.api"
NOOP = "/api/method/frappe.auth.get_logged_user"
DIGEST = "0" * 64


def client_id() -> str:
    """As the app makes it, a UUID of version 7: 48 bits of milliseconds since 1970, then chance."""
    head = (time_ns() // 1_000_000) << 16 | 7 << 12 | random.getrandbits(12)
    return str(uuid.UUID(int=head << 64 | 0b10 << 62 | random.getrandbits(62)))


@dataclass(frozen=True)
class Session:
    http: requests.Session
    url: str
    csrf: str
    latitude: float
    longitude: float

    @property
    def sid(self) -> str:
        return str(self.http.cookies.get("sid"))

    def noop(self) -> requests.Response:
        return self.http.get(self.url + NOOP, timeout=30)

    def punch(self) -> requests.Response:
        body = {
            "jenis": "Masuk",
            "latitude": self.latitude,
            "longitude": self.longitude,
            "akurasi": 8,
            "id_klien": client_id(),
            "foto_sha256": DIGEST,
            "perangkat": "load",
        }
        return self.http.post(f"{self.url}{API}.absensi.catat", json=body, timeout=30)


def log_in(url: str, host: str, user: dict[str, Any]) -> Session:
    """Raises SystemExit when the system refuses a demo log-in or knows no circle for the person."""
    http = requests.Session()
    http.headers.update({"Host": host, "Accept": "application/json"})
    answer = http.post(
        f"{url}/api/method/login", json={"usr": user["username"], "pwd": user["password"]}, timeout=30
    )
    if answer.status_code != 200:
        raise SystemExit(
            f"The log-in of a demo user was refused ({answer.status_code}): load demo data again."
        )
    csrf = http.get(f"{url}{API}.sesi.info", timeout=30).json()["message"]["csrf_token"]
    http.headers["X-Frappe-CSRF-Token"] = csrf
    places = http.get(f"{url}{API}.absensi.hari_ini", timeout=30).json()["message"]["lokasi"]
    circles = [place for place in places if place["jenis_area"] == "Radius"]
    if not circles:
        raise SystemExit("A demo user has no circle to stand in: load demo data again.")
    return Session(http, url, csrf, circles[0]["latitude"], circles[0]["longitude"])


def log_in_all(url: str, host: str, logins: Path) -> list[Session]:
    users = [user for user in json.loads(logins.read_text())["users"] if user["pegawai"]]
    return [log_in(url, host, user) for user in users]


def write(sessions: list[Session], path: Path) -> None:
    """For punch.lua. The file holds live sessions: the caller keeps it private and removes it."""
    lines = [f"{one.sid} {one.csrf} {one.latitude} {one.longitude}\n" for one in sessions]
    path.write_text("".join(lines))
