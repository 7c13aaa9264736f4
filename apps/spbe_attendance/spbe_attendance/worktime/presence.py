"""Where somebody stands in the day, as far as it is known at a moment: exactly one state for each person.

The same windows, permits, outages and punches as ``judge`` takes; where the day is over the two agree on who was there and who
was late. What is not known is never called absence: that word is the recap's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import codes
from .judge import presumed
from .measure import Measure, Task, floor, measure, seen, task
from .permits import cover, open_windows
from .schedule import Plan
from .types import Outage, Permit, Policy, Punch

TEPAT, TERLAMBAT, IZIN = "tepat", "terlambat", "izin"
BELUM_WAKTUNYA, BELUM, TERTUNDA, SENYAP = "belum_waktunya", "belum", "tertunda", "senyap"
ALPA, BEBAS = "alpa", "bebas"
STATES = (TEPAT, TERLAMBAT, IZIN, BELUM_WAKTUNYA, BELUM, TERTUNDA, SENYAP, ALPA, BEBAS)
PRESENT = (TEPAT, TERLAMBAT)
# Nothing is known of these: numbers are not complete while there are any.
UNKNOWN = (TERTUNDA, SENYAP)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of a person on a day. ``tasks``: the windows still to be worked; ``excused``: a permit covers the whole day.
    Neither: nothing is due."""

    tasks: tuple[Task, ...] = ()
    excused: bool = False

    @property
    def limit(self) -> datetime | None:
        """Until when an arrival is in time, the whole minute included; None where nothing is due."""
        if not self.tasks:
            return None
        first = self.tasks[0]
        start = first.due_in or first.window.first_half_end
        return start + timedelta(minutes=first.window.grace)


FREE = Due()


def due(
    plan: Plan, *, free: bool, permits: Sequence[Permit], stops: tuple[Outage, ...], policy: Policy
) -> Due:
    """``free``: no work is due by calendar or roster; ``stops``: the outages in force that concern the person."""
    if free or not plan.windows:
        return FREE
    found = cover(plan, permits, policy)
    if found.whole:
        return Due(excused=True)
    windows = open_windows(plan, found)
    return Due(tuple(task(window, part, stops, policy) for window, part in windows))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the punches say. ``late``: of every session that counts by now the whole proven interval is late, or its clock-in is missing
    for good. ``next``: when the clock alone may change that."""

    present: bool = False
    late: bool = False
    in_at: datetime | None = None
    out_at: datetime | None = None
    next: datetime | None = None


NOT_SEEN = Seen()


def look(owed: Due, punches: Sequence[Punch], policy: Policy, now: datetime) -> Seen:
    """``punches``: those of the working day that count, in any order; rejected ones are left out by the caller."""
    if not punches or owed.excused:
        return NOT_SEEN
    if not owed.tasks:
        return _voluntary(punches)
    found = [(work, measure(work, punches, policy)) for work in owed.tasks]
    proven = [
        best.in_at is not None or best.out_at is not None or seen(work, punches, policy)
        for work, best in found
    ]
    if not any(proven):
        return NOT_SEEN
    late, moments = False, []
    for (work, best), there in zip(found, proven, strict=True):
        missing = best.late is None or not (
            there or presumed(work, best) or work.lenient_in or work.lenient_out
        )
        if not missing:
            late = late or bool(best.late)
        elif floor(now) > work.last_in:
            late = True
        else:
            moments.append(_passed(work.last_in))
    return Seen(True, late, *_first_and_last([best for _work, best in found]), min(moments, default=None))


def _voluntary(punches: Sequence[Punch]) -> Seen:
    """Who comes though nothing is due is there, and never late."""
    entered = [floor(punch.first) for punch in punches if punch.kind == codes.MASUK]
    left = [punch.last for punch in punches if punch.kind == codes.PULANG]
    if not entered and not left:
        return NOT_SEEN
    return Seen(True, False, min(entered, default=None), max(left, default=None))


def _first_and_last(found: Sequence[Measure]) -> tuple[datetime | None, datetime | None]:
    in_at = next((best.in_at for best in found if best.in_at), None)
    return in_at, next((best.out_at for best in reversed(found) if best.out_at), None)


def state(
    owed: Due, known: Seen, now: datetime, *, silent: bool = False, waits_until: datetime | None = None
) -> str:
    """One of STATES, never ``alpa``. ``silent``: nothing is heard from the person's whole unit, or an outage holds there;
    ``waits_until``: until when, the whole minute included, a punch may lie on a phone without signal."""
    if owed.excused:
        return IZIN
    if known.present:
        return TERLAMBAT if known.late else TEPAT
    limit = owed.limit
    if limit is None:
        return BEBAS
    if floor(now) <= limit:
        return BELUM_WAKTUNYA
    if silent:
        return SENYAP
    return TERTUNDA if waits_until is not None and floor(now) <= waits_until else BELUM


def next_change(
    owed: Due, known: Seen, now: datetime, waits_until: datetime | None = None
) -> datetime | None:
    """The first moment after ``now`` at which the clock alone may give another state; silence apart."""
    if owed.excused:
        return None
    if known.present:
        return known.next
    limit = owed.limit
    if limit is None:
        return None
    moments = [_passed(limit), *([_passed(waits_until)] if waits_until else ())]
    return min((moment for moment in moments if moment > now), default=None)


def _passed(limit: datetime) -> datetime:
    """When a limit is over whose whole minute is included; hours of leave or duty may end between two minutes."""
    return floor(limit) + _MINUTE


def disturbed(owed: Due, stops: Sequence[Outage], now: datetime) -> bool:
    """Whether an outage lies on the time to come, so that no punch says nothing about the person."""
    if not owed.tasks:
        return False
    opens = owed.tasks[0].window.earliest_in
    return any(row.first <= now and row.last >= opens for row in stops)


def closed(
    kode: str, kode_utama: str, *, late: bool, working: bool, punched: bool, timed: bool
) -> str | None:
    """The state by the recap's row of a day that is over; None where the row gives no verdict.

    ``kode``: all codes, comma-separated; ``late``: minutes or a level of TL; ``punched``: any clock punch counts; ``timed``: the row
    has a time of coming or going.
    """
    found = set(kode.split(",")) - {""}
    if codes.TANPA_KETERANGAN in found:
        return ALPA
    if kode_utama in (*codes.LEAVE, *codes.DUTY) or (codes.WFA in found and not (timed or punched)):
        return IZIN
    if not found:
        return None
    if not working:
        return TEPAT if punched else BEBAS
    return TERLAMBAT if late else TEPAT
