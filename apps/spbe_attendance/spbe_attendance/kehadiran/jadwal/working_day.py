"""The working day a punch belongs to: a night shift's clock-out stays with the evening before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import frappe

from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.schedule import day_of

ONE = timedelta(days=1)


def working_day(pegawai: str, opd: str, jenis: str, moment: datetime) -> date:
    """The calendar date, unless the person's roster of the days around says otherwise."""
    day = moment.date()
    if jenis == codes.APEL:
        return day  # an event has a date of its own
    if not has_roster(pegawai, day):
        return day
    found = resolve.schedules([(pegawai, opd)], day - ONE, day + ONE)
    return day_of(jenis, moment, [entry.plan for _key, entry in sorted(found.items())])


def has_roster(pegawai: str, day: date) -> bool:
    """Around that day: only rosters cross midnight. Whoever has none costs a look at an index, or at who has one."""
    around = {"tanggal": ["between", [day - ONE, day + ONE]]}
    if known.in_use():
        everybody = known.value(known.ROSTER, day, lambda: frozenset(_with_roster(around)))
        return pegawai in everybody
    return bool(frappe.db.exists("Roster Dinas", {**around, "pegawai": pegawai}))


def _with_roster(around: dict[str, Any]) -> list[str]:
    return frappe.get_all("Roster Dinas", around, pluck="pegawai", distinct=True)
