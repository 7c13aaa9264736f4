"""A person's stretches of time, each with what held in it. Pure: no site, no clock.

The stretches follow one another without a gap; the first may have no beginning, the last has no end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)


class BeforeTheBeginning(ValueError):
    """The day lies before the first stretch."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``first`` None: since the beginning; ``last`` None: until further notice. Both days belong to it."""

    first: date | None
    last: date | None
    values: Mapping[str, Any]

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def changed(stretches: Sequence[Stretch], day: date, new: Mapping[str, Any]) -> list[Stretch]:
    """From ``day`` on the ``new`` values hold, each until it was changed again anyway. Raises BeforeTheBeginning."""
    parts = split(stretches, day)
    start = next(index for index, part in enumerate(parts) if part.holds(day))
    for field, value in new.items():
        before = parts[start].values.get(field)
        for index in range(start, len(parts)):
            if parts[index].values.get(field) != before:
                break
            parts[index] = replace(parts[index], values={**parts[index].values, field: value})
    return joined(parts)


def split(stretches: Sequence[Stretch], day: date) -> list[Stretch]:
    """The same stretches, one of which begins on ``day``. Raises BeforeTheBeginning."""
    if not any(part.holds(day) for part in stretches):
        raise BeforeTheBeginning(day)
    found: list[Stretch] = []
    for part in stretches:
        if part.holds(day) and part.first != day:
            found += [replace(part, last=day - DAY), replace(part, first=day)]
        else:
            found.append(part)
    return found


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours in which the same held become one."""
    found: list[Stretch] = []
    for part in stretches:
        if found and dict(found[-1].values) == dict(part.values):
            found[-1] = replace(found[-1], last=part.last)
        else:
            found.append(part)
    return found
