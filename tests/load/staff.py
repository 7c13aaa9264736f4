"""Ten thousand members of staff as they are on a Monday: accounts, phones that are logged in since last week, a place of work each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

PLACE = {"jenis_area": "Radius", "radius": 80, "aktif": 1, "semua_opd": 0, "hanya_kegiatan": 0}
CHUNK = 2000


@dataclass(frozen=True)
class Phone:
    """A logged-in phone and the place where its owner stands."""

    pegawai: str
    sid: str
    csrf: str
    latitude: float
    longitude: float


def make(frappe: Any, staff: int, units: int) -> list[Phone]:
    """In units below the regency. Committed; whoever has kept places in memory is told."""
    from spbe_attendance.kehadiran.pencatatan import known
    from spbe_attendance.tests import rekap_world as world

    # Names stand once in a site; another run finds those of the first.
    run = secrets.token_hex(3)
    regency = frappe.db.get_value("OPD", {"induk": ["is", "not set"]})
    opds = world.bulk(
        "OPD",
        [
            {
                "nama_opd": f"Unit Senin {n}",
                "kode": f"SENIN-{run}-{n}",
                "induk": regency,
                "lft": 10**7 + 2 * n,
                "rgt": 10**7 + 2 * n + 1,
            }
            for n in range(units)
        ],
    )
    spots = [(1.0 + 0.002 * (n % 20), 102.6 + 0.002 * (n // 20)) for n in range(units)]
    world.bulk(
        "OPD Lokasi",
        [
            {"nama_lokasi": f"Kantor Senin {n}", "opd": opd, "latitude": lat, "longitude": lon, **PLACE}
            for n, (opd, (lat, lon)) in enumerate(zip(opds, spots, strict=True))
        ],
    )
    known.forget(known.TEMPAT)
    phones = []
    for start in range(0, staff, CHUNK):
        numbers = range(start, min(start + CHUNK, staff))
        phones += some(frappe, world, run, [(n, opds[n % units], spots[n % units]) for n in numbers])
        frappe.db.commit()
    return phones


def some(
    frappe: Any, world: Any, run: str, people: list[tuple[int, str, tuple[float, float]]]
) -> list[Phone]:
    users = world.bulk("User", [user_row(f"{run}-{number}") for number, _opd, _spot in people])
    world.bulk(
        "Has Role",
        [
            {"parent": user, "parenttype": "User", "parentfield": "roles", "role": "Pegawai SPBE"}
            for user in users
        ],
    )
    names = world.bulk(
        "Pegawai",
        [
            {
                "nama": f"Orang Senin {number}",
                "opd": opd,
                "status": "Aktif",
                "status_kepegawaian": "PNS",
                "user": user,
            }
            for (number, opd, _spot), user in zip(people, users, strict=True)
        ],
    )
    phones = [
        Phone(name, secrets.token_hex(28), secrets.token_hex(20), lat, lon)
        for name, (_number, _opd, (lat, lon)) in zip(names, people, strict=True)
    ]
    frappe.db.bulk_insert(
        "Sessions",
        ["user", "sid", "sessiondata", "status", "lastupdate"],
        [session_row(user, phone) for user, phone in zip(users, phones, strict=True)],
    )
    return phones


def user_row(number: str) -> dict[str, Any]:
    name = f"senin-{number}@pegawai.invalid"
    return {
        "name": name,
        "email": name,
        "username": f"senin-{number}",
        "first_name": f"Orang Senin {number}",
        "full_name": f"Orang Senin {number}",
        "enabled": 1,
        "user_type": "Website User",
        "language": "id",
        "time_zone": "Asia/Jakarta",
    }


def session_row(user: str, phone: Phone) -> tuple[Any, ...]:
    """As the framework keeps it: a phone that was used last on Friday; Redis has forgotten it meanwhile."""
    friday = datetime.now() - timedelta(days=2)
    data = {
        "user": user,
        "session_ip": "127.0.0.1",
        "last_updated": str(friday),
        "session_expiry": "240:00:00",
        "user_type": "Website User",
        "csrf_token": phone.csrf,
    }
    return user, phone.sid, str(data), "Active", friday
