"""Hours of one shift or weekday, and the window they open on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from .errors import BrokenSchedule

DAY = 24 * 60
# Farther than this from start or end, a limit is a slip of the pen.
_WIDEST = 12 * 60
_DEFAULT_EARLY = 120
_DEFAULT_LATE = 240


@dataclass(frozen=True, slots=True)
class Rest:
    start: time
    end: time


@dataclass(frozen=True)
class Hours:
    """Hours of work as a circular prints them; limits left out: earliest in 2 h before start, last in at the end, earliest out
    at the start, last out 4 h after the end.

    ``overnight``: the end lies on the next date; without it an end not after the start is refused. ``grace`` (minutes): no lateness
    up to it; with ``payback`` the minutes used of it are added to the due time out. Lateness beyond the grace counts from the
    grace's end, or from the start with ``late_from_start``. ``rest_minutes``: rest whose time of day is not fixed.
    Raises BrokenSchedule.
    """

    start: time
    end: time
    earliest_in: time | None = None
    last_in: time | None = None
    earliest_out: time | None = None
    last_out: time | None = None
    grace: int = 0
    payback: bool = False
    late_from_start: bool = False
    overnight: bool = False
    rests: tuple[Rest, ...] = ()
    rest_minutes: int = 0
    key: str = ""

    def __post_init__(self) -> None:
        begin, end = _minutes(self.start), _minutes(self.end)
        if not self.overnight and end <= begin:
            raise BrokenSchedule("end_before_start", start=self.start, end=self.end)
        if self.overnight and end > begin:
            raise BrokenSchedule("not_overnight", start=self.start, end=self.end)
        limits = self.limits
        if not limits.earliest_in <= limits.start <= limits.last_in <= limits.end:
            raise BrokenSchedule("out_of_order", side="in")
        if not limits.start <= limits.earliest_out <= limits.end <= limits.last_out:
            raise BrokenSchedule("out_of_order", side="out")
        if limits.start - limits.earliest_in > _WIDEST or limits.last_out - limits.end > _WIDEST:
            raise BrokenSchedule("window_too_wide", hours=_WIDEST // 60)
        if not 0 <= self.grace < limits.end - limits.start:
            raise BrokenSchedule("grace_invalid", grace=self.grace)
        # Who repays all of the grace must be able to punch at the time due.
        if self.payback and limits.end + self.grace > limits.last_out:
            raise BrokenSchedule("payback_after_last_out", grace=self.grace)
        if self.rest_minutes < 0 or self.net_minutes <= 0:
            raise BrokenSchedule("rest_too_long")
        if any(not limits.start <= first < last <= limits.end for first, last in self.rest_limits):
            raise BrokenSchedule("rest_outside")

    @cached_property
    def limits(self) -> Limits:
        """Minutes from midnight of the date the shift starts on; negative on the date before."""
        start = _minutes(self.start)
        end = _minutes(self.end) + (DAY if self.overnight else 0)
        return Limits(
            _before(self.earliest_in, start, start - _DEFAULT_EARLY),
            start,
            _after(self.last_in, start, end),
            _before(self.earliest_out, end, start),
            end,
            _after(self.last_out, end, end + _DEFAULT_LATE),
        )

    @cached_property
    def rest_limits(self) -> tuple[tuple[int, int], ...]:
        """Rests in minutes like ``limits``, in order."""
        start = self.limits.start
        rests = ((_after(rest.start, start, 0), rest.end) for rest in self.rests)
        return tuple(sorted((first, _after(end, first, 0)) for first, end in rests))

    @cached_property
    def net_minutes(self) -> int:
        """Start to end without rests."""
        rests = sum(end - start for start, end in self.rest_limits)
        return self.limits.end - self.limits.start - rests - self.rest_minutes

    @cached_property
    def halves(self) -> tuple[int, int]:
        """Minutes when the first half ends and when the second begins (the rest that holds the middle, or the first rest;
        without one both are the middle): who has the morning off is due after the rest, who has the afternoon off may leave at it.
        """
        middle = (self.limits.start + self.limits.end) // 2
        around = [rest for rest in self.rest_limits if rest[0] <= middle <= rest[1]] or self.rest_limits[:1]
        if not around:
            return middle, middle
        start, end = around[0]
        return end, start

    def on(self, day: date) -> Window:
        """The window that these hours open on the date they start."""
        midnight = datetime.combine(day, time())
        limits, (first_half_end, second_half_start) = self.limits, self.halves

        def at(minutes: int) -> datetime:
            return midnight + timedelta(minutes=minutes)

        return Window(
            self.key,
            at(limits.earliest_in),
            at(limits.start),
            at(limits.last_in),
            at(limits.earliest_out),
            at(limits.end),
            at(limits.last_out),
            self.grace,
            self.payback,
            self.late_from_start,
            at(first_half_end),
            at(second_half_start),
            self.net_minutes,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    earliest_in: int
    start: int
    last_in: int
    earliest_out: int
    end: int
    last_out: int


@dataclass(frozen=True, slots=True)
class Window:
    """Hours on a date, as moments. When a date has two shifts, no clock-in before ``opens`` (the end of the one before) and no
    clock-out from ``closes`` on (the start of the next) is this one's."""

    shift: str
    earliest_in: datetime
    start: datetime
    last_in: datetime
    earliest_out: datetime
    end: datetime
    last_out: datetime
    grace: int
    payback: bool
    late_from_start: bool
    first_half_end: datetime
    second_half_start: datetime
    net_minutes: int
    opens: datetime | None = None
    closes: datetime | None = None


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _before(moment: time | None, anchor: int, default: int) -> int:
    """The last occurrence of a time of day not after the anchor."""
    if moment is None:
        return default
    return anchor - (anchor - _minutes(moment)) % DAY


def _after(moment: time | None, anchor: int, default: int) -> int:
    """The first occurrence of a time of day not before the anchor."""
    if moment is None:
        return default
    return anchor + (_minutes(moment) - anchor) % DAY
