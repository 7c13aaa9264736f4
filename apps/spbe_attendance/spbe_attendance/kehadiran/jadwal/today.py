"""What the home screen says of the hours that hold now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from frappe.utils import getdate

from spbe_attendance.kehadiran.jadwal import hours, resolve
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.hours import Window


def shown(pegawai: str, opd: str, now: datetime, punches: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """HTTP contract ``hari_ini.jadwal``: tanggal, hari_kerja, buka_masuk, jam_masuk, jam_pulang, tutup_pulang (HH:MM), saran; and
    nama, shift (codes), varian, libur (the day off's name), roster_ada (false: a shift worker without roster).

    A night shift that is still open is shown with its own date, the one before.
    """
    today = now.date()
    found = resolve.schedules([(pegawai, opd)], today - timedelta(days=1), today)
    day, window = current(found[(pegawai, today - timedelta(days=1))], found[(pegawai, today)], now)
    entry = found[(pegawai, day)]
    free = entry.free
    return {
        "tanggal": day,
        "hari_kerja": not free,
        **(clocks(window) if window and not free else usual(day)),
        "saran": suggestion(day, punches),
        "nama": entry.jadwal,
        "shift": list(entry.shifts),
        "varian": entry.variant,
        "libur": entry.holiday.name if entry.holiday and free else None,
        "roster_ada": entry.plan.known,
    }


def current(before: resolve.Day, today: resolve.Day, now: datetime) -> tuple[date, Window | None]:
    """The date that counts now and its window: last night's shift until the next one opens or it can no longer be left."""
    for window in before.plan.windows:
        overnight = window.end.date() > before.plan.day
        begun = any(now >= other.earliest_in for other in today.plan.windows) and now > window.end
        if overnight and not before.free and now <= window.last_out and not begun:
            return before.plan.day, window
    open_ones = [window for window in today.plan.windows if now <= window.last_out]
    return today.plan.day, next(iter(open_ones or today.plan.windows[-1:]), None)


def clocks(window: Window) -> dict[str, str]:
    return {
        "buka_masuk": f"{window.earliest_in:%H:%M}",
        "jam_masuk": f"{window.start:%H:%M}",
        "jam_pulang": f"{window.end:%H:%M}",
        "tutup_pulang": f"{window.last_out:%H:%M}",
    }


def usual(day: date) -> dict[str, str]:
    """Hours of Pengaturan Absensi on days off: whoever comes nevertheless sees something to go by."""
    week = hours.usual_week()
    found = week[day.weekday()] or week[0]
    return clocks(found.on(day)) if found else {}


def suggestion(day: date, punches: Iterable[Mapping[str, Any]]) -> str:
    """Who has come goes next; the person chooses."""
    entered = any(row["jenis"] == codes.MASUK and getdate(row["tanggal"]) == day for row in punches)
    return codes.PULANG if entered else codes.MASUK
