"""Tallies of units on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from frappe.utils import now_datetime

from spbe_attendance.pemantauan.ringkas import standing, tally
from spbe_attendance.pemantauan.ringkas.tally import Tally


def of_day(day: date, units: Collection[str]) -> dict[str, Tally]:
    """By unit, of those that have staff."""
    now = now_datetime()
    found = standing.of_units(day, sorted(units), now)
    return {opd: tally.of_unit(unit, day < now.date()) for opd, unit in found.items()}
