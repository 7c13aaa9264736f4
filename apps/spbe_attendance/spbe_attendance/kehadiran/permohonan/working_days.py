"""The only place of this package that knows which days are working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import frappe

from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.worktime.calendar import days

# Longest stretch without a working day that a deadline looks across.
LONGEST_BREAK = 60
SATURDAY = 5


def working_days(pegawai: Sequence[str], first: date, last: date) -> dict[str, list[date]]:
    """{person: working days from first to last, in order}, by schedule, roster and calendar; a constant number of statements for
    any number of persons."""
    people = frappe.get_all(
        "Pegawai", filters={"name": ["in", list(pegawai)]}, fields=["name", "opd"], as_list=True
    )
    due = resolve.schedules(people, first, last)
    dates = tuple(days(first, last)) if first <= last else ()
    return {name: [day for day in dates if works(due[name, day], day)] for name, _opd in people}


def works(day: resolve.Day, on: date) -> bool:
    """Shift workers ask for leave before their roster is made: until then the common week stands in for it."""
    if not day.plan.known:
        return on.weekday() < SATURDAY and day.holiday is None
    return not day.free


def deadline(pegawai: str, day: date, limit: int) -> date:
    """The last day on which something about ``day`` may be asked: its ``limit``-th following working day."""
    if limit <= 0:
        return day
    last = day + timedelta(days=2 * limit + LONGEST_BREAK)
    following = working_days([pegawai], day + timedelta(days=1), last)[pegawai]
    return following[limit - 1] if len(following) >= limit else last
