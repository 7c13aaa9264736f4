"""What devices, photos and times tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .places import by_person
from .types import MISSING_PHOTO, OFTEN_LATE, REPEATED_PHOTO, SHARED_DEVICE, Finding, Limits, Seen

BANDS, BAND = 4, 16


def shared_device(rows: Iterable[Seen], limits: Limits) -> Iterator[Finding]:
    """Many people on one device on one day. Lending a phone is normal; the head should know how many do."""
    users: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for row in rows:
        if row.device:
            users[row.device, row.day].append(row)
    for group in users.values():
        people = {row.person for row in group}
        if len(people) > limits.people_per_device:
            names = sorted(row.name for row in group)
            for name in names:
                others = tuple(other for other in names if other != name)
                yield Finding(SHARED_DEVICE, name, others, {"orang": len(people)})


def repeated_photo(fresh: Iterable[Seen], rows: Iterable[Seen], limits: Limits) -> Iterator[Finding]:
    """A picture almost the same as another one, of whomever.

    Hashes at most three bits apart agree in one of four bands, so only those are compared.
    """
    bands: dict[tuple[int, int], list[Seen]] = defaultdict(list)
    for row in rows:
        for key in _bands(row):
            bands[key].append(row)
    for row in fresh:
        near = {other.name: other for key in _bands(row) for other in bands[key] if other.name != row.name}
        twins = sorted(name for name, other in near.items() if _apart(row, other) <= limits.alike)
        if twins:
            people = {near[name].person for name in twins} | {row.person}
            yield Finding(REPEATED_PHOTO, row.name, tuple(twins), {"foto": len(twins), "orang": len(people)})


def _bands(row: Seen) -> list[tuple[int, int]]:
    if row.photo is None:
        return []
    return [(band, row.photo >> (band * BAND) & (2**BAND - 1)) for band in range(BANDS)]


def _apart(one: Seen, other: Seen) -> int:
    return ((one.photo or 0) ^ (other.photo or 0)).bit_count()


def missing_photo(rows: Iterable[Seen]) -> Iterator[Finding]:
    return (Finding(MISSING_PHOTO, row.name) for row in rows if row.photo_missing)


def often_late(rows: Iterable[Seen], limits: Limits) -> Iterator[Finding]:
    """Again and again a time that is proven to a long interval only: signed early and sent late, or a poor phone."""
    for own in by_person(rows):
        wide = [row for row in own if row.wide]
        if len(wide) >= limits.often:
            yield Finding(
                OFTEN_LATE, wide[-1].name, tuple(row.name for row in wide[:-1]), {"kali": len(wide)}
            )
