"""Which hours hold for whom on which day: for many persons and days in the same few statements.

Nearest wins: roster of the date > assignment of the person > of the own unit > of OPD above it, upwards > of all >
the hours of Pengaturan Absensi.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frappe.utils import cint

from spbe_attendance.kehadiran.jadwal import hours, source
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.calendar import Calendar, Holiday, days
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.schedule import Plan, Schedule, Variant, roster_plan

PEGAWAI, OPD, SEMUA, ROSTER, PENGATURAN = "Pegawai", "OPD", "Semua", "Roster", "Pengaturan"
SHIFT = "Shift"
Key = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Day:
    """What is due on a date.

    ``plan``: the engine's windows; without any the date is free, and ``plan.known`` is false for a shift worker without roster.
    ``holiday``: the day off of the calendar, also where a roster makes it a working day (the engine decides).
    ``opds``: the person's OPD and all above it. ``jadwal``: the Jadwal Kerja, empty for roster days without one and for the settings' hours.
    ``shifts``: codes of the roster. ``variant``: Ramadan or empty. ``level``: Roster, Pegawai, OPD, Semua or Pengaturan, i.e. what
    won; ``penugasan``: the assignment's name.
    """

    plan: Plan
    holiday: Holiday | None
    opds: frozenset[str]
    jadwal: str = ""
    shifts: tuple[str, ...] = ()
    variant: str = ""
    level: str = PENGATURAN
    penugasan: str = ""

    @property
    def free(self) -> bool:
        """No work is due: a weekly or rostered day off, or a holiday that the person has off."""
        return not self.plan.windows or (self.holiday is not None and not self.plan.rostered)


def schedules(
    people: Sequence[tuple[str, str]],
    first: date,
    last: date,
    moved: Mapping[str, Callable[[date], str]] | None = None,
) -> dict[Key, Day]:
    """What is due for each of ``people`` (Pegawai, OPD) on each date from ``first`` to ``last``, both included.

    ``moved``: of people who were elsewhere before, the OPD by day. The number of SQL statements depends neither on the persons nor on the days.
    """
    if not people or last < first:
        return {}
    resolver = _load({person for person, _opd in people}, first, last)
    dates = tuple(days(first, last))
    elsewhere = moved or {}
    return {
        (person, day): resolver.day(person, elsewhere[person](day) if person in elsewhere else opd, day)
        for person, opd in people
        for day in dates
    }


def on_day(people: Sequence[tuple[str, str]], day: date) -> dict[str, Day]:
    """The same for one day, by person: those of an OPD who have neither roster nor assignment of their own share one Day."""
    if not people:
        return {}
    resolver = _load({person for person, _opd in people}, day, day)
    own = {target for level, target in resolver.by_target if level == PEGAWAI}
    own.update(person for person, _day in resolver.roster)
    shared: dict[str, Day] = {}
    found = {}
    for person, opd in people:
        if person in own:
            found[person] = resolver.day(person, opd, day)
            continue
        if opd not in shared:
            shared[opd] = resolver.day("", opd, day)
        found[person] = shared[opd]
    return found


def _load(names: set[str], first: date, last: date) -> Resolver:
    return Resolver(
        units=source.units(),
        assignments=source.assignments(names, first, last),
        patterns=known.value(known.JADWAL, "patterns", source.patterns),
        periods=known.value(known.JADWAL, ("periods", first, last), lambda: source.periods(first, last)),
        roster=source.roster(names, first, last),
        shifts=known.value(known.JADWAL, "shifts", source.shifts),
        calendar=known.value(
            known.JADWAL, ("calendar", first, last), lambda: Calendar(source.holidays(first, last))
        ),
    )


class Resolver:
    """All that was loaded, and what was worked out from it once."""

    def __init__(
        self,
        *,
        units: source.Units,
        assignments: list[dict[str, Any]],
        patterns: dict[str, source.Pattern],
        periods: list[dict[str, Any]],
        roster: dict[Key, tuple[str, ...]],
        shifts: dict[str, Any],
        calendar: Calendar,
    ):
        self.units, self.patterns, self.periods = units, patterns, periods
        self.roster, self.shifts, self.calendar = roster, shifts, calendar
        self.fallback = Schedule("", hours.usual_week())
        self.by_target: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in assignments:
            target = {PEGAWAI: row["pegawai"], OPD: row["opd"]}.get(row["berlaku_untuk"]) or ""
            self.by_target[(row["berlaku_untuk"], target)].append(row)
        self._schedules: dict[tuple[str, tuple[str, ...]], Schedule] = {}
        self._plans: dict[tuple[str, tuple[str, ...], date], Plan] = {}
        self._rostered: dict[tuple[date, tuple[str, ...]], Plan] = {}

    def day(self, person: str, opd: str, day: date) -> Day:
        path = self.units.above(opd)
        opds = self.units.set_above(opd)
        holiday = self.calendar.on(day, opds)
        assignment = self.assignment(person, path, day)
        rostered = self.roster.get((person, day))
        common = {
            "holiday": holiday,
            "opds": opds,
            "jadwal": assignment["jadwal"] if assignment else "",
            "penugasan": assignment["name"] if assignment else "",
        }
        if rostered is not None:
            return Day(plan=self.rostered(day, rostered), shifts=rostered, level=ROSTER, **common)
        pattern = self.patterns.get(assignment["jadwal"]) if assignment else None
        if assignment and pattern and pattern.jenis == SHIFT:
            return Day(plan=roster_plan(day, None), level=assignment["berlaku_untuk"], **common)
        plan, variant = self.weekly(pattern, opds, day)
        level = assignment["berlaku_untuk"] if assignment and pattern else PENGATURAN
        return Day(plan=plan, variant=variant, level=level, **common)

    def assignment(self, person: str, path: Sequence[str], day: date) -> dict[str, Any] | None:
        """The nearest one that holds on the date."""
        for target in ((PEGAWAI, person), *((OPD, unit) for unit in path), (SEMUA, "")):
            for row in self.by_target.get(target, ()):
                if row["dari"] <= day and (row["sampai"] is None or day <= row["sampai"]):
                    return row
        return None

    def rostered(self, day: date, kinds: tuple[str, ...]) -> Plan:
        key = (day, kinds)
        if key not in self._rostered:
            known = [self.shifts[kind] for kind in kinds if kind in self.shifts]
            try:
                self._rostered[key] = roster_plan(day, known if known or not kinds else None)
            except BrokenSchedule:
                # Hours of a shift were changed after the roster was made: the first shift of the date stands.
                self._rostered[key] = roster_plan(day, known[:1])
        return self._rostered[key]

    def weekly(self, pattern: source.Pattern | None, opds: frozenset[str], day: date) -> tuple[Plan, str]:
        """The pattern's plan, and the variant where one holds."""
        if pattern is None:
            return self.plan(self.fallback, (), day), ""
        holding = tuple(
            row["name"] for row in self.periods if pattern.ramadan and (not row["opd"] or row["opd"] in opds)
        )
        key = (pattern.name, holding)
        if key not in self._schedules:
            self._schedules[key] = self.schedule(pattern, set(holding))
        schedule = self._schedules[key]
        variant = schedule.variant_on(day)
        return self.plan(schedule, holding, day), variant.label if variant else ""

    def plan(self, schedule: Schedule, periods: tuple[str, ...], day: date) -> Plan:
        key = (schedule.key, periods, day)
        if key not in self._plans:
            self._plans[key] = schedule.plan(day)
        return self._plans[key]

    def schedule(self, pattern: source.Pattern, holding: set[str]) -> Schedule:
        variants = tuple(
            Variant(
                row["dari"],
                row["sampai"],
                pattern.ramadan or (),
                cint(pattern.ramadan_minutes),
                row["varian"],
                row["dasar"] or "",
            )
            for row in self.periods
            if row["name"] in holding
        )
        source_of_law = pattern.dasar or codes.PERPRES_HOURS
        return Schedule(pattern.name, pattern.week, variants, pattern.minutes, source_of_law)
