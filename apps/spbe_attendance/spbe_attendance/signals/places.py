"""What positions tell: the same to a hair, rounded, too steady, too far, too fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from spbe_attendance.geofence.geometry import geodesic_distance

from .types import (
    COARSE_PLACE,
    CONSTANT_ACCURACY,
    IDENTICAL_PLACE,
    TRAVEL,
    UNUSUAL_PLACE,
    Finding,
    Limits,
    Seen,
)

# A centimetre: a receiver that stands still moves more than that, and in a crowd hardly two share one by chance.
DECIMALS = 7
# About 11 m: no phone reports so round a number by itself, but a typed one is.
ROUND_DECIMALS = 4
STEADY = 5
KNOWN = 8
# Beyond the usual scatter and beyond what a vague fix explains.
FAR, SCATTER = 500.0, 6.0
HOUR = 3_600_000


def identical(rows: Iterable[Seen], limits: Limits) -> Iterator[Finding]:
    """The same coordinates of several people on one day, or of one person on several. A desk without GPS does that, too."""
    crowds: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
    for row in rows:
        spot = round(row.lat, DECIMALS), round(row.lon, DECIMALS)
        crowds[("day", row.day, *spot)].append(row)
        crowds[("person", row.person, *spot)].append(row)
    beside: dict[str, set[str]] = defaultdict(set)
    for group in crowds.values():
        people, days = {row.person for row in group}, {row.day for row in group}
        if len(people) >= 2 or len(days) >= limits.days_alike:
            for row in group:
                beside[row.name] |= {other.name for other in group}
    for name, names in beside.items():
        yield Finding(IDENTICAL_PLACE, name, tuple(sorted(names - {name})), {"absen": len(names)})


def coarse(rows: Iterable[Seen]) -> Iterator[Finding]:
    """Both coordinates with few decimals."""
    for row in rows:
        if all(abs(value - round(value, ROUND_DECIMALS)) < 1e-9 for value in (row.lat, row.lon)):
            yield Finding(COARSE_PLACE, row.name, (), {"desimal": ROUND_DECIMALS})


def steady(rows: Iterable[Seen]) -> Iterator[Finding]:
    """The same accuracy to the centimetre on several days: the weather and the sky never agree like that."""
    for own in by_person(rows):
        kept: dict[float, list[Seen]] = defaultdict(list)
        for row in own:
            kept[row.accuracy].append(row)
        for accuracy, group in kept.items():
            # Browsers report whole metres on some phones: round numbers say less.
            if len({row.day for row in group}) >= STEADY and accuracy != round(accuracy):
                names = [row.name for row in group]
                yield Finding(CONSTANT_ACCURACY, names[-1], tuple(names[:-1]), {"akurasi": accuracy})


def travel(rows: Iterable[Seen], limits: Limits) -> Iterator[Finding]:
    """From one punch to the next faster than anybody travels, granting both accuracies and the longest time that is possible."""
    for own in by_person(rows):
        for before, after in pairwise(own):
            apart = (
                geodesic_distance(before.lat, before.lon, after.lat, after.lon)
                - before.accuracy
                - after.accuracy
            )
            took = max(after.latest - before.earliest, 1000) / HOUR
            speed = apart / 1000 / took
            if apart > 0 and speed > limits.speed:
                yield Finding(TRAVEL, after.name, (before.name,), {"km": apart / 1000, "km_per_jam": speed})


def unusual(fresh: Iterable[Seen], history: Iterable[Seen]) -> Iterator[Finding]:
    """Far from where the person punches, measured against the own scatter (median absolute deviation)."""
    known = {rows[0].person: rows for rows in by_person(history)}
    for row in fresh:
        past = [other for other in known.get(row.person, []) if other.day < row.day]
        if len(past) < KNOWN:
            continue
        centre = median(other.lat for other in past), median(other.lon for other in past)
        usual = [geodesic_distance(*centre, other.lat, other.lon) for other in past]
        middle = median(usual)
        scatter = median(abs(each - middle) for each in usual)
        away = geodesic_distance(*centre, row.lat, row.lon)
        if away - row.accuracy > max(middle + SCATTER * scatter, FAR):
            yield Finding(UNUSUAL_PLACE, row.name, (), {"km": away / 1000})


def by_person(rows: Iterable[Seen]) -> list[Sequence[Seen]]:
    """Each person's rows by time."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return [sorted(own, key=lambda row: (row.earliest, row.latest, row.name)) for own in found.values()]
