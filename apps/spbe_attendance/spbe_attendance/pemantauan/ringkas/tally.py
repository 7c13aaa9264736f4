"""Numbers of a unit or of many together: they add up, and nothing in them tells of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from spbe_attendance.pemantauan.ringkas.standing import Unit
from spbe_attendance.worktime import presence

TOTALS = ("pegawai", "hadir", "pulang", "menunggu")
NUMBERS = (*presence.STATES, *TOTALS)
BUCKET = 5
DAY_MINUTES = 24 * 60
PLACE = ("hadir", "terlambat", "ragu")


@dataclass
class Tally:
    """``numbers``: NUMBERS; ``arrivals``: by the minute at which a bucket starts, from the day's midnight; ``places``: PLACE by OPD
    Lokasi; ``due``: people from whom work is due; ``uncomputed``: those of a past day without a verdict; ``silent``: silent units;
    ``events``: [expected, present] by Kegiatan Apel."""

    numbers: Counter[str] = field(default_factory=Counter)
    arrivals: Counter[int] = field(default_factory=Counter)
    places: dict[str, list[int]] = field(default_factory=dict)
    due: int = 0
    uncomputed: int = 0
    silent: int = 0
    events: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        self.numbers.update(other.numbers)
        self.arrivals.update(other.arrivals)
        self.due += other.due
        self.uncomputed += other.uncomputed
        self.silent += other.silent
        for own, others in ((self.places, other.places), (self.events, other.events)):
            for name, counts in others.items():
                known = own.get(name, [0] * len(counts))
                own[name] = [one + two for one, two in zip(known, counts, strict=True)]

    def counts(self) -> dict[str, int]:
        """HTTP contract Counts."""
        return {name: self.numbers[name] for name in NUMBERS}

    def stored(self) -> list[Any]:
        return [
            [self.numbers[name] for name in NUMBERS],
            [*self.arrivals.items()],
            self.places,
            self.due,
            self.uncomputed,
            self.silent,
            self.events,
        ]

    @classmethod
    def read(cls, stored: list[Any]) -> Tally:
        numbers, arrivals, places, *rest = stored
        return cls(Counter(dict(zip(NUMBERS, numbers, strict=True))), Counter(dict(arrivals)), places, *rest)


def of_unit(unit: Unit, over: bool) -> Tally:
    """``over``: the day is past."""
    found = Tally()
    for person in unit.people:
        state = person.state
        found.numbers[state] += 1
        here = state in presence.PRESENT
        if here:
            _present(found, person)
        found.due += bool(person.due.tasks)
        found.uncomputed += over and person.who.row is None
    numbers = found.numbers
    numbers["pegawai"] = len(unit.people)
    numbers["hadir"] = sum(numbers[state] for state in presence.PRESENT)
    found.silent = int(bool(numbers[presence.SENYAP]))
    return found


def _present(found: Tally, person: Any) -> None:
    found.numbers["pulang"] += person.pulang
    found.numbers["menunggu"] += person.punched.pending
    if person.masuk:
        found.arrivals[bucket(person.masuk, person.day.plan.day)] += 1
    place = person.punched.place
    if place:
        counts = found.places.setdefault(place, [0] * len(PLACE))
        counts[0] += 1
        counts[1] += person.state == presence.TERLAMBAT
        counts[2] += person.punched.doubtful


def bucket(moment: Any, day: Any) -> int:
    """The minute at which the moment's bucket starts; what lies before the day or after it goes to its first or last bucket."""
    minutes = (moment.date() - day).days * DAY_MINUTES + moment.hour * 60 + moment.minute
    return max(0, min(minutes, DAY_MINUTES - BUCKET)) // BUCKET * BUCKET


def total(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for one in tallies:
        found.add(one)
    return found
