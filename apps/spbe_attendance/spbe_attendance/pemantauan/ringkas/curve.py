"""Arrivals over the morning, in buckets of five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_attendance.pemantauan.ringkas.tally import BUCKET, DAY_MINUTES, Tally

if TYPE_CHECKING:
    from spbe_attendance.pemantauan.ringkas.summary import View

# Shown even when nobody came earlier or later.
OPENS, CLOSES = 6 * 60, 10 * 60


def buckets(tally: Tally, view: View) -> list[int]:
    """Starts of the buckets, in minutes from midnight: all in which somebody came, on the present day none that has not begun."""
    seen = [*tally.arrivals]
    last = max([CLOSES - BUCKET, *seen])
    if not view.over:
        # What was captured at a clock that runs ahead still counts.
        now = view.now.hour * 60 + view.now.minute
        last = max(min(last, now // BUCKET * BUCKET), *seen) if seen else min(last, now // BUCKET * BUCKET)
    return list(range(min([OPENS, *seen, last]), min(last, DAY_MINUTES - BUCKET) + BUCKET, BUCKET))


def cumulative(tally: Tally, starts: list[int]) -> list[int]:
    """Who had come by the end of each bucket."""
    total, found = 0, []
    for start in starts:
        total += tally.arrivals[start]
        found.append(total)
    return found


def usual(view: View, starts: list[int]) -> list[int] | None:
    return None
