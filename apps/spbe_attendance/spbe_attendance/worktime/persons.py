"""Who a person is on a date, and whose schedule applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import codes
from .errors import WorktimeError
from .schedule import NORMAL_WEEK, RAMADAN_WEEK
from .types import Person


@dataclass(frozen=True, slots=True)
class Span:
    """Status, state, OPD (with all above it) and places from ``first`` to ``last`` (None: until further notice): mutations, CPNS to
    PNS, CLTN, retirement are new spans. Raises WorktimeError ``dates_reversed``."""

    first: date
    last: date | None
    person: Person

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise WorktimeError("dates_reversed", first=self.first, last=self.last)


def person_on(spans: Sequence[Span], day: date) -> Person | None:
    """Of several spans the one that began last, of those the shortest. None: not employed on the date."""
    found = [span for span in spans if span.first <= day and (span.last is None or day <= span.last)]
    best = max(found, key=lambda span: (span.first, -(span.last or date.max).toordinal()), default=None)
    return best.person if best else None


PERSON, UNIT, DEFAULT = "Pegawai", "OPD", "Bawaan"
ASSIGNMENT_LEVELS = (PERSON, UNIT, DEFAULT)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Penugasan Jadwal: ``schedule`` for a person, an OPD or unit with all below it, or everybody (``target`` empty).

    ``status`` limits it to a status of employment: the hours of PPPK Paruh Waktu are set by the Bupati, so they are an assignment
    like any other. Raises WorktimeError ``dates_reversed``, ``unknown_level``, ``target_missing``.
    """

    key: str
    level: str
    target: str
    schedule: str
    first: date
    last: date | None = None
    status: str = ""

    def __post_init__(self) -> None:
        if self.level not in ASSIGNMENT_LEVELS:
            raise WorktimeError("unknown_level", level=self.level)
        if (self.level == DEFAULT) == bool(self.target):
            raise WorktimeError("target_missing", level=self.level)
        if self.last is not None and self.last < self.first:
            raise WorktimeError("dates_reversed", key=self.key)

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def nearest(
    assignments: Sequence[Assignment], day: date, pegawai: str, opds: Sequence[str], status: str
) -> Assignment | None:
    """The person's own, else that of the nearest in ``opds`` (own unit first, root last), else the default.

    At the same distance one for the person's status goes before one for all, then the one that began last.
    """
    found = []
    for row in assignments:
        distance = _distance(row, pegawai, opds)
        if distance is not None and row.on(day) and row.status in ("", status):
            found.append((distance, not row.status, -row.first.toordinal(), row.key, row))
    return min(found, key=lambda item: item[:4])[4] if found else None


def conflicts(assignments: Sequence[Assignment]) -> tuple[tuple[str, str], ...]:
    """Keys of pairs for the same target and status whose dates overlap."""
    rows = sorted(assignments, key=lambda row: (row.level, row.target, row.status, row.first, row.key))
    found = []
    for index, row in enumerate(rows):
        for other in rows[index + 1 :]:
            same = (row.level, row.target, row.status) == (other.level, other.target, other.status)
            if not same or (row.last is not None and other.first > row.last):
                break
            found.append((row.key, other.key))
    return tuple(found)


def week_target(status: str, ramadan: bool, part_time: int = 0) -> int:
    """Net minutes a week should have: Perpres 21/2023, or for PPPK Paruh Waktu what was set (0: not checked)."""
    if status == codes.PPPK_PARUH_WAKTU:
        return part_time
    return RAMADAN_WEEK if ramadan else NORMAL_WEEK


def _distance(row: Assignment, pegawai: str, opds: Sequence[str]) -> int | None:
    if row.level == PERSON:
        return 0 if row.target == pegawai else None
    if row.level == UNIT:
        return 1 + list(opds).index(row.target) if row.target in opds else None
    return 1 + len(opds)
