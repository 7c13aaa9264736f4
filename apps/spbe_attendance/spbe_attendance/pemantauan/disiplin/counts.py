"""The year's marks of PNS and CPNS out of Rekap Harian; the engine counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from pypika import functions

from spbe_attendance.pemantauan.laporan import people
from spbe_attendance.pemantauan.laporan.scope import GROUPS, Scope
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.discipline import DAY_MINUTES, DayMark, DisciplineCount, count

# Days in a row go on over New Year: enough days before it that nine working days fit in between holidays.
BEFORE = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class PersonCount:
    pegawai: str
    person: dict[str, Any]
    count: DisciplineCount


def read(scope: Scope, *, with_minutes: bool = False) -> list[PersonCount]:
    """Persons with at least one absent day in the year, with ``with_minutes`` also those with minutes for a day. Three statements.

    ``scope``: the units the persons belong to today; their days count wherever they were then.
    """
    names = _concerned(scope, with_minutes)
    if not names:
        return []
    marks = _marks(names, scope.first - BEFORE, scope.last)
    persons = people.read(names)
    return [
        PersonCount(name, persons[name], count(marks[name], scope.first.year))
        for name in names
        if name in persons
    ]


def _concerned(scope: Scope, with_minutes: bool) -> list[str]:
    rekap, person = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("Pegawai")
    whole = (rekap.kode_utama == codes.TANPA_KETERANGAN) & (rekap.bagian_kedua == 0)
    absent = functions.Sum(whole & (rekap.hari_kerja == 1))
    minutes = functions.Sum(rekap.menit_terlambat + rekap.menit_pulang_cepat)
    query = (
        frappe.qb.from_(rekap)
        .join(person)
        .on(person.name == rekap.pegawai)
        .select(rekap.pegawai)
        .where(rekap.tanggal[scope.first : scope.last])
        .where(rekap.status_kepegawaian.isin(GROUPS["PNS"]))
        .groupby(rekap.pegawai)
        .having((absent > 0) | (minutes >= DAY_MINUTES) if with_minutes else absent > 0)
        .orderby(rekap.pegawai)
    )
    if scope.opds is not None:
        query = query.where(person.opd.isin(list(scope.opds)))
    return [row[0] for row in query.run()]


def _marks(names: Sequence[str], first: date, last: date) -> dict[str, list[DayMark]]:
    rekap = frappe.qb.DocType("Rekap Harian")
    rows = (
        frappe.qb.from_(rekap)
        .select(
            rekap.pegawai,
            rekap.tanggal,
            rekap.kode_utama,
            rekap.bagian_kedua,
            rekap.status_kepegawaian,
            rekap.menit_terlambat + rekap.menit_pulang_cepat,
        )
        .where(rekap.pegawai.isin(list(names)) & rekap.tanggal[first:last] & (rekap.hari_kerja == 1))
        .run()
    )
    found: dict[str, list[DayMark]] = defaultdict(list)
    for name, day, code, half, status, minutes in rows:
        # Half a day of absence is none for PP 94, which counts days; nor is one under another status.
        absent = code == codes.TANPA_KETERANGAN and not half and status in GROUPS["PNS"]
        found[name].append(DayMark(day, True, absent, int(minutes or 0)))
    return found
