"""Everybody's state on a day at a moment: the one place that decides it, for sums, for names, for places and for the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from frappe.utils import cint, now_datetime

from spbe_attendance.kehadiran.gangguan import cover
from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.jadwal.source import MANY
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kehadiran.rekapitulasi import sources
from spbe_attendance.kehadiran.rekapitulasi.facts import Context, Standing
from spbe_attendance.pemantauan.ringkas import habits, people, punches
from spbe_attendance.pemantauan.ringkas.people import Counted
from spbe_attendance.pemantauan.ringkas.punches import Punched
from spbe_attendance.worktime import outages, presence
from spbe_attendance.worktime.presence import Due, Seen
from spbe_attendance.worktime.types import Outage, Permit

NOBODY = Punched()
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Person:
    """``pulang``: gone home for the day; ``habit``: minutes after which punches of this person usually arrive, 0 without habit."""

    who: Counted
    due: Due
    seen: Seen
    punched: Punched
    day: resolve.Day
    permits: tuple[Permit, ...]
    state: str = ""
    disturbed: bool = False
    habit: int = 0

    @property
    def pulang(self) -> bool:
        return bool(self.seen.out_at or (self.who.row and self.who.row.pulang))

    @property
    def masuk(self) -> datetime | None:
        return self.seen.in_at or (self.who.row.masuk if self.who.row else None)

    @property
    def waits_until(self) -> datetime | None:
        limit = self.due.limit if self.habit else None
        return limit + timedelta(minutes=self.habit) if limit else None


@dataclass
class Unit:
    """The staff of one unit. ``next``: when the clock alone changes something, None: never; ``silent``: nothing is heard."""

    people: list[Person] = field(default_factory=list)
    silent: bool = False
    next: datetime | None = None


def of_units(day: date, units: Sequence[str] | None, now: datetime | None = None) -> dict[str, Unit]:
    """By unit; units without staff are left out. ``units`` None: all. A constant number of statements."""
    now = now or now_datetime()
    judge = Judge(day, now)
    counted = people.of_day(day, now.date(), units)
    found: dict[str, Unit] = defaultdict(Unit)
    for person in judge.people(counted):
        found[person.who.opd].people.append(person)
    for unit in found.values():
        judge.settle(unit)
    return found


class Judge:
    """What all people of a day share, and what was worked out from it once."""

    def __init__(self, day: date, now: datetime):
        self.day, self.now = day, now
        self.context = Context(day, day)
        self.over = day < now.date()
        self.proposed = known.value(
            known.JADWAL, ("proposed", day), lambda: cover.windows(day, day, cover.PROPOSED)
        )
        settings = self.context.settings
        self.silent_staff = cint(settings.get("senyap_pegawai"))
        self.silent_minutes = timedelta(minutes=cint(settings.get("senyap_menit")))
        self.policy = self.context.policy(frozenset())
        # Kept with the due, whose id is the key: an object that is gone would give its id to another.
        self._due: dict[Any, tuple[Any, Due]] = {}
        self._seen: dict[tuple[int, punches.Signature], Seen] = {}
        self._stops: dict[Standing, tuple[tuple[Outage, ...], tuple[Outage, ...]]] = {}

    def people(self, counted: Sequence[Counted]) -> list[Person]:
        names = [who.name for who in counted]
        few = names if len(names) <= MANY else None
        days = resolve.on_day([(who.name, who.opd) for who in counted], self.day)
        permits = sources.permits(few, self.day, self.day)
        punched = punches.of_day(names, self.day, self.context.above)
        waits = {} if self.over else habits.minutes(few)
        return [
            self.person(
                who,
                days[who.name],
                tuple(permits.get(who.name, ())),
                punched.get(who.name, NOBODY),
                waits.get(who.name, 0),
            )
            for who in counted
        ]

    def person(
        self, who: Counted, day: resolve.Day, permits: tuple[Permit, ...], punched: Punched, habit: int
    ) -> Person:
        stops, possible = self.stops(who)
        due = self.due(day, permits, stops)
        seen = self.seen(due, punched.signature)
        disturbed = bool(possible) and presence.disturbed(due, possible, self.now)
        return Person(who, due, seen, punched, day, permits, disturbed=disturbed, habit=habit)

    def stops(self, who: Counted) -> tuple[tuple[Outage, ...], tuple[Outage, ...]]:
        """Outages in force that concern such a person; and these with those that are proposed."""
        if not self.context.outages and not self.proposed:
            return (), ()
        standing = Standing(who.opd, who.status)
        if standing not in self._stops:
            person = self.context.person(standing, places=True)
            self._stops[standing] = (
                outages.concerning(self.context.outages, person),
                outages.concerning((*self.context.outages, *self.proposed), person),
            )
        return self._stops[standing]

    def due(self, day: resolve.Day, permits: tuple[Permit, ...], stops: tuple[Outage, ...]) -> Due:
        since = self.context.since
        free = day.free or (since is not None and self.day < since)
        key = (id(day.plan), free, stops, permits)
        if key not in self._due:
            owed = presence.due(day.plan, free=free, permits=permits, stops=stops, policy=self.policy)
            self._due[key] = (day.plan, owed)
        return self._due[key][1]

    def seen(self, due: Due, signature: punches.Signature) -> Seen:
        if not signature:
            return presence.NOT_SEEN
        key = (id(due), signature)
        if key not in self._seen:
            rows = [punches.punch(part) for part in signature]
            self._seen[key] = presence.look(due, rows, self.policy, self.now)
        return self._seen[key]

    def settle(self, unit: Unit) -> None:
        """States, once it is known whether anything is heard from the unit."""
        unit.silent, hush = self.silence(unit)
        moments = [hush] if hush else []
        for person in unit.people:
            person.state = self.state(person, unit.silent)
            if not self.over:
                change = presence.next_change(person.due, person.seen, self.now, person.waits_until)
                moments += [change] if change else []
        unit.next = min(moments, default=None)

    def state(self, person: Person, silent: bool) -> str:
        row = person.who.row
        told = (
            presence.closed(
                row.kode or "",
                row.kode_utama or "",
                late=bool(row.menit_terlambat or row.tingkat_terlambat),
                working=bool(row.hari_kerja),
                punched=bool(person.punched.signature),
                timed=bool(row.masuk or row.pulang),
            )
            if row
            else None
        )
        return told or presence.state(
            person.due,
            person.seen,
            self.now,
            silent=silent or person.disturbed,
            waits_until=person.waits_until,
        )

    def silence(self, unit: Unit) -> tuple[bool, datetime | None]:
        """Whether nothing at all is heard where enough people are due; and when that is to be looked at again."""
        if self.silent_staff <= 0 or any(person.punched.signature for person in unit.people):
            return False, None
        limits = sorted(person.due.limit for person in unit.people if person.due.limit)
        if len(limits) < self.silent_staff:
            return False, None
        since = limits[self.silent_staff - 1] + self.silent_minutes + MINUTE
        return self.now >= since, None if self.now >= since else since
