"""What the resolution of schedules reads: one statement each, whatever the number of persons and days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, flt

from spbe_attendance.kehadiran.jadwal import hours
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.worktime.calendar import Holiday
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.hours import Hours
from spbe_attendance.worktime.schedule import Week

# Above it a list of names costs more than reading the rows of everybody in those days.
MANY = 500
MINUTES = 60


@dataclass
class Units:
    """The tree of OPD."""

    parents: dict[str, str | None]
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _sets: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Units:
        unit = frappe.qb.DocType("OPD")
        return cls(dict(frappe.qb.from_(unit).select(unit.name, unit.induk).run()))

    def above(self, opd: str) -> tuple[str, ...]:
        """The OPD itself, then upwards."""
        if opd not in self._paths:
            path: list[str] = []
            unit: str | None = opd
            while unit and unit not in path:
                path.append(unit)
                unit = self.parents.get(unit)
            self._paths[opd] = tuple(path)
        return self._paths[opd]

    def set_above(self, opd: str) -> frozenset[str]:
        if opd not in self._sets:
            self._sets[opd] = frozenset(self.above(opd))
        return self._sets[opd]


def units() -> Units:
    return known.value(known.TEMPAT, "units", Units.load)


@dataclass(frozen=True)
class Pattern:
    """A Jadwal Kerja. ``ramadan`` is None where it has no such hours: the normal ones hold then, too."""

    name: str
    jenis: str
    week: Week
    ramadan: Week | None
    minutes: int
    ramadan_minutes: int
    dasar: str


def assignments(names: set[str], first: date, last: date) -> list[dict[str, Any]]:
    """Those of these persons, of all OPD and of all that touch the days; the latest start first."""
    row, query = _assignments(first, last)
    if known.in_use():
        others, whose = known.value(
            known.JADWAL, ("assignments", first, last), lambda: _for_many_and_for_whom(first, last)
        )
        # Hardly anybody has an own one.
        own = sorted(names & whose)
        return others + (query.where(row.pegawai.isin(own)).run(as_dict=True) if own else [])
    if len(names) <= MANY:
        query = query.where((row.berlaku_untuk != "Pegawai") | row.pegawai.isin(sorted(names)))
    return query.run(as_dict=True)


def _for_many_and_for_whom(first: date, last: date) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """The assignments that name no person, and the persons whom others name."""
    row, query = _assignments(first, last)
    own = row.berlaku_untuk == "Pegawai"
    whose = frappe.qb.from_(row).select(row.pegawai).distinct().where(own & _touches(row, first, last))
    return query.where(~own).run(as_dict=True), frozenset(name for (name,) in whose.run())


def _touches(row: Any, first: date, last: date) -> Any:
    return (row.dari <= last) & (row.sampai.isnull() | (row.sampai >= first))


def _assignments(first: date, last: date) -> tuple[Any, Any]:
    row = frappe.qb.DocType("Penugasan Jadwal")
    query = (
        frappe.qb.from_(row)
        .select(row.name, row.berlaku_untuk, row.pegawai, row.opd, row.jadwal, row.dari, row.sampai)
        .where(_touches(row, first, last))
        .orderby(row.dari, order=frappe.qb.desc)
    )
    return row, query


def patterns() -> dict[str, Pattern]:
    """All schedules, inactive ones too: days of the past keep theirs. Broken ones, which saving refuses, are left out."""
    schedule, day = frappe.qb.DocType("Jadwal Kerja"), frappe.qb.DocType("Jadwal Kerja Hari")
    heads = frappe.qb.from_(schedule).select(
        schedule.name,
        schedule.jenis,
        schedule.dasar,
        schedule.jam_per_minggu,
        schedule.jam_per_minggu_ramadan,
        schedule.toleransi_menit,
        schedule.toleransi_diganti,
    )
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    fields = [day[name] for name in hours.DAY_FIELDS]
    for row in frappe.qb.from_(day).select(day.parent, *fields).run(as_dict=True):
        rows[row["parent"]].append(row)
    found = {}
    for head in heads.run(as_dict=True):
        pattern = as_pattern(head, rows[head["name"]])
        if pattern:
            found[pattern.name] = pattern
    return found


def as_pattern(head: Any, rows: list[dict[str, Any]]) -> Pattern | None:
    def build(row: Any) -> Hours:
        return hours.weekday_hours(
            row,
            key=head.get("name") or "",
            grace=cint(head.get("toleransi_menit")),
            payback=bool(cint(head.get("toleransi_diganti"))),
        )

    try:
        week, ramadan = (hours.week_of(rows, varian, build) for varian in (hours.BIASA, hours.RAMADAN))
    except BrokenSchedule:
        return None
    return Pattern(
        head.get("name") or "",
        head.get("jenis") or "",
        week,
        ramadan if any(ramadan) else None,
        round(flt(head.get("jam_per_minggu")) * MINUTES),
        round(flt(head.get("jam_per_minggu_ramadan")) * MINUTES),
        head.get("dasar") or "",
    )


def periods(first: date, last: date) -> list[dict[str, Any]]:
    row = frappe.qb.DocType("Periode Jadwal")
    return (
        frappe.qb.from_(row)
        .select(row.name, row.varian, row.dari, row.sampai, row.opd, row.dasar)
        .where((row.dari <= last) & (row.sampai >= first))
        .orderby(row.dari, row.name)
        .run(as_dict=True)
    )


def roster(names: set[str], first: date, last: date) -> dict[tuple[str, date], tuple[str, ...]]:
    """Shift codes in order; an empty tuple where the person is rostered off."""
    if known.in_use():
        names = names & rostered(first, last)
        if not names:
            return {}
    row = frappe.qb.DocType("Roster Dinas")
    query = (
        frappe.qb.from_(row)
        .select(row.pegawai, row.tanggal, row.shift)
        .where(row.tanggal[first:last])
        .orderby(row.urutan)
    )
    if len(names) <= MANY:
        query = query.where(row.pegawai.isin(sorted(names)))
    found: dict[tuple[str, date], tuple[str, ...]] = {}
    for person, day, shift in query.run():
        before = found.get((person, day), ())
        found[(person, day)] = (*before, shift) if shift else before
    return found


def rostered(first: date, last: date) -> frozenset[str]:
    """Who has a roster on any of these days."""
    return known.value(known.ROSTER, (first, last), lambda: _rostered(first, last))


def _rostered(first: date, last: date) -> frozenset[str]:
    row = frappe.qb.DocType("Roster Dinas")
    found = frappe.qb.from_(row).select(row.pegawai).distinct().where(row.tanggal[first:last]).run()
    return frozenset(name for (name,) in found)


def shifts() -> dict[str, Hours]:
    """All shifts by code; broken ones, which saving refuses, are left out."""
    row = frappe.qb.DocType("Shift Kerja")
    fields = [row[name] for name in hours.SHIFT_FIELDS]
    found = {}
    for shift in frappe.qb.from_(row).select(row.kode, *fields).run(as_dict=True):
        try:
            found[shift["kode"]] = hours.shift_hours(shift)
        except BrokenSchedule:
            continue
    return found


def holidays(first: date, last: date) -> tuple[Holiday, ...]:
    """Days in force. A day of one OPD holds for all below it: the engine asks with the person's OPD and all above."""
    row = frappe.qb.DocType("Hari Libur")
    rows = (
        frappe.qb.from_(row)
        .select(row.tanggal, row.jenis, row.nama_libur, row.dasar, row.opd)
        .where((row.status == "Berlaku") & row.tanggal[first:last])
        .run(as_dict=True)
    )
    return tuple(
        Holiday(
            day["tanggal"],
            day["jenis"],
            day["nama_libur"],
            day["dasar"] or "",
            frozenset([day["opd"]]) if day["jenis"] == "Libur OPD" else None,
        )
        for day in rows
    )
