"""Rosters of one person over several dates: shifts that begin before the one of another date has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .hours import Hours


@dataclass(frozen=True, slots=True)
class Clash:
    """``first`` began earlier and lasts until ``until``; ``second`` begins before that, at ``begins``."""

    first_day: date
    first: str
    until: datetime
    second_day: date
    second: str
    begins: datetime


def clashes(shifts: Mapping[date, Sequence[Hours]]) -> tuple[Clash, ...]:
    """Pairs of different dates that overlap, by the start of the later one: a night shift and a morning shift of the next date.

    Whoever ends at the minute the next one begins goes on working, which is allowed (24 hours in two rosters). Shifts of the same
    date are ``schedule.roster_plan``'s to judge. Order of the mapping does not matter; each shift is named with the one that
    lasts longest before it.
    """
    windows = sorted(
        ((hours.on(day), day) for day, of_day in shifts.items() for hours in of_day),
        key=lambda item: (item[0].start, item[0].end, item[1]),
    )
    found: list[Clash] = []
    lasting = None
    for window, day in windows:
        if lasting is not None and window.start < lasting[0].end and day != lasting[1]:
            first, first_day = lasting
            found.append(Clash(first_day, first.shift, first.end, day, window.shift, window.start))
        if lasting is None or window.end > lasting[0].end:
            lasting = (window, day)
    return tuple(found)
