"""Hari Libur as Holiday Lists: one for each year, pattern of weekly days off, and OPD that has days of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import foreign, mapping
from spbe_attendance.integrations.erpnext.tally import DIBUAT, DIUBAH, TETAP, Tally
from spbe_attendance.kehadiran.jadwal import resolve, source
from spbe_attendance.worktime.calendar import Calendar, Holiday, days

KIND = "Hari Libur"
WEEK = 7
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@dataclass(frozen=True, slots=True)
class Pattern:
    """``offs``: free weekdays, Monday is 0. ``shift``: works by roster, also on holidays. ``opds``: those with own days off."""

    offs: frozenset[int] = frozenset()
    shift: bool = False
    opds: frozenset[str] = frozenset()

    def name(self, year: int) -> str:
        if self.shift:
            return f"SPBE {year} Bergilir"
        own = f" {'+'.join(sorted(self.opds))}" if self.opds else ""
        return f"SPBE {year} Libur {mapping.days_name(self.offs)}{own}"[:140]


def patterns(people: Sequence[tuple[str, str]], year: int) -> dict[str, Pattern]:
    """By Pegawai, for (Pegawai, OPD): from the hours of the first full week from today, or of the year if that is another one."""
    today = getdate()
    start = today if today.year == year else date(year, 1, 1)
    monday = start + timedelta(days=-start.weekday() % WEEK)
    due = resolve.schedules(people, monday, monday + timedelta(days=WEEK - 1))
    local = local_opds(source.holidays(date(year, 1, 1), date(year, 12, 31)))
    found = {}
    for person, _opd in people:
        week = [due[person, monday + timedelta(days=offset)] for offset in range(WEEK)]
        if any(day.level == resolve.ROSTER or not day.plan.known for day in week):
            found[person] = Pattern(shift=True)
        else:
            offs = frozenset(weekday for weekday, day in enumerate(week) if not day.plan.windows)
            found[person] = Pattern(offs, opds=local & week[0].opds)
    return found


def local_opds(rows: Sequence[Holiday]) -> frozenset[str]:
    return frozenset().union(*(row.opds for row in rows if row.opds))


def list_rows(pattern: Pattern, year: int, rows: Sequence[Holiday]) -> list[tuple[date, str, bool]]:
    """(day, what, weekly off), each day once; a holiday goes before the weekly day off that it falls on."""
    if pattern.shift:
        return []
    calendar = Calendar(tuple(rows))
    found = []
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        holiday = calendar.on(day, pattern.opds)
        if holiday:
            found.append((day, holiday.name, False))
        elif day.weekday() in pattern.offs:
            found.append((day, WEEKDAYS[day.weekday()], True))
    return found


def sync(used: Mapping[int, set[Pattern]], tally: Tally, *, dry: bool = False) -> None:
    """Lists for the patterns that somebody has, by year."""
    for year, wanted in sorted(used.items()):
        rows = source.holidays(date(year, 1, 1), date(year, 12, 31))
        for pattern in sorted(wanted, key=lambda item: item.name(year)):
            name = pattern.name(year)
            if dry:
                tally.add(TETAP if foreign.exists(foreign.HOLIDAY_LIST, name) else DIBUAT)
                continue
            tally.attempt(
                KIND,
                name,
                _("Holiday List {0}").format(name),
                lambda name=name, pattern=pattern, year=year, rows=rows: _save(name, pattern, year, rows),
            )


def _save(name: str, pattern: Pattern, year: int, rows: Sequence[Holiday]) -> str:
    outcome = foreign.holiday_list(name, date(year, 1, 1), date(year, 12, 31), list_rows(pattern, year, rows))
    return {"made": DIBUAT, "changed": DIUBAH}.get(outcome or "", TETAP)
