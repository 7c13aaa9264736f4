"""Loads the demo: offices, places, invented staff, a month of history, exceptions waiting, log-ins.

Punches of the past are written in bulk, with the words and verdicts that the judgement itself gives: the same functions make them.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime

from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.geofence.types import DALAM, LUAR, Policy, Position
from spbe_attendance.kehadiran.pencatatan import judgement, places
from spbe_attendance.setup.demo import logins, regency
from spbe_attendance.setup.demo.people import Person, make_people

MARK = "spbe_demo"
# The open window where anybody punches at any hour: log-ins of the demo must work whenever somebody tries them.
DEGREE = 110_574.0


def run(
    pegawai: int = 300,
    hari: int = 30,
    seed: int = 1,
    logins_path: str | None = None,
    url: str = "",
    host: str = "",
    admin_password: str = "",
) -> None:
    """Idempotent: what is there already stays. Refuses a site that holds other people's data."""
    if not frappe.db.get_default(MARK) and frappe.db.count("Pegawai"):
        frappe.throw("This site has staff of its own: demo data are for fresh sites only.")
    frappe.db.set_default(MARK, "1")
    load_offices()
    load_places()
    names = load_people(pegawai, seed)
    load_history(names, hari, seed)
    load_waiting(names, seed)
    frappe.db.commit()  # the log-in file below must not name accounts that are not there
    if logins_path:
        logins.write(logins_path, url, host, admin_password)
    frappe.db.commit()
    frappe.clear_cache()


def load_offices() -> None:
    code, name, short = regency.REGENCY
    rows = [(code, name, short, None, 1)]
    rows += [(kode, nama, singkatan, code, 0) for kode, nama, singkatan, *_ in regency.offices()]
    for kode, nama, singkatan, induk, group in rows:
        if not frappe.db.exists("OPD", kode):
            frappe.get_doc(
                {
                    "doctype": "OPD",
                    "kode": kode,
                    "nama_opd": nama,
                    "singkatan": singkatan,
                    "induk": induk,
                    "is_group": group,
                }
            ).insert()


def load_places() -> None:
    for number, (kode, nama, _short, lat, lon) in enumerate(regency.offices()):
        shape = (
            polygon(lat, lon)
            if number % 4 == 3
            else {"jenis_area": "Radius", "latitude": lat, "longitude": lon, "radius": 80}
        )
        add_place(f"Kantor {nama}", opd=kode, **shape)
    add_place(
        "Halaman Kantor Bupati, Jalan Dorak",
        semua_opd=1,
        jenis_area="Radius",
        latitude=0.9957,
        longitude=102.7035,
        radius=120,
    )
    lat, lon = 1.0021, 102.7200
    add_place("Puskesmas Alah Air, gedung utama dan rawat inap", opd="DINKES", **two_buildings(lat, lon))


def add_place(name: str, **values: Any) -> None:
    if not frappe.db.exists("OPD Lokasi", {"nama_lokasi": name}):
        frappe.get_doc({"doctype": "OPD Lokasi", "nama_lokasi": name, "aktif": 1, **values}).insert()


def ring(lat: float, lon: float, half: float) -> list[list[float]]:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[round(lon + x * half, 7), round(lat + y * half, 7)] for x, y in corners]


def drawn(kind: str, coordinates: list[Any]) -> dict[str, Any]:
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
    return {
        "jenis_area": "Poligon",
        "area": frappe.as_json({"type": "FeatureCollection", "features": [feature]}, indent=None),
    }


def polygon(lat: float, lon: float) -> dict[str, Any]:
    return drawn("Polygon", [ring(lat, lon, 0.0007)])


def two_buildings(lat: float, lon: float) -> dict[str, Any]:
    """Two buildings, the first round an inner yard that does not count."""
    return drawn(
        "MultiPolygon",
        [[ring(lat, lon, 0.0008), list(reversed(ring(lat, lon, 0.0002)))], [ring(lat + 0.003, lon, 0.0005)]],
    )


def load_people(count: int, seed: int) -> list[str]:
    """Names of the demo's staff in order; only the missing ones are added."""
    known = {
        row.nik: row.name
        for row in frappe.get_all("Pegawai", {"nik": ["is", "set"]}, ["name", "nik"], limit_page_length=0)
    }
    offices = [kode for kode, *_ in regency.offices()]
    people = make_people(count, seed)
    fresh = [(number, person) for number, person in enumerate(people) if person.nik not in known]
    fields = [
        "name",
        "owner",
        "modified_by",
        "creation",
        "modified",
        "docstatus",
        "idx",
        "nama",
        "jenis_kelamin",
        "tanggal_lahir",
        "status",
        "status_kepegawaian",
        "nip",
        "nomor_pegawai",
        "nik",
        "opd",
        "jabatan",
        "golongan",
    ]
    rows = [row_of(number, person, offices, seed) for number, person in fresh]
    if rows:
        frappe.db.bulk_insert("Pegawai", fields, rows)
    known |= {person.nik: row[0] for (_, person), row in zip(fresh, rows, strict=True)}
    return [known[person.nik] for person in people]


def row_of(number: int, person: Person, offices: list[str], seed: int) -> tuple[Any, ...]:
    now = now_datetime()
    key = hashlib.sha256(f"{seed}-{number}".encode()).hexdigest()[:10]
    sex = "Perempuan" if person.perempuan else "Laki-laki"
    return (
        *(key, "Administrator", "Administrator", now, now, 0, 0, person.nama, sex, person.lahir, "Aktif"),
        *(person.status_kepegawaian, person.nip, None if person.nip else f"9{number:07d}", person.nik),
        *(offices[number % len(offices)], person.jabatan, person.golongan),
    )


def load_history(names: list[str], days: int, seed: int) -> None:
    """In and out of every past working day, in one bulk insert; days that have punches already are left alone."""
    today = getdate()
    have = set(frappe.get_all("Absensi", pluck="tanggal", distinct=True, limit_page_length=0))
    wanted = [today - timedelta(days=back) for back in range(days, 0, -1)]
    opd_of = dict(
        frappe.get_all("Pegawai", {"name": ["in", names]}, ["name", "opd"], as_list=True, limit_page_length=0)
    )
    fences = {opd: places.usable_fences(places.applying(opd, today)) for opd in set(opd_of.values())}
    titles = dict(
        frappe.get_all("OPD Lokasi", fields=["name", "nama_lokasi"], as_list=True, limit_page_length=0)
    )
    rows = []
    for day in wanted:
        if day.weekday() < 5 and day not in have:
            for name in names:
                rows += day_rows(name, opd_of[name], day, fences[opd_of[name]], titles, seed)
    if rows:
        frappe.db.bulk_insert("Absensi", PUNCH_FIELDS, rows)


PUNCH_FIELDS = [
    "name",
    "owner",
    "modified_by",
    "creation",
    "modified",
    "docstatus",
    "idx",
    "pegawai",
    "opd",
    "tanggal",
    "jenis",
    "status",
    "waktu",
    "waktu_awal",
    "waktu_akhir",
    "waktu_tiba",
    "sumber",
    "putusan_lokasi",
    "latitude",
    "longitude",
    "akurasi",
    "lokasi",
    "jarak",
    "alasan",
    "penjelasan",
    "foto_status",
    "id_klien",
    "perlu_tinjau",
]


def day_rows(
    name: str, opd: str, day: date, fences: list[Any], titles: dict[str, str], seed: int
) -> list[tuple[Any, ...]]:
    chance = random.Random(f"{seed}-{name}-{day}")  # noqa: S311 - invented history, no secret
    if chance.random() < 0.04:
        return []
    rows = []
    for jenis, minutes in (("Masuk", chance.gauss(-12, 9)), ("Pulang", chance.gauss(8, 8))):
        if jenis == "Pulang" and chance.random() < 0.02:
            continue
        start = (
            datetime(day.year, day.month, day.day, 7, 30)
            if jenis == "Masuk"
            else datetime(day.year, day.month, day.day, 16)
        )
        moment = (start + timedelta(minutes=minutes)).replace(second=chance.randrange(60))
        rows.append(punch_row(chance, name, opd, jenis, moment, fences, titles))
    return rows


def punch_row(
    chance: random.Random,
    name: str,
    opd: str,
    jenis: str,
    moment: datetime,
    fences: list[Any],
    titles: dict[str, str],
) -> tuple[Any, ...]:
    away = chance.random() < 0.02
    lat, lon = centre(fences[0].shape)
    position = Position(
        round(lat + chance.gauss(0, 12) / DEGREE + (0.02 if away else 0), 7),
        round(lon + chance.gauss(0, 12) / DEGREE, 7),
        round(chance.uniform(5, 45), 1),
    )
    verdict = evaluate(position, fences, Policy(1000))
    place = titles[verdict.fence_key]
    status = "Disetujui" if verdict.result == LUAR else "Sah"
    id_klien = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    return (
        *(
            id_klien.replace("-", "")[:10],
            "Administrator",
            "Administrator",
            moment,
            moment,
            0,
            0,
            name,
            opd,
            moment.date(),
        ),
        *(jenis, status, moment, moment, moment, moment, "PWA", verdict.result, position.lat, position.lon),
        *(
            position.accuracy,
            verdict.fence_key,
            round(verdict.distance, 1),
            "Rapat koordinasi di luar kantor" if status == "Disetujui" else None,
        ),
        *(
            judgement.explain(place, verdict),
            "Tidak Diminta",
            id_klien,
            int(verdict.result not in (DALAM, LUAR) and chance.random() < 0.1),
        ),
    )


def centre(shape: Any) -> tuple[float, float]:
    """A point inside: a circle's centre, or one that shapely vouches for."""
    if hasattr(shape, "radius"):
        return shape.lat, shape.lon
    point = shape.geometry.representative_point()
    return point.y, point.x


def load_waiting(names: list[str], seed: int) -> None:
    """Exceptions of today that wait for a decision, judged like any punch."""
    for number, name in enumerate(names[:12]):
        id_klien = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}-{name}-{getdate()}"))
        if frappe.db.exists("Absensi", {"id_klien": id_klien}):
            continue
        opd = frappe.db.get_value("Pegawai", name, "opd")
        lat, lon = centre(places.usable_fences(places.applying(opd, getdate()))[0].shape)
        frappe.get_doc(
            {
                "doctype": "Absensi",
                "pegawai": name,
                "jenis": "Masuk",
                "latitude": lat + 0.01 + number / 5000,
                "longitude": lon,
                "akurasi": 15,
                "id_klien": id_klien,
                "alasan": "Mengantar berkas ke kantor camat",
            }
        ).insert()
