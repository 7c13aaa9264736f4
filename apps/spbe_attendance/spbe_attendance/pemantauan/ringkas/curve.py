"""Arrivals over the morning, in buckets of five minutes: today's, and the usual ones of this weekday."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

import frappe
from pypika.functions import Count
from pypika.terms import CustomFunction
from redis.exceptions import RedisError

from spbe_attendance.pemantauan.ringkas import keys
from spbe_attendance.pemantauan.ringkas.tally import BUCKET, DAY_MINUTES, Tally

if TYPE_CHECKING:
    from spbe_attendance.pemantauan.ringkas.summary import View

# Shown even when nobody came earlier or later.
OPENS, CLOSES = 6 * 60, 10 * 60
# Weeks to look back; fewer days with arrivals than this are no habit.
WEEKS, LEAST = 6, 3
# Past days seldom change: corrections of the last weeks are seen after this (seconds).
KEPT = 6 * 3600
TimeToSec = CustomFunction("TIME_TO_SEC", ["moment"])
Floor = CustomFunction("FLOOR", ["number"])


def buckets(tally: Tally, view: View) -> list[int]:
    """Starts of the buckets, in minutes from midnight: all in which somebody came, on the present day none that has not begun."""
    seen = [*tally.arrivals]
    last = max([CLOSES - BUCKET, *seen])
    if not view.over:
        begun = (view.now.hour * 60 + view.now.minute) // BUCKET * BUCKET
        # What was captured at a clock that runs ahead still counts.
        last = max([min(last, begun), *seen])
    return list(range(min([OPENS, *seen, last]), min(last, DAY_MINUTES - BUCKET) + BUCKET, BUCKET))


def cumulative(arrivals: Counter[int], starts: Sequence[int]) -> list[int]:
    """Who had come by the end of each bucket; who came before the first is in the first."""
    total, found = sum(count for start, count in arrivals.items() if start < starts[0]), []
    for start in starts:
        total += arrivals[start]
        found.append(total)
    return found


def usual(view: View, starts: Sequence[int]) -> list[int] | None:
    """The median of the same weekdays before, bucket by bucket; days on which nobody came (holidays) are left out."""
    days = [day for day in kept(view) if sum(day.values())]
    if len(days) < LEAST:
        return None
    curves = [cumulative(day, starts) for day in days]
    return [round(median(values)) for values in zip(*curves, strict=True)]


def kept(view: View) -> list[Counter[int]]:
    key = keys.usual(view.day, ",".join(sorted(view.roots)))
    try:
        known = frappe.cache.get(key)
        if known is None:
            known = json.dumps([[*day.items()] for day in past(view.day, view.units)])
            frappe.cache.set(key, known, ex=KEPT)
    except RedisError:
        return past(view.day, view.units)
    return [Counter(dict(pairs)) for pairs in json.loads(known)]


def past(day: date, units: frozenset[str]) -> list[Counter[int]]:
    """Arrivals of the recap by bucket, on each of the weekdays before."""
    rekap = frappe.qb.DocType("Rekap Harian")
    start = Floor(TimeToSec(rekap.masuk) / (60 * BUCKET))
    rows = (
        frappe.qb.from_(rekap)
        .select(rekap.tanggal, start, Count("*"))
        .where(rekap.tanggal.isin([day - timedelta(weeks=week) for week in range(1, WEEKS + 1)]))
        .where(rekap.opd.isin(sorted(units) or [""]) & rekap.masuk.isnotnull())
        .groupby(rekap.tanggal, start)
        .run()
    )
    found: dict[date, Counter[int]] = defaultdict(Counter)
    for when, number, count in rows:
        found[when][int(number) * BUCKET] = count
    return list(found.values())
