"""A person's year as the form shows it: one square per day."""

from __future__ import annotations

from calendar import timegm
from datetime import datetime, time, timedelta

import frappe

from spbe_attendance.pemantauan.beranda import presence

DAYS = 366
# In the middle of the day, so that the date is the same wherever in Indonesia the browser stands.
NOON = time(12)


def hours(pegawai: str) -> dict[int, float]:
    """{seconds since 1970 at noon: hours between first in and last out, at least 0.5} of the days present that the reader may see."""
    if not frappe.has_permission("Rekap Harian", "read"):
        return {}
    rows = frappe.get_list(
        "Rekap Harian",
        filters={
            "pegawai": pegawai,
            "tanggal": [">", presence.today() - timedelta(days=DAYS)],
            "masuk": ["is", "set"],
        },
        fields=["tanggal", "masuk", "pulang"],
        limit_page_length=0,
    )
    return {
        timegm(datetime.combine(row["tanggal"], NOON).timetuple()): _hours(row["masuk"], row["pulang"])
        for row in rows
    }


def _hours(first: datetime, last: datetime | None) -> float:
    worked = (last - first).total_seconds() / 3600 if last else 0
    return max(round(worked, 1), 0.5)
