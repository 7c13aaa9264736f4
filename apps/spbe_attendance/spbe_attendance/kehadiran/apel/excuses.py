"""Why somebody could not come to an event: approved permits, duty rosters and outages. A constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.utils import getdate

from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.gangguan import cover
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.worktime.types import Outage

SHIFT, OFF_DUTY, OUTAGE = "Dinas Shift", "Lepas Dinas", "Gangguan Layanan"
MORNING, AFTERNOON = "Pagi", "Siang"
NOON = time(12, 0)
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Permit:
    first: date
    last: date
    half: str
    group: str

    def covers(self, moment: datetime) -> bool:
        """Half a day excuses the events of that half."""
        if not self.first <= moment.date() <= self.last:
            return False
        if self.half == MORNING:
            return moment.time() < NOON
        return moment.time() >= NOON if self.half == AFTERNOON else True


@dataclass
class Excuses:
    permits: dict[str, list[Permit]] = field(default_factory=lambda: defaultdict(list))
    rosters: dict[tuple[str, date], str] = field(default_factory=dict)
    # When the shift of the evening before ends, by person and morning.
    nights: dict[tuple[str, date], datetime] = field(default_factory=dict)
    outages: tuple[Outage, ...] = ()

    def reason(self, pegawai: str, begin: datetime) -> str | None:
        """The group of the permit (Cuti, Sakit, Izin, Dinas Luar, …) or the roster's word at the beginning of an event."""
        for permit in self.permits.get(pegawai, ()):
            if permit.covers(begin):
                return permit.group
        ends = self.nights.get((pegawai, begin.date()))
        if ends and begin < ends:
            return SHIFT
        return self.rosters.get((pegawai, begin.date()))

    def outage(self, place: str, above: Collection[str], begin: datetime, end: datetime) -> str | None:
        """Whether punches of an event could not be taken at its place, for staff of an OPD with all ``above`` it."""
        for row in self.outages:
            named = (row.places is None or place in row.places) and (
                row.opds is None or not row.opds.isdisjoint(above)
            )
            if named and row.first <= end and row.last >= begin:
                return OUTAGE
        return None


def between(first: date, last: date) -> Excuses:
    """All that excuses anybody from ``first`` to ``last``."""
    found = Excuses(outages=cover.windows(first, last))
    for row in in_force.permits(None, first, last):
        found.permits[row.pegawai].append(read_permit(row))
    for row in rosters(first - ONE, last):
        day = getdate(row["tanggal"])
        if row["esok"]:
            found.nights[row["pegawai"], day + ONE] = times.at(day + ONE, row["selesai"])
        # Whoever has any shift on a day is on duty, whatever else the roster says.
        if day >= first and (row["shift"] or (row["pegawai"], day) not in found.rosters):
            found.rosters[row["pegawai"], day] = SHIFT if row["shift"] else OFF_DUTY
    return found


def read_permit(row: Any) -> Permit:
    """Half a day is one day's half: a longer permit covers its days whole."""
    return Permit(row.dari, row.sampai, row.setengah_hari if row.dari == row.sampai else "", row.kelompok)


def rosters(first: date, last: date) -> list[dict[str, Any]]:
    """``esok``: the shift ends on the next date, at ``selesai``."""
    fields = ["pegawai", "tanggal", "shift", "shift.selesai as selesai", "shift.selesai_hari_berikut as esok"]
    return frappe.get_all("Roster Dinas", {"tanggal": ["between", (first, last)]}, fields)
