"""Counts of a month per OPD, one statement each. Kept for a while, for all readers alike: what a reader may see is chosen afterwards.

A month of 10,000 persons is 300,000 computed days; nobody waits for twelve of them. The days of the running month and of the one
before still change, older ones rarely: they are counted again after FRESH and SETTLED seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.query_builder import CustomFunction
from frappe.query_builder.functions import Count
from frappe.utils import add_months, formatdate, get_first_day, get_last_day, getdate

from spbe_attendance.pemantauan.beranda.charts import kind

KEY = "analitik"
FRESH, SETTLED = 600, 20 * 3600
KEPT_MONTHS = 12
MONDAY = date(2026, 11, 23)
Hour = CustomFunction("HOUR", ["moment"])
# 0 is Monday.
Weekday = CustomFunction("WEEKDAY", ["day"])
# {OPD: {group of the day's outcome, or (weekday, hour of arrival): days}}
Counts = dict[str, Counter[Any]]


def outcomes(month: date) -> Counts:
    """{OPD: {charts.ON_TIME, PARTLY, AWAY, ABSENT or FREE: days of persons}}."""
    return _kept("hasil", month, _outcomes)


def arrivals(month: date) -> Counts:
    """{OPD: {(weekday, hour): first punches}}."""
    return _kept("datang", month, _arrivals)


def before(month: date, number: int) -> list[date]:
    """That many months up to this one, the oldest first."""
    first = get_first_day(month)
    return [getdate(add_months(first, -back)) for back in range(number - 1, -1, -1)]


def chosen(counts: Counts, opds: Iterable[str] | None) -> Counts:
    """Of these units; None: all."""
    return counts if opds is None else {opd: counts[opd] for opd in opds if opd in counts}


def total(counts: Counts) -> Counter[Any]:
    return sum(counts.values(), Counter())


def day_name(weekday: int) -> str:
    """0 is Monday, in the language of the screen."""
    return formatdate(MONDAY + timedelta(days=weekday), "EEEE")


def warm() -> None:
    """Nightly, after the day is closed: nobody waits for the months in the morning."""
    forget()
    for month in before(getdate(), KEPT_MONTHS):
        outcomes(month)
    for month in before(getdate(), 2):
        arrivals(month)


def forget() -> None:
    frappe.cache.delete_keys(KEY)


def _kept(what: str, month: date, count: Callable[[date, date], Counts]) -> Counts:
    first = getdate(get_first_day(month))
    key = f"{KEY}|{what}|{first:%Y-%m}"
    found = frappe.cache.get_value(key, expires=True)
    if found is None:
        # The largest question of all: for the replica, where there is one.
        found = frappe.read_only()(count)(first, getdate(get_last_day(first)))
        settled = getdate() > getdate(get_last_day(add_months(first, 1)))
        frappe.cache.set_value(key, found, expires_in_sec=SETTLED if settled else FRESH)
    return found


def _outcomes(first: date, last: date) -> Counts:
    day = frappe.qb.DocType("Rekap Harian")
    query = (
        frappe.qb.from_(day)
        .select(day.opd, day.kode, day.kode_utama, Count("*"))
        .where(day.tanggal[first:last])
        .groupby(day.opd, day.kode, day.kode_utama)
    )
    found: Counts = defaultdict(Counter)
    for opd, code, main, number in query.run():
        found[opd][kind(code or "", main or "")] += number
    return dict(found)


def _arrivals(first: date, last: date) -> Counts:
    day = frappe.qb.DocType("Rekap Harian")
    weekday, hour = Weekday(day.tanggal), Hour(day.masuk)
    query = (
        frappe.qb.from_(day)
        .select(day.opd, weekday, hour, Count("*"))
        .where(day.tanggal[first:last] & day.masuk.isnotnull())
        .groupby(day.opd, weekday, hour)
    )
    found: Counts = defaultdict(Counter)
    for opd, at, clock, number in query.run():
        found[opd][(at, clock)] += number
    return dict(found)
