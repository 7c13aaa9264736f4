"""Gangguan Layanan: what a service that took no punches excuses.

``void``: the side of the day whose proper time (earliest in to due in; due out to last out) the outage touches is excused as a whole.
``minutes``: only the minutes within the outage are taken off a delay; a missing punch is excused when nothing would remain of the
delay of somebody who came at the last in, or left at the earliest out. Coming earlier or leaving later is therefore never worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from .types import MINUTES, VOID, Outage, Person

_MINUTE = timedelta(minutes=1)


def concerning(outages: Sequence[Outage], person: Person) -> tuple[Outage, ...]:
    """Those that cover the person's OPD and places, in order."""
    found = (
        row
        for row in outages
        if (row.opds is None or row.opds & person.opds) and (row.places is None or row.places & person.places)
    )
    return tuple(sorted(found, key=lambda row: (row.first, row.key)))


def voids(outages: Sequence[Outage], first: datetime, last: datetime) -> Outage | None:
    """The first of kind ``void`` that touches the time from ``first`` to ``last``, both included."""
    return next(
        (row for row in outages if row.treatment == VOID and row.first <= last and row.last >= first), None
    )


def minutes_off(outages: Sequence[Outage], first: datetime, last: datetime) -> int:
    """Whole minutes between two moments that fall into outages of kind ``minutes``; limits are rounded outwards."""
    total, reached = 0, first
    for row in outages:
        if row.treatment != MINUTES:
            continue
        start, end = max(_floor(row.first), reached), min(_ceil(row.last), last)
        if end > start:
            total += (end - start) // _MINUTE
            reached = end
    return total


def excusing_minutes(outages: Sequence[Outage]) -> tuple[Outage, ...]:
    return tuple(row for row in outages if row.treatment == MINUTES)


def _floor(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _ceil(moment: datetime) -> datetime:
    floor = _floor(moment)
    return floor if floor == moment else floor + _MINUTE
