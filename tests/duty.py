"""People who are on duty from midnight to midnight: tests run at any hour, and who is there outside of the hours is not present."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
HOURS = {"mulai": "12:00:00", "selesai": "23:59:00", "paling_awal": "00:00:00", "batas_masuk": "23:58:00"}


def all_day(call: Callable[..., Any], staff: Iterable[str], first: str, last: str | None = None) -> None:
    """``call``: requests of BKPSDM, (verb, path, json=). From ``first`` on, to ``last`` or for good."""
    schedule = {
        "nama_jadwal": f"Sepanjang hari {uuid.uuid4().hex[:8]}",
        "jenis": "Mingguan",
        "hari": [{"hari": day, "varian": "Biasa", **HOURS} for day in DAYS],
    }
    name = stored(call, "Jadwal Kerja", schedule)["name"]
    for person in staff:
        given = {"berlaku_untuk": "Pegawai", "pegawai": person, "jadwal": name, "dari": first, "sampai": last}
        stored(call, "Penugasan Jadwal", given)


def stored(call: Callable[..., Any], doctype: str, values: dict[str, Any]) -> dict[str, Any]:
    answer = call("POST", f"/api/resource/{doctype}", json=values)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]
