"""Believable punches, judged by the real engine. Pure; the same seed and day always give the same punches."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shapely.geometry import Point

from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.geofence.geometry import circle, parse_area
from spbe_attendance.geofence.types import DALAM, LUAR, Circle, Fence, Policy, Position, Verdict

from .organisation import DEGREE, FIRST, SECOND, Place
from .people import Person, digest

MASUK, PULANG = "Masuk", "Pulang"
SAH, MENUNGGU, DISETUJUI, DITOLAK = "Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"
REASONS = (
    "Rapat koordinasi di kantor kecamatan",
    "Mengantar surat ke instansi vertikal",
    "Pendampingan kegiatan di desa",
    "Kapal penyeberangan terlambat, absen dari pelabuhan",
    "Kunjungan lapangan bersama tim",
    "Pelayanan keliling di luar kantor",
)
APPROVED, REJECTED = "Sesuai surat tugas.", "Tidak ada surat tugas."
WAITING = {FIRST: 3, SECOND: 3, "DISDIKBUD": 1, "BKPSDM": 1}


@dataclass(frozen=True)
class Site:
    """A place with its fence. ``reach``: no point of it is farther from the centre, metres."""

    place: Place
    fence: Fence
    reach: float

    @classmethod
    def of(cls, place: Place) -> Site:
        if place.jenis_area == "Radius":
            return cls(place, Fence(place.key, circle(*place.centre, place.radius)), place.radius)
        area = parse_area(place.area)
        corners = [point for rings in place.polygons for point in rings[0]]
        return cls(place, Fence(place.key, area), max(math.hypot(*corner) for corner in corners))

    def applies(self, opd: str, day: date) -> bool:
        first, last = self.place.first_day or day, self.place.last_day or day
        return self.place.opd in (opd, None) and first <= day <= last


@dataclass(frozen=True)
class Punch:
    """What one row of Absensi says, places and people by their demo keys. ``decided``: when an exception was decided."""

    person: Person
    jenis: str
    waktu: datetime
    position: Position
    verdict: Verdict
    status: str
    alasan: str | None
    catatan: str | None
    decided: datetime | None
    id_klien: str
    drawn: bool

    @property
    def name(self) -> str:
        return f"demo{self.id_klien.replace('-', '')[:20]}"


def working_days(reference: date, count: int) -> list[date]:
    """The weekdays among the ``count`` days before the reference, at least the last two of all."""
    days = [reference - timedelta(days=back) for back in range(1, max(count, 5) + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    wanted = [day for day in weekdays if (reference - day).days <= count]
    return sorted(wanted if len(wanted) >= 2 else weekdays[:2])


def waiting(people: Sequence[Person], days: Sequence[date]) -> dict[tuple[int, date], str]:
    """Which punches are exceptions that still wait: (index of the person, day) → jenis. On the last two days."""
    found: dict[tuple[int, date], str] = {}
    for opd, count in WAITING.items():
        staff = [person for person in people if person.opd == opd and person.role is None and not person.head]
        for number, person in enumerate(staff[:count]):
            found[(person.index, days[-1 - number % 2])] = PULANG if number % 3 == 1 else MASUK
    return found


class Almanac:
    """Everything the punches of all days are made from. ``max_accuracy``, ``share`` (percent): the site's settings."""

    def __init__(
        self,
        people: Sequence[Person],
        sites: Sequence[Site],
        days: Sequence[date],
        seed: int,
        max_accuracy: float,
        share: float,
    ):
        self.people, self.sites, self.days, self.seed = people, sites, days, seed
        self.policy, self.share = Policy(max_accuracy), share
        self.waiting = waiting(people, days)
        self._offices: dict[tuple[str, date], list[Site]] = {}

    def punches(self, known: Callable[[str], bool] = lambda _name: False) -> Iterator[Punch]:
        """Day by day. ``known`` tells of names that are stored already: those are left out before they cost anything."""
        for day in self.days:
            for person in self.people:
                yield from self._day(person, day, known)

    def _day(self, person: Person, day: date, known: Callable[[str], bool]) -> Iterator[Punch]:
        rng = random.Random(f"{self.seed}/day/{person.index}/{day}")  # noqa: S311 -- invented data, no secret
        exception = self.waiting.get((person.index, day))
        absent, forgets = rng.random() < 0.04, rng.random() < 0.02
        times = {MASUK: arrival(rng, person), PULANG: departure(rng, day)}
        if absent and not exception:
            return
        for jenis, clock in times.items():
            if jenis == PULANG and forgets and exception != PULANG:
                continue
            id_klien = str(uuid.UUID(digest(self.seed, person.index, day, jenis)[:32], version=4))
            own = random.Random(id_klien)  # noqa: S311
            draft = Draft(person, jenis, datetime.combine(day, clock), id_klien, jenis == exception)
            if not known(draft.name):
                yield self._judged(draft, own)

    def _judged(self, draft: Draft, rng: random.Random) -> Punch:
        sites = self._applying(draft.person.opd, draft.waktu.date())
        outside = draft.waits or rng.random() < 0.02
        position = away(rng, sites) if outside else within(rng, sites)
        verdict = judge(position, sites, self.policy)
        status, note, decided = SAH, None, None
        if verdict.result == LUAR:
            status, note, decided = _decision(draft, rng)
        return Punch(
            draft.person,
            draft.jenis,
            draft.waktu,
            position,
            verdict,
            status,
            rng.choice(REASONS) if verdict.result == LUAR else None,
            note,
            decided,
            draft.id_klien,
            # Judgement draws with the site's secret; here the same share must fall on the same rows everywhere.
            verdict.result not in (DALAM, LUAR)
            and int(digest("draw", draft.id_klien)[:8], 16) < self.share / 100 * 2**32,
        )

    def _applying(self, opd: str, day: date) -> list[Site]:
        if (opd, day) not in self._offices:
            own_first = sorted(self.sites, key=lambda site: site.place.opd is None)
            self._offices[(opd, day)] = [site for site in own_first if site.applies(opd, day)]
        return self._offices[(opd, day)]


@dataclass(frozen=True)
class Draft:
    person: Person
    jenis: str
    waktu: datetime
    id_klien: str
    waits: bool

    @property
    def name(self) -> str:
        return f"demo{self.id_klien.replace('-', '')[:20]}"


def arrival(rng: random.Random, person: Person) -> time:
    """Around 07:18; one in twelve is late, some people more often."""
    late = rng.random() < (0.2 if person.index % 11 == 5 else 0.06)
    minutes = rng.uniform(1, 55) if late else -min(abs(rng.gauss(11, 8)), 75)
    return _clock(7 * 60 + 30 + minutes, rng)


def departure(rng: random.Random, day: date) -> time:
    """From 16:00, on Fridays from 16:30; now and then early."""
    end = 16 * 60 + (30 if day.weekday() == 4 else 0)
    minutes = -rng.uniform(2, 70) if rng.random() < 0.04 else min(rng.expovariate(1 / 12), 85)
    return _clock(end + minutes, rng)


def _clock(minutes: float, rng: random.Random) -> time:
    seconds = int(minutes * 60)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, rng.randrange(10**6))


def within(rng: random.Random, sites: Sequence[Site]) -> Position:
    """A fix at one of the person's own offices, one in twenty-five near its edge."""
    own = [site for site in sites if site.place.opd] or sites
    site = own[0] if len(own) == 1 or rng.random() < 0.85 else rng.choice(own[1:])
    accuracy = round(rng.uniform(4, 14), 1)
    if isinstance(site.fence.shape, Circle):
        edge = rng.random() < 0.04
        distance = site.reach * (rng.uniform(0.97, 1.02) if edge else math.sqrt(rng.random()) * 0.7)
        return offset(site.place, distance, rng.uniform(0, math.tau), accuracy)
    while True:
        position = offset(
            site.place, site.reach * math.sqrt(rng.random()), rng.uniform(0, math.tau), accuracy
        )
        if site.fence.shape.geometry.contains(Point(position.lon, position.lat)):
            return position


def away(rng: random.Random, sites: Sequence[Site]) -> Position:
    """A fix that is surely outside of every place."""
    while True:
        position = offset(
            sites[0].place, rng.uniform(400, 6000), rng.uniform(0, math.tau), round(rng.uniform(5, 25), 1)
        )
        if all(flat_distance(position, site.place) > site.reach + 60 for site in sites):
            return position


def offset(place: Place, metres: float, angle: float, accuracy: float) -> Position:
    lat = place.centre[0] + metres * math.sin(angle) / DEGREE
    lon = place.centre[1] + metres * math.cos(angle) / DEGREE
    return Position(round(lat, 7), round(lon, 7), accuracy)


def flat_distance(position: Position, place: Place) -> float:
    """Metres to the centre, within one percent near the equator."""
    return DEGREE * math.hypot(position.lat - place.centre[0], position.lon - place.centre[1])


def judge(position: Position, sites: Sequence[Site], policy: Policy) -> Verdict:
    """The engine's verdict; places that cannot win are left out, for thousands of punches are judged at once."""
    nearest = min(1.01 * flat_distance(position, site.place) + site.reach for site in sites)
    reach = max(nearest, position.accuracy)
    fences = [
        site.fence for site in sites if 0.99 * flat_distance(position, site.place) - site.reach <= reach
    ]
    return evaluate(position, fences, policy)


def _decision(draft: Draft, rng: random.Random) -> tuple[str, str | None, datetime | None]:
    if draft.waits:
        return MENUNGGU, None, None
    decided = draft.waktu + timedelta(minutes=rng.uniform(5, 180))
    return (DISETUJUI, APPROVED, decided) if rng.random() < 0.9 else (DITOLAK, REJECTED, decided)
