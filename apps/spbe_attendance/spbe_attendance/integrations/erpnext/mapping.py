"""What ours is called there. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spbe_attendance.kepegawaian import identity
from spbe_attendance.worktime import codes

GENDERS = {"Laki-laki": "Male", "Perempuan": "Female"}
ACTIVE, INACTIVE, LEFT = "Active", "Inactive", "Left"
STATUSES = {"Aktif": ACTIVE, "Nonaktif": INACTIVE, "Pensiun": LEFT, "Pindah": LEFT}
LOG_TYPES = {codes.MASUK: "IN", codes.PULANG: "OUT"}
PRESENT, ABSENT, ON_LEAVE, HALF_DAY, AT_HOME = "Present", "Absent", "On Leave", "Half Day", "Work From Home"


@dataclass(frozen=True, slots=True)
class Attendance:
    """``other_half``: of a half day, Present or Absent. ``permit``: the code of the leave, empty without."""

    status: str
    other_half: str = ""
    permit: str = ""
    late: bool = False
    early: bool = False


def attendance(row: Mapping[str, Any]) -> Attendance | None:
    """A day of Rekap Harian as an Attendance; None: not a working day, or not final."""
    if not row["hari_kerja"] or row["sementara"] or not row["kode_utama"]:
        return None
    whole = _whole(row["kode_utama"])
    found = whole
    if row["kode_kedua"] and row["bagian_kedua"]:
        found = _halves(whole, _whole(row["kode_kedua"]))
    late, early = bool(row["tingkat_terlambat"]), bool(row["tingkat_pulang_cepat"])
    return Attendance(found.status, found.other_half, found.permit, late, early)


def _whole(code: str) -> Attendance:
    if code in codes.LEAVE:
        return Attendance(ON_LEAVE, permit=code)
    return Attendance({codes.TANPA_KETERANGAN: ABSENT, codes.WFA: AT_HOME}.get(code, PRESENT))


def _halves(first: Attendance, second: Attendance) -> Attendance:
    states = {first.status, second.status}
    if len(states) == 1:
        return first
    if ON_LEAVE in states:
        permit = first.permit or second.permit
        return Attendance(HALF_DAY, ABSENT if ABSENT in states else PRESENT, permit)
    return Attendance(HALF_DAY, ABSENT) if ABSENT in states else Attendance(PRESENT)


@dataclass(frozen=True, slots=True)
class Told:
    """What a NIP tells about its holder, for records that lack it; None where it tells nothing."""

    born: str | None = None
    sex: str | None = None
    since: str | None = None


def told_by(nip: str | None) -> Told:
    """A PNS's number names the month of the first appointment, a PPPK's only the year, which is not enough."""
    try:
        parsed = identity.parse_nip(nip or "")
    except identity.IdentityError:
        return Told()
    month = f"{parsed.value[8:12]}-{parsed.value[12:14]}-01" if parsed.kind == "PNS" else None
    return Told(parsed.born.isoformat(), GENDERS["Perempuan" if parsed.female else "Laki-laki"], month)


def days_name(offs: frozenset[int]) -> str:
    """Weekdays (Monday is 0) that are free, as a list's name has them: Sab-Min."""
    names = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
    return "-".join(names[day] for day in sorted(offs)) or "tanpa"


def fingerprint(values: Mapping[str, Any]) -> str:
    """Tells whether what was sent differs from what should be."""
    text = json.dumps({key: str(value) for key, value in values.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def iso(value: date | str | None) -> str | None:
    return str(value)[:10] if value else None
