"""Tells watching screens: the totals of what changed and of everything above it, at most once in PACE.

The herald does it where it runs. Elsewhere a change orders the job unless one is ordered already (marks.write). The job waits until PACE has passed since screens were told
last, gives the turn back, and only then takes what waits: a change that found the turn taken has been noted before that, and the last
one of a burst is told, too. Without a worker marks and what waits stay: who asks sees the truth, and the next job tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain
from time import sleep, time
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance import realtime
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.pemantauan.ringkas import counters, keys, tally
from spbe_attendance.pemantauan.ringkas.tally import Tally
from spbe_attendance.pemantauan.ringkas.tree import Tree

# Seconds. A single change is told at once; of a burst whoever comes last waits for this, the look of the herald and the way to the
# screen: together less than two seconds. Each time costs the machine that takes the punches a count and a message to every screen.
PACE = 1.4
# Of the herald's time in a burst. Where counting and telling take long the machine has punches to answer, which go first; no screen
# waits longer than this (seconds) for the next numbers.
SHARE, LONGEST = 0.05, 5.0


def rest(took: float) -> float:
    """Seconds from the beginning of one telling, which took so long, to the next."""
    return max(PACE, min(took / SHARE, LONGEST))


def run() -> None:
    """The job."""
    told = float(frappe.cache.get(keys.told()) or 0)
    # A clock that was set back must not make it wait for long.
    rest = min(PACE, PACE - (time() - told))
    if rest > 0:
        sleep(rest)
    frappe.cache.set(keys.told(), time(), ex=60)
    frappe.cache.delete(keys.turn())
    tell_all()


def tell_all() -> None:
    """What waits; it waits again if it cannot be told."""
    units = take()
    if not units:
        return
    try:
        tell(units)
    except Exception:
        put_back(units)
        raise


def by_clock() -> None:
    """Hooked to the scheduler, for benches without a herald: a limit has passed, or the day is another one."""
    if clock_has_struck():
        frappe.cache.delete(keys.clock())
        put_back({keys.EVERY})
        run()


def clock_has_struck() -> bool:
    """Also where nothing is known of the clock, as after a flush."""
    return time() >= float(frappe.cache.get(keys.clock()) or 0)


def set_clock(now: datetime, following: datetime | None) -> None:
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
    rest = min(following or midnight, midnight) - now
    frappe.cache.set(keys.clock(), time() + max(1.0, rest.total_seconds()))


def take() -> set[str]:
    with frappe.cache.pipeline(transaction=True) as pipe:
        pipe.smembers(keys.waiting())
        pipe.delete(keys.waiting())
        found, _deleted = pipe.execute()
    return {unit.decode() for unit in found}


def put_back(units: set[str]) -> None:
    # Frappe's own sadd would put the site's prefix before the name again.
    with frappe.cache.pipeline() as pipe:
        pipe.sadd(keys.waiting(), *units)
        pipe.execute()


def tell(units: set[str]) -> None:
    with known.used():
        # Before the counters' marks, after what waits was taken: a unit that waits is in it.
        tree = known.value(known.TEMPAT, "tree", Tree.load)
    now = now_datetime()
    changed = set(tree.rows) if keys.EVERY in units else units & set(tree.rows)
    day = now.date()
    counted = counters.of_day(day, tree.rows, anew=True)
    set_clock(now, counted.next)
    concerned: dict[str, set[str]] = defaultdict(set)
    for unit in changed:
        path = tree.above(unit)
        for above, below in zip(path, [*path[1:], ""], strict=True):
            concerned[above].add(below)
    sums = subtree_sums(tree, counted.tallies, {*concerned, *chain.from_iterable(concerned.values())} - {""})
    for opd, below in concerned.items():
        realtime.publish_summary(opd, message(opd, below, day, counted, sums))


def subtree_sums(tree: Tree, tallies: dict[str, Tally], opds: Iterable[str]) -> dict[str, Tally]:
    return {opd: tally.total(tallies[unit] for unit in tree.below(opd) if unit in tallies) for opd in opds}


def message(
    opd: str, below: set[str], day: date, counted: counters.Counted, sums: dict[str, Tally]
) -> dict[str, Any]:
    """Of the contract: all numbers of the OPD, those of its children that changed, and of its own staff if they did."""
    found = {
        "opd": opd,
        "tanggal": day.isoformat(),
        "versi": counted.version,
        "jumlah": sums[opd].counts(),
        "anak": {child: sums[child].counts() for child in sorted(below) if child},
    }
    if "" in below:
        found["langsung"] = counted.tallies.get(opd, Tally()).counts()
    return found
