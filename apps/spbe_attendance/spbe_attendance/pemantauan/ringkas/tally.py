"""Numbers of a unit or of many together: they add up, and nothing in them tells of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from spbe_attendance.pemantauan.ringkas.standing import Person, Unit
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
    people = unit.people
    found = Tally(Counter([person.state for person in people]))
    found.due = sum([bool(person.due.tasks) for person in people])
    found.uncomputed = sum([person.who.row is None for person in people]) if over else 0
    numbers = found.numbers
    here = [person for person in people if person.state in presence.PRESENT]
    numbers["pegawai"] = len(people)
    numbers["hadir"] = len(here)
    numbers["pulang"] = sum([person.pulang for person in here])
    numbers["menunggu"] = sum([person.punched.pending for person in here])
    arrivals = [(person.masuk, person.day.plan.day) for person in here]
    found.arrivals = Counter([bucket(moment, day) for moment, day in arrivals if moment])
    found.places = _places(here)
    found.silent = int(bool(numbers[presence.SENYAP]))
    return found


def _places(here: Iterable[Person]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for person in here:
        place = person.punched.place
        if place:
            counts = found.setdefault(place, [0] * len(PLACE))
            counts[0] += 1
            counts[1] += person.state == presence.TERLAMBAT
            counts[2] += person.punched.doubtful
    return found


@lru_cache(maxsize=4096)
def bucket(moment: datetime, day: date) -> int:
    """The minute at which the moment's bucket starts; what lies before the day or after it goes to its first or last bucket."""
    minutes = (moment.date() - day).days * DAY_MINUTES + moment.hour * 60 + moment.minute
    return max(0, min(minutes, DAY_MINUTES - BUCKET)) // BUCKET * BUCKET


def total(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for one in tallies:
        found.add(one)
    return found
