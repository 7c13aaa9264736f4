"""Between which two moments a punch was captured, as far as it can be proven.

What proves: the server's clock in the anchor, the server's clock at arrival, the order of the entries of one key, and the phone's
monotonic clock, which may stand still in sleep but never runs ahead. What proves nothing: the wall clock, which anybody can set. It
may only agree: when it ran as far as the monotonic one, neither slept nor was set, and the capture is known to the second.
"""

from __future__ import annotations

from dataclasses import dataclass

from .entry import Entry

# A phone's crystal and the rounding of timers against fingerprinting stay far below.
SLACK_MS = 2_000
SLACK_SHARE = 1_000

CLOCK_LOST = "clock_lost"
CLOCKS_DISAGREE = "clocks_disagree"
BEHIND_CHAIN = "behind_chain"
AHEAD_OF_ARRIVAL = "ahead_of_arrival"


@dataclass(frozen=True)
class Interval:
    """Milliseconds since the epoch: ``earliest`` <= ``shown`` <= ``latest``. ``notes`` say what made it wider."""

    earliest: int
    latest: int
    shown: int
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return self.latest - self.earliest


@dataclass(frozen=True)
class Neighbours:
    """What is proven of entries before and after in the chain of one key; None when there is none."""

    not_before: int | None = None
    not_after: int | None = None


def prove(entry: Entry, anchor: int, arrival: int, around: Neighbours | None = None) -> Interval:
    """The proven interval of a capture; ``anchor`` and ``arrival`` are moments of the server's clock.

    Never begins before the anchor plus the monotonic time, never ends after the arrival.
    """
    around = around or Neighbours()
    notes: list[str] = []
    earliest, latest = anchor, arrival
    if entry.since_received is None or entry.since_sent is None:
        notes.append(CLOCK_LOST)
    else:
        earliest = anchor + entry.since_received
        if clocks_agree(entry):
            latest = min(latest, anchor + entry.since_sent + slack(entry.since_sent))
        else:
            notes.append(CLOCKS_DISAGREE)
    if around.not_after is not None:
        latest = min(latest, around.not_after)
    if around.not_before is not None and around.not_before > earliest:
        earliest = around.not_before
    if earliest > latest:
        # The evidence contradicts itself: what narrowed the end is believed no more.
        notes.append(BEHIND_CHAIN)
        latest = arrival
    if earliest > arrival:
        notes.append(AHEAD_OF_ARRIVAL)
        earliest = latest = arrival
    wall = anchor + entry.wall_at_capture - entry.wall_at_anchor
    return Interval(earliest, latest, min(max(wall, earliest), latest), tuple(notes))


def clocks_agree(entry: Entry) -> bool:
    """The wall clock ran as far as the monotonic one since the anchor was there."""
    if entry.since_sent is None or entry.since_received is None:
        return False
    ran = entry.wall_at_capture - entry.wall_at_anchor
    trip = entry.since_sent - entry.since_received
    return abs(ran - entry.since_received) <= slack(entry.since_sent) + trip


def slack(elapsed: int) -> int:
    return SLACK_MS + elapsed // SLACK_SHARE
