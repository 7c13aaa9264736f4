"""Computed days of invented persons, written straight into Rekap Harian: reports read nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from spbe_attendance.tests.rekap_world import bulk

LEVELS = {"1": 0.5, "2": 1, "3": 1.25, "4": 1.5}
OFF = {"L", "CBer"}


def day(pegawai: str, opd: str, when: date, kode: str = "H", **values: Any) -> dict[str, Any]:
    """A row as the closing writes it; ``kode`` as in the row ("H,TL2"), ``late``/``early`` in minutes, None for a missing punch."""
    late, early = values.pop("late", 0), values.pop("early", 0)
    found = kode.split(",")
    level = {name: next((code[-1] for code in found if code.startswith(name)), "") for name in ("TL", "PSW")}
    percent = sum(LEVELS.get(step, 0) for step in level.values()) + (3 if found[0] == "TK" else 0)
    here = found[0] == "H"
    return {
        "pegawai": pegawai,
        "tanggal": when,
        "opd": opd,
        "status_kepegawaian": "PNS",
        "kode": kode,
        "kode_utama": found[0],
        "kode_kedua": None,
        "bagian_kedua": 0,
        "hari_kerja": int(found[0] not in OFF),
        "sementara": 0,
        "tinjau": 0,
        "masuk": None
        if late is None or not here
        else datetime.combine(when, time(7, 30)) + timedelta(minutes=late),
        "pulang": None
        if early is None or not here
        else datetime.combine(when, time(16)) - timedelta(minutes=early),
        "menit_terlambat": late or 0,
        "menit_pulang_cepat": early or 0,
        "tingkat_terlambat": int(level["TL"] or 0),
        "tingkat_pulang_cepat": int(level["PSW"] or 0),
        "koreksi": 0,
        "apel_hadir": 0,
        "apel_tidak_hadir": 0,
        "persen_apel": 0,
        "persen_potongan": percent,
        "penjelasan": "[]",
        **values,
    }


def write(rows: Iterable[dict[str, Any]]) -> None:
    bulk("Rekap Harian", rows)


def month(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def full_month(names: Sequence[str], opd_of: dict[str, str], first: date, last: date) -> None:
    """Everybody every day: weekends off, every seventh day of somebody late, every thirtieth without reason."""
    rows = []
    for number, name in enumerate(names):
        for when in month(first, last):
            turn = number + when.day
            if when.weekday() > 4:
                rows.append(day(name, opd_of[name], when, "L"))
            elif turn % 30 == 0:
                rows.append(day(name, opd_of[name], when, "TK"))
            elif turn % 7 == 0:
                rows.append(day(name, opd_of[name], when, "H,TL2", late=45))
            else:
                rows.append(day(name, opd_of[name], when))
    write(rows)
