"""Everything that stands behind computed days, read for many persons at once: the number of statements does not depend on how many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import frappe
from frappe.utils import getdate

from spbe_attendance.kehadiran.jadwal import source
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kehadiran.rekapitulasi import rules, sources
from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.judge import DayFacts
from spbe_attendance.worktime.types import OWN_HALF, SHIFT, WHOLE_DAY, Permit, Person, Policy, Punch

DAY = timedelta(days=1)
MEMBER = ("name", "opd", "status_kepegawaian", "status", "mulai_bertugas", "berlaku_sejak")
HALF_DAY = {"Separuh Sendiri": OWN_HALF, "Geser Jam": SHIFT, "Sehari Penuh": WHOLE_DAY}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person was on a day, as far as rules ask."""

    opd: str
    status: str


@dataclass(frozen=True, slots=True)
class Past:
    """What held until a day, inclusive."""

    dari: date | None
    sampai: date
    standing: Standing
    status: str


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    opd: str
    status_kepegawaian: str
    status: str
    mulai_bertugas: date | None
    berlaku_sejak: date | None
    past: tuple[Past, ...] = ()

    def before(self, day: date) -> Past | None:
        """The stretch of Riwayat Pegawai that holds the day."""
        return next(
            (part for part in self.past if (not part.dari or part.dari <= day) and day <= part.sampai), None
        )

    def opd_on(self, day: date) -> str:
        """Whose hours and holidays hold for the person on a day."""
        part = self.before(day) if self.past and self.berlaku_sejak and day < self.berlaku_sejak else None
        return part.standing.opd if part else self.opd

    def on(self, day: date, stored: Standing | None) -> Standing | None:
        """None: not in service. Days before the present position began keep what they were computed with, if they were."""
        if self.mulai_bertugas and day < self.mulai_bertugas:
            return None
        present = Standing(self.opd, self.status_kepegawaian)
        if self.berlaku_sejak and day < self.berlaku_sejak:
            part = self.before(day)
            if part:
                return part.standing if part.status == codes.AKTIF else None
            return stored or present
        return present if self.status == codes.AKTIF else None


class Context:
    """What all persons share, for the days from ``first`` to ``last``."""

    def __init__(self, first: date, last: date):
        self.first, self.last = first, last
        self.settings = frappe.get_cached_doc("Pengaturan Absensi")
        # Before the office began to record attendance here nobody was absent.
        self.since: date | None = (
            getdate(self.settings.get("rekap_sejak")) if self.settings.get("rekap_sejak") else None
        )
        self.book = known.value(known.JADWAL, "rules", rules.read)
        self.outages = known.value(
            known.JADWAL, ("outages", first, last), lambda: tuple(sources.outages(first, last))
        )
        self._persons: dict[tuple[Standing, bool], Person] = {}
        self._policies: dict[frozenset[str], Policy] = {}

    @cached_property
    def above(self) -> dict[str, frozenset[str]]:
        """Every OPD with itself and all above it."""
        return known.value(known.TEMPAT, "above", _above)

    @cached_property
    def places(self) -> list[tuple[str, str | None, int]]:
        return frappe.get_all("OPD Lokasi", fields=["name", "opd", "semua_opd"], as_list=True)

    def person(self, standing: Standing, *, places: bool = False) -> Person:
        """The engine's person; the same one for the same OPD and employment status. ``places``: with those, whether an outage
        in force names some or not."""
        known = self._persons.get((standing, places))
        if known is None:
            opds = self.above.get(standing.opd, frozenset((standing.opd,)))
            own: frozenset[str] = frozenset()
            if places or any(outage.places is not None for outage in self.outages):
                own = frozenset(name for name, opd, everybody in self.places if everybody or opd in opds)
            known = self._persons[standing, places] = Person(standing.status, opds=opds, places=own)
        return known

    def policy(self, paid: frozenset[str]) -> Policy:
        """``paid``: employment statuses whose results carry percentages."""
        if paid not in self._policies:
            self._policies[paid] = Policy(
                half_day=HALF_DAY.get(self.settings.get("aturan_setengah_hari") or "", OWN_HALF),
                wfa_needs_clock=bool(self.settings.get("wfa_wajib_absen")),
                tpp_statuses=paid,
            )
        return self._policies[paid]


@dataclass
class Facts:
    """What stands behind the days of some persons."""

    context: Context
    members: dict[str, Member]
    schedules: sources.Schedules
    permits: dict[str, list[Permit]] = field(default_factory=dict)
    punches: dict[tuple[str, date], list[Punch]] = field(default_factory=dict)
    events: dict[tuple[str, date], list[Any]] = field(default_factory=dict)

    def of(self, name: str, day: date, standing: Standing) -> tuple[DayFacts, rules.Rule, Policy]:
        rule = self.context.book.on(standing.status, day)
        policy = self.context.policy(frozenset((standing.status,)) if rule.applies else frozenset())
        person = self.context.person(standing)
        due = self.schedules[name, day]
        facts = DayFacts(
            person,
            due.plan,
            rule.table,
            due.holiday,
            tuple(self.permits.get(name, ())),
            tuple(self.punches.get((name, day), ())),
            self.context.outages,
        )
        return facts, rule, policy


def _above() -> dict[str, frozenset[str]]:
    units = source.units()
    return {name: units.set_above(name) for name in units.parents}


def load(context: Context, names: Sequence[str], first: date, last: date) -> Facts:
    """Facts of these persons for the days from ``first`` to ``last``; the context must reach as far."""
    found = members(names)
    around = sources.schedules(list(found.values()), first - DAY, last + DAY)
    return Facts(
        context,
        found,
        around,
        sources.permits(names, first, last),
        sources.punches(names, first, last, around),
        sources.events(names, first, last),
    )


def members(names: Collection[str]) -> dict[str, Member]:
    person = frappe.qb.DocType("Pegawai")
    rows = (
        frappe.qb.from_(person)
        .select(*[person[field] for field in MEMBER])
        .where(person.name.isin(list(names) or [""]))
        .run()
    )
    past = {name: tuple(_past(row) for row in found) for name, found in history.rows(names).items()}
    return {row[0]: Member(*row, past.get(row[0], ())) for row in rows}


def _past(row: Any) -> Past:
    return Past(row.dari, row.sampai, Standing(row.opd, row.status_kepegawaian), row.status)
