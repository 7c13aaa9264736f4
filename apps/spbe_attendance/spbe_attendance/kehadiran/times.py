"""Times of day as Frappe holds them: a timedelta from the database, text from a form."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from frappe.utils import get_datetime, get_system_timezone


def clock(value: Any) -> str:
    """HH:MM of what a Time field holds."""
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    hours, minutes_text = str(value or "0:0").split(":")[:2]
    return f"{int(hours):02d}:{minutes_text}"


def at(day: date | str, value: Any) -> datetime:
    """The moment of a day at what a Time field holds, to the minute."""
    return get_datetime(f"{day} {clock(value)}:00")


def whole_minute(moment: datetime) -> datetime:
    """Seconds never count against anybody: 07:30:59 is 07:30."""
    return moment.replace(second=0, microsecond=0)


def iso(moment: datetime) -> str:
    """ISO 8601 with the site's offset, to the millisecond."""
    return moment.replace(tzinfo=ZoneInfo(get_system_timezone())).isoformat(timespec="milliseconds")
