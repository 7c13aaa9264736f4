"""Who is counted on a day, and in which unit: active staff; on days gone by as the recap has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from pypika.terms import Term

from spbe_attendance.kehadiran.rekapitulasi.facts import members
from spbe_attendance.pemantauan.ringkas import joined
from spbe_attendance.worktime import codes

RECAP = ("pegawai", "opd", "kode", "kode_utama", "hari_kerja", "masuk", "pulang")
LATE = ("menit_terlambat", "tingkat_terlambat", "status_kepegawaian")


@dataclass(slots=True)
class Counted:
    """``row``: what the recap says of a day that is over, None where it has said nothing."""

    name: str
    opd: str
    status: str
    row: Any = None


def of_day(day: date, today: date, units: Sequence[str] | None) -> list[Counted]:
    """Everybody, or the staff of these units on that day. A handful of statements, however many people there are."""
    rows = _recap_rows(day, units) if day < today else []
    known = {row.pegawai for row in rows}
    found = [Counted(row.pegawai, row.opd, row.status_kepegawaian, row) for row in rows]
    for opd, serving in _serving(day, today, units):
        # Leaving those of the recap out here costs less than a look at its table for each person.
        found += [Counted(name, opd, status) for name, status in serving if name not in known]
    return [*found, *_moved(day, today, units, known)]


def _serving(day: date, today: date, units: Sequence[str] | None) -> Iterator[tuple[str, list[list[str]]]]:
    """By OPD, name and employment status of each. Who was registered later could not be expected on a day gone by."""
    person, query = frappe.qb.DocType("Pegawai"), _people(day, units)
    if day < today:
        query = query.where(person.creation < _end(day))
    return joined.groups(query, person.opd, person.name, person.status_kepegawaian)


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time())


def _people(day: date, units: Sequence[str] | None) -> Any:
    person = frappe.qb.DocType("Pegawai")
    query = (
        frappe.qb.from_(person)
        .where(person.status == codes.AKTIF)
        .where(person.mulai_bertugas.isnull() | (person.mulai_bertugas <= day))
        .where(person.berlaku_sejak.isnull() | (person.berlaku_sejak <= day))
    )
    return query if units is None else query.where(person.opd.isin(list(units) or [""]))


def _moved(day: date, today: date, units: Sequence[str] | None, known: set[str]) -> list[Counted]:
    """Those whose present position began after the day: what they were on it."""
    person = frappe.qb.DocType("Pegawai")
    later: Term = person.berlaku_sejak > day
    query = frappe.qb.from_(person).select(person.name).where(later)
    if day < today:
        query = query.where(person.creation < _end(day))
    names = [name for (name,) in query.run() if name not in known]
    if not names:
        return []
    recorded = {row.pegawai for row in _recap_rows(day, None, names)} if day < today else set()
    found = []
    for member in members([name for name in names if name not in recorded]).values():
        standing = member.on(day, None)
        if standing and (units is None or standing.opd in units):
            found.append(Counted(member.name, standing.opd, standing.status))
    return found


def _recap_rows(day: date, units: Sequence[str] | None, names: Sequence[str] | None = None) -> list[Any]:
    rekap = frappe.qb.DocType("Rekap Harian")
    query = frappe.qb.from_(rekap).select(*[rekap[field] for field in (*RECAP, *LATE)])
    query = query.where(rekap.tanggal == day)
    if names is not None:
        query = query.where(rekap.pegawai.isin(list(names) or [""]))
    # Naming the units lets the key on OPD and day serve.
    named = frappe.get_all("OPD", pluck="name") if units is None and names is None else units
    return (query if named is None else query.where(rekap.opd.isin(list(named) or [""]))).run(as_dict=True)
