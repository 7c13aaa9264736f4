"""One window of work measured by its punches: first in and last out, minutes late and early.

The true first in lies between the earliest ``first`` and the earliest ``last`` of all intervals, the true last out between the latest
``first`` and the latest ``last``. The verdict takes the end that is better for the person; where the other end would give another
code, the session straddles. Moments are truncated to the minute, delays too: 07:30:59 is 07:30.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import codes, outages
from .hours import Window
from .permits import Cover, due_in, due_out
from .types import OWN_HALF, Outage, Policy, Punch

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Task:
    """What is due of one window: ``due_in``/``due_out`` after permits, None when that side needs no punch.
    ``lenient_in``/``lenient_out``: a missing punch is no fault there (duty elsewhere). ``void_in``/``void_out``: the outage that
    excuses the side."""

    window: Window
    due_in: datetime | None
    due_out: datetime | None
    lenient_in: bool
    lenient_out: bool
    void_in: Outage | None
    void_out: Outage | None
    outages: tuple[Outage, ...]

    @property
    def last_in(self) -> datetime:
        """Moves with the time due."""
        return self.window.last_in + ((self.due_in or self.window.start) - self.window.start)

    @property
    def earliest_out(self) -> datetime:
        """Moves with the time due."""
        return self.window.earliest_out - (self.window.end - (self.due_out or self.window.end))

    @property
    def owed_at_most(self) -> int:
        """Minutes of grace to be repaid by somebody without a clock-in."""
        return self.window.grace if self.window.payback else 0

    def due_with(self, owed: int) -> datetime:
        """The time due out, later by the minutes of grace to be repaid; permitted hours at the end cancel that debt."""
        due = self.due_out or self.window.end
        return due + timedelta(minutes=owed) if due == self.window.end else due


@dataclass(frozen=True, slots=True)
class Measure:
    """``late``/``early``: minutes, 0 when excused, None when the punch is missing and nothing excuses it.
    ``owed``: minutes of grace added to the time due out. ``in_off``/``out_off``: minutes that an outage took off."""

    in_at: datetime | None
    out_at: datetime | None
    late: int | None
    early: int | None
    owed: int = 0
    in_off: int = 0
    out_off: int = 0


def task(window: Window, cover: Cover, stops: tuple[Outage, ...], policy: Policy) -> Task:
    """The window as permits and outages leave it."""
    start: datetime | None = due_in(window, cover.hours)
    end: datetime | None = due_out(window, cover.hours)
    if cover.morning:
        start = None if policy.half_day == OWN_HALF else max(start or window.start, window.first_half_end)
    if cover.afternoon:
        end = None if policy.half_day == OWN_HALF else min(end or window.end, window.second_half_start)
    grace = timedelta(minutes=window.grace)
    return Task(
        window,
        start,
        end,
        _on_duty(cover, window.start),
        _on_duty(cover, window.end),
        outages.voids(stops, window.earliest_in, (start or window.start) + grace) if stops else None,
        outages.voids(stops, end or window.end, window.last_out) if stops else None,
        outages.excusing_minutes(stops),
    )


def measure(work: Task, punches: Sequence[Punch], policy: Policy, worst: bool = False) -> Measure:
    """The window by punches that count, in any order; ``worst``: at the other end of every interval."""
    entered = _moments(punches, codes.MASUK, lambda punch: _entered(work, punch, policy, worst))
    left = _moments(punches, codes.PULANG, lambda punch: _left(work, punch, policy, worst))
    in_at, out_at = min(entered, default=None), max(left, default=None)
    late, owed, in_off = _late(work, in_at)
    early, out_off = _early(work, out_at, owed)
    return Measure(in_at, out_at, late, early, owed, in_off, out_off)


def seen(work: Task, punches: Iterable[Punch], policy: Policy) -> bool:
    """Whether any punch proves presence around the window, be it too late to come or too early to leave."""
    first, last = _opens(work, policy), _closes(work, policy)
    return any(
        punch.kind in (codes.MASUK, codes.PULANG) and punch.last >= first and floor(punch.first) <= last
        for punch in punches
    )


def floor(moment: datetime) -> datetime:
    """Seconds are dropped."""
    return moment.replace(second=0, microsecond=0)


def _on_duty(cover: Cover, due: datetime) -> bool:
    """Whether permitted hours that hold the time due are duty, or WFA without clocking: who is elsewhere does not punch here."""
    return any(
        row.kind in (*codes.DUTY, codes.WFA)
        and row.since is not None
        and row.until is not None
        and row.since <= due <= row.until
        for row in cover.hours
    )


def _moments(
    punches: Sequence[Punch], kind: str, usable: Callable[[Punch], datetime | None]
) -> list[datetime]:
    found = [usable(punch) for punch in punches if punch.kind == kind]
    return [moment for moment in found if moment is not None]


def _opens(work: Task, policy: Policy) -> datetime:
    first = work.window.earliest_in - timedelta(minutes=policy.early_in_slack)
    return max(first, work.window.opens) if work.window.opens else first


def _closes(work: Task, policy: Policy) -> datetime:
    last = work.window.last_out + timedelta(minutes=policy.late_out_slack)
    return min(last, work.window.closes - _MINUTE) if work.window.closes else last


def _entered(work: Task, punch: Punch, policy: Policy, worst: bool) -> datetime | None:
    """The moment at which the punch counts as coming, None when it is outside of the window."""
    earliest, latest = (punch.first, punch.last) if worst else (punch.last, punch.first)
    if earliest < _opens(work, policy) or floor(latest) > work.last_in:
        return None
    return max(floor(latest), work.window.earliest_in)


def _left(work: Task, punch: Punch, policy: Policy, worst: bool) -> datetime | None:
    """The moment at which the punch counts as leaving, None when it is outside of the window."""
    latest, earliest = (punch.last, punch.first) if worst else (punch.first, punch.last)
    if floor(latest) > _closes(work, policy) or earliest < work.earliest_out:
        return None
    # Not truncated: leaving at 15:59:30 is less than a whole minute early.
    return min(earliest, work.window.last_out)


def _late(work: Task, in_at: datetime | None) -> tuple[int | None, int, int]:
    """Minutes late, minutes of grace owed, minutes taken off by outages."""
    if work.due_in is None or work.void_in:
        return 0, 0, 0
    if in_at is None:
        if work.lenient_in:
            return 0, 0, 0
        late, _owed, off = _late_at(work, work.due_in, work.last_in)
        return (0 if off and not late else None), work.owed_at_most, off
    return _late_at(work, work.due_in, in_at)


def _late_at(work: Task, due: datetime, in_at: datetime) -> tuple[int, int, int]:
    window = work.window
    delay = max(0, (in_at - due) // _MINUTE)
    # The grace is owed also by those who overran it: coming later must not shorten the day.
    owed = min(delay, window.grace) if window.payback else 0
    if delay <= window.grace:
        return 0, owed, 0
    late = delay if window.late_from_start else delay - window.grace
    off = outages.minutes_off(work.outages, due + timedelta(minutes=delay - late), in_at)
    return max(0, late - off), owed, off


def _early(work: Task, out_at: datetime | None, owed: int) -> tuple[int | None, int]:
    """Minutes early, minutes taken off by outages."""
    if work.due_out is None or work.void_out:
        return 0, 0
    due = work.due_with(owed)
    if out_at is None:
        if work.lenient_out:
            return 0, 0
        early, off = _early_at(work, due, work.earliest_out)
        return (0 if off and not early else None), off
    return _early_at(work, due, out_at)


def _early_at(work: Task, due: datetime, out_at: datetime) -> tuple[int, int]:
    whole = floor(out_at)
    out_at = whole if whole == out_at else whole + _MINUTE
    early = max(0, (due - out_at) // _MINUTE)
    off = outages.minutes_off(work.outages, out_at, due) if early else 0
    return max(0, early - off), off
