"""Whether the shifts of one date let those of the next one begin: what form, import and exchange ask before they write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.jadwal import roster
from spbe_attendance.worktime.hours import Hours
from spbe_attendance.worktime.roster import Clash, clashes

NEXT = timedelta(days=1)
Codes = Mapping[date, Iterable[str]]


def of_codes(days: Codes, known: Mapping[str, Hours]) -> tuple[Clash, ...]:
    """``days``: shift codes of one person by date; codes that are not known are passed over."""
    shifts = {day: [known[code] for code in codes if code in known] for day, codes in days.items()}
    # Only what lasts beyond midnight meets another date: without it there is nothing to build.
    if not any(hours.overnight for of_day in shifts.values() for hours in of_day):
        return ()
    return clashes(shifts)


def around(person: str, day: date, *, without: str | None = None) -> list[dict[str, Any]]:
    """Rows of the date, the one before and the one after, but for the row of this name."""
    found = roster.stored([person], day - NEXT, day + NEXT)
    return [row for rows in found.values() for row in rows if row["name"] != without]


def describe(clash: Clash) -> str:
    return _("Shift {0} of {1} lasts until {2}, and shift {3} of {4} begins at {5}: they overlap.").format(
        clash.first,
        formatdate(clash.first_day),
        f"{clash.until:%H:%M} ({formatdate(clash.until.date())})",
        clash.second,
        formatdate(clash.second_day),
        f"{clash.begins:%H:%M}",
    )
