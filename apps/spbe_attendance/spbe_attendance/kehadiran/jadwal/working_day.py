"""The working day a punch belongs to: a night shift's clock-out stays with the evening before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import frappe

from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.schedule import day_of

ONE = timedelta(days=1)


def working_day(pegawai: str, opd: str, jenis: str, moment: datetime) -> date:
    """The calendar date, unless the person's roster of the days around says otherwise."""
    day = moment.date()
    if jenis == codes.APEL:
        return day  # an event has a date of its own
    # Only rosters cross midnight; whoever has none costs one look at an index.
    around = {"pegawai": pegawai, "tanggal": ["between", [day - ONE, day + ONE]]}
    if not frappe.db.exists("Roster Dinas", around):
        return day
    found = resolve.schedules([(pegawai, opd)], day - ONE, day + ONE)
    return day_of(jenis, moment, [entry.plan for _key, entry in sorted(found.items())])
