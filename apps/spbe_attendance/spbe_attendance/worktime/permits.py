"""What approved permits leave to be done on a day.

Precedence: leave > duty (DL, TB) > WFA; among leave in the order of ``codes.LEAVE``. A permit belongs to the date on which the work
starts, so leave on Tuesday is leave from the night shift that begins on Tuesday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from . import codes
from .hours import Window
from .schedule import Plan
from .types import HALF, ONE, WHOLE_DAY, Permit, Policy


@dataclass(frozen=True, slots=True)
class Cover:
    """``whole``: (code, share) of a day on which nothing is due, else empty. ``halves``: the permit of each covered half.
    ``hours``: permits of some hours. ``wfa``: the WFA permit. ``overridden``: approved, but another one decides."""

    whole: tuple[tuple[Permit, Decimal], ...] = ()
    morning: Permit | None = None
    afternoon: Permit | None = None
    hours: tuple[Permit, ...] = ()
    wfa: Permit | None = None
    overridden: tuple[Permit, ...] = ()

    @property
    def half(self) -> Permit | None:
        return self.morning or self.afternoon

    @property
    def from_anywhere(self) -> bool:
        """Whether the day, or what is left of it, is worked from anywhere."""
        leave_only = self.whole and all(row.kind != codes.WFA for row, _share in self.whole)
        return self.wfa is not None and not leave_only

    @property
    def open_share(self) -> Decimal:
        """How much of the day is still to be worked."""
        return HALF if self.half else ONE


def rank(permit: Permit) -> tuple[int, object, str]:
    """Smaller goes first; total, so that the order in which permits are given never matters."""
    return codes.PERMITS.index(permit.kind), permit.first, permit.key


def cover(plan: Plan, permits: Sequence[Permit], policy: Policy) -> Cover:
    """What the approved ones among ``permits`` do to the plan's day."""
    approved = sorted((row for row in permits if row.approved and _concerns(row, plan)), key=rank)
    if not approved:
        return Cover()
    wfa = next((row for row in approved if row.kind == codes.WFA), None)
    # Where the duty to clock is lifted, WFA stands like duty elsewhere; else it changes nothing that is due.
    rest = [row for row in approved if row.kind != codes.WFA or not policy.wfa_needs_clock]
    for row in rest:
        if _is_whole(row, plan, policy):
            return Cover(
                ((row, ONE),), wfa=wfa, overridden=tuple(other for other in rest if other is not row)
            )
    return _partly(rest, wfa)


def open_windows(plan: Plan, found: Cover) -> list[tuple[Window, Cover]]:
    """Windows still to be worked, each with what covers it. Of several shifts on a date the half day is the first or the last ones."""
    if len(plan.windows) < 2 or found.half is None:
        return [(window, found) for window in plan.windows]
    middle = len(plan.windows) // 2
    rest = plan.windows[middle:] if found.morning else plan.windows[:middle]
    whole = replace(found, morning=None, afternoon=None)
    return [(window, whole) for window in rest]


def counts_as(permit: Permit) -> str:
    """The share code of a covered day or half: WFA without the duty to clock is presence."""
    return codes.HADIR if permit.kind == codes.WFA else permit.kind


def due_in(window: Window, permits: Sequence[Permit]) -> datetime:
    """The start, moved to the end of permitted hours that hold it."""
    due = window.start
    for row in sorted(permits, key=_since):
        if row.since is not None and row.until is not None and row.since <= due < row.until:
            due = row.until
    return min(due, window.end)


def due_out(window: Window, permits: Sequence[Permit]) -> datetime:
    """The end, moved to the beginning of permitted hours that hold it."""
    due = window.end
    for row in sorted(permits, key=_since, reverse=True):
        if row.since is not None and row.until is not None and row.since < due <= row.until:
            due = row.since
    return max(due, window.start)


def _since(permit: Permit) -> datetime:
    return permit.since or datetime.min


def _concerns(permit: Permit, plan: Plan) -> bool:
    if not permit.of_hours:
        return permit.first <= plan.day <= permit.last
    # Hours after midnight of a night shift are written with the date they fall on.
    return any(
        permit.since < window.end and permit.until > window.start  # type: ignore[operator]
        for window in plan.windows
    )


def _is_whole(permit: Permit, plan: Plan, policy: Policy) -> bool:
    if permit.of_hours:
        return all(
            permit.since <= window.start and permit.until >= window.end  # type: ignore[operator]
            for window in plan.windows
        )
    return not permit.half or policy.half_day == WHOLE_DAY


def _partly(rest: list[Permit], wfa: Permit | None) -> Cover:
    morning = next((row for row in rest if row.half == codes.MORNING), None)
    afternoon = next((row for row in rest if row.half == codes.AFTERNOON), None)
    used = (morning, afternoon)
    overridden = tuple(row for row in rest if row.half and row not in used)
    hours = tuple(row for row in rest if row.of_hours)
    if morning and afternoon:
        return Cover(((morning, HALF), (afternoon, HALF)), wfa=wfa, overridden=(*overridden, *hours))
    return Cover((), morning, afternoon, hours, wfa, overridden)
