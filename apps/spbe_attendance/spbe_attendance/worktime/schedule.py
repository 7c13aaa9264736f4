"""Which hours a date has: weekly patterns with variants by date, rosters, rotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from . import codes
from .errors import BrokenSchedule
from .hours import Hours, Window
from .types import Reason

# Perpres 21/2023 Art. 4: 37 h 30 min a week without rests, 32 h 30 min in Ramadan.
NORMAL_WEEK = 2250
RAMADAN_WEEK = 1950

Week = tuple[Hours | None, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Other weekly hours from ``first`` to ``last``, both included: Ramadan, or a single day by circular."""

    first: date
    last: date
    week: Week
    target: int = RAMADAN_WEEK
    label: str = "Ramadan"
    source: str = ""

    def __post_init__(self) -> None:
        _check_week(self.week)
        if self.last < self.first:
            raise BrokenSchedule("dates_reversed", label=self.label)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hours per weekday, Monday first, None for a day off; ``target``: net minutes that a week should have (0: not checked).
    Of several variants on a date the shortest applies: a one-day circular stands above Ramadan."""

    key: str
    week: Week
    variants: tuple[Variant, ...] = ()
    target: int = NORMAL_WEEK
    source: str = codes.PERPRES_HOURS

    def __post_init__(self) -> None:
        _check_week(self.week)

    def variant_on(self, day: date) -> Variant | None:
        found = [variant for variant in self.variants if variant.first <= day <= variant.last]
        return min(found, key=lambda variant: (variant.last - variant.first, variant.first), default=None)

    def hours_on(self, day: date) -> Hours | None:
        """None on a weekly day off. Holidays are not the schedule's business."""
        variant = self.variant_on(day)
        return (variant.week if variant else self.week)[day.weekday()]

    def plan(self, day: date) -> Plan:
        hours = self.hours_on(day)
        variant = self.variant_on(day)
        source = variant.source if variant and variant.source else self.source
        return Plan(day, (hours.on(day),) if hours else (), source=source)


@dataclass(frozen=True, slots=True)
class Rotation:
    """A cycle of shifts that starts on ``anchor``: 24/48 is ``((day_and_night,), (), ())``."""

    anchor: date
    cycle: tuple[tuple[Hours, ...], ...]

    def __post_init__(self) -> None:
        if not self.cycle:
            raise BrokenSchedule("empty_cycle")

    def shifts_on(self, day: date) -> tuple[Hours, ...]:
        return self.cycle[(day - self.anchor).days % len(self.cycle)]

    def plan(self, day: date) -> Plan:
        return roster_plan(day, self.shifts_on(day))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person is due on the date on which the work starts. No windows: a day off. ``rostered``: shift work, where a holiday
    is a working day. ``known`` is false when a shift worker has no roster for the date, which is neither off nor absence."""

    day: date
    windows: tuple[Window, ...] = ()
    rostered: bool = False
    known: bool = True
    source: str = codes.PERPRES_HOURS


def roster_plan(day: date, shifts: Sequence[Hours] | None, source: str = codes.PERPRES_EXEMPT_UNITS) -> Plan:
    """Shifts that start on the date; empty: rostered off; None: no roster was made.

    Shifts that follow each other without a gap are one window: nobody punches out and in at the same moment.
    Raises BrokenSchedule when two overlap.
    """
    if shifts is None:
        return Plan(day, (), True, False, source)
    windows: list[Window] = []
    for window in sorted((shift.on(day) for shift in shifts), key=lambda window: window.start):
        if windows and window.start < windows[-1].end:
            raise BrokenSchedule("shifts_overlap", first=windows[-1].shift, second=window.shift)
        if windows and window.start == windows[-1].end:
            windows[-1] = _joined(windows[-1], window)
        else:
            windows.append(window)
    return Plan(day, _bounded(windows), True, True, source)


def day_of(kind: str, moment: datetime, plans: Sequence[Plan]) -> date:
    """The working day a punch belongs to, given the plans of the days around it (the day before, the same, the day after).

    The window in which such a punch is in time, else the one whose start (Masuk) or end (Pulang) is nearest and within half a day;
    without any the calendar date. A clock-out after midnight thus stays with the night shift that began the evening before.
    """
    best: tuple[bool, timedelta, date] | None = None
    for plan in plans:
        for window in plan.windows:
            entering = kind != codes.PULANG
            first, due, last = (
                (window.earliest_in, window.start, window.last_in)
                if entering
                else (window.earliest_out, window.end, window.last_out)
            )
            far = abs(moment - due)
            inside = first <= moment <= last
            if inside or far <= timedelta(hours=12):
                candidate = (not inside, far, plan.day)
                best = candidate if best is None else min(best, candidate)
    return best[2] if best else moment.date()


def week_minutes(week: Week) -> int:
    """Net minutes of a week."""
    return sum(hours.net_minutes for hours in week if hours)


def week_warnings(schedule: Schedule) -> tuple[Reason, ...]:
    """A warning per set of weekly hours whose sum is not what the law says; a circular may differ, so nothing is refused."""
    weeks = [("Normal", schedule.week, schedule.target)]
    # Only a variant of a week or more is a week.
    weeks += [
        (variant.label, variant.week, variant.target)
        for variant in schedule.variants
        if variant.last - variant.first >= timedelta(days=6)
    ]
    return tuple(
        Reason("week_sum_differs", (label, week_minutes(week), target), codes.PERPRES_HOURS)
        for label, week, target in weeks
        if target and week_minutes(week) != target
    )


def _check_week(week: Week) -> None:
    if len(week) != 7:
        raise BrokenSchedule("not_a_week", days=len(week))


def _joined(first: Window, second: Window) -> Window:
    return replace(
        first,
        shift=f"{first.shift} + {second.shift}",
        earliest_out=second.earliest_out,
        end=second.end,
        last_out=second.last_out,
        first_half_end=first.end,
        second_half_start=first.end,
        net_minutes=first.net_minutes + second.net_minutes,
    )


def _bounded(windows: list[Window]) -> tuple[Window, ...]:
    """Between two shifts of a date, what leaves until the second starts is the first's, what enters from the first's end the second's."""
    if len(windows) < 2:
        return tuple(windows)
    starts: list[datetime | None] = [*[window.start for window in windows[1:]], None]
    ends: list[datetime | None] = [None, *[window.end for window in windows[:-1]]]
    return tuple(
        replace(window, opens=opens, closes=closes)
        for window, opens, closes in zip(windows, ends, starts, strict=True)
    )
