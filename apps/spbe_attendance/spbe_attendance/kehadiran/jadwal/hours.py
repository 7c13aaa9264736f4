"""Rows of the DocTypes as hours of the engine, and its refusals in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_time

from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.hours import Hours, Rest
from spbe_attendance.worktime.schedule import Week

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
BIASA, RAMADAN = "Biasa", "Ramadan"
FRIDAY = 4

# Fields that hours are made of; a change of any other changes nobody's day.
DAY_FIELDS = (
    "hari",
    "varian",
    "mulai",
    "selesai",
    "paling_awal",
    "batas_masuk",
    "paling_awal_pulang",
    "batas_pulang",
    "istirahat_mulai",
    "istirahat_selesai",
)
SHIFT_FIELDS = (
    "mulai",
    "selesai",
    "selesai_hari_berikut",
    "masuk_sebelum_menit",
    "masuk_sesudah_menit",
    "pulang_sebelum_menit",
    "pulang_sesudah_menit",
    "istirahat_menit",
    "toleransi_menit",
)


def clock(value: Any) -> time | None:
    """A Time field as form, document and database give it; None when empty."""
    if value in (None, ""):
        return None
    return get_time(value).replace(microsecond=0, second=0)


def weekday_hours(row: Mapping[str, Any], *, key: str, grace: int, payback: bool) -> Hours:
    """A row of Jadwal Kerja Hari. Raises BrokenSchedule."""
    start, end = clock(row.get("istirahat_mulai")), clock(row.get("istirahat_selesai"))
    return Hours(
        start=clock(row.get("mulai")) or time(),
        end=clock(row.get("selesai")) or time(),
        earliest_in=clock(row.get("paling_awal")),
        last_in=clock(row.get("batas_masuk")),
        earliest_out=clock(row.get("paling_awal_pulang")),
        last_out=clock(row.get("batas_pulang")),
        grace=grace,
        payback=payback,
        rests=(Rest(start, end),) if start and end else (),
        key=key,
    )


def week_of(rows: Iterable[Mapping[str, Any]], varian: str, build: Callable[[Any], Hours]) -> Week:
    """Monday first; None on days without a row."""
    found = {row.get("hari"): build(row) for row in rows if (row.get("varian") or BIASA) == varian}
    return tuple(found.get(day) for day in DAYS)


def shift_hours(row: Mapping[str, Any]) -> Hours:
    """A Shift Kerja. Raises BrokenSchedule."""
    start, end = clock(row.get("mulai")) or time(), clock(row.get("selesai")) or time()
    enters, leaves = cint(row.get("masuk_sesudah_menit")), cint(row.get("pulang_sebelum_menit"))
    return Hours(
        start=start,
        end=end,
        earliest_in=moved(start, -cint(row.get("masuk_sebelum_menit"))),
        last_in=moved(start, enters) if enters else None,
        earliest_out=moved(end, -leaves) if leaves else None,
        last_out=moved(end, cint(row.get("pulang_sesudah_menit"))),
        grace=cint(row.get("toleransi_menit")),
        overnight=bool(cint(row.get("selesai_hari_berikut"))),
        rest_minutes=cint(row.get("istirahat_menit")),
        key=row.get("kode") or "",
    )


def moved(moment: time, minutes: int) -> time:
    """The time of day so many minutes later or earlier, round the clock."""
    return (datetime.combine(date(2000, 1, 2), moment) + timedelta(minutes=minutes)).time()


def default_week(settings: Any) -> Week:
    """The hours of Pengaturan Absensi, which hold where nothing else does."""

    def hours(end: Any) -> Hours:
        return Hours(
            start=clock(settings.jam_masuk) or time(7, 30),
            end=clock(end) or time(16, 0),
            earliest_in=clock(settings.buka_masuk),
            last_out=clock(settings.tutup_pulang),
        )

    working = cint(settings.hari_kerja) or 5
    usual, friday = hours(settings.jam_pulang), hours(settings.jam_pulang_jumat)
    week = tuple(friday if weekday == FRIDAY else usual for weekday in range(working))
    return (*week, *[None] * (7 - working))


def usual_week() -> Week:
    """``default_week`` of the settings as they are."""
    return known.value(
        known.ATURAN, "usual_week", lambda: default_week(frappe.get_cached_doc("Pengaturan Absensi"))
    )


def describe(error: BrokenSchedule) -> str:
    """What is wrong with hours and what to do."""
    reasons = {
        "end_before_start": _("The end lies before the start: correct the times."),
        "not_overnight": _("The shift ends after its start on the same day: untick Ends on the Next Day."),
        "out_of_order": _(
            "The times must follow one another: earliest in, start, last in, and earliest out, end, last out."
        ),
        "window_too_wide": _(
            "A window opens more than {0} hours before the start or closes as long after the end."
        ),
        "grace_invalid": _("The grace must be shorter than the working time."),
        "payback_after_last_out": _(
            "Who repays all of the grace must be able to punch: set a later last out."
        ),
        "rest_too_long": _("The rest is as long as the working time: correct it."),
        "rest_outside": _("The rest must lie between start and end, and begin before it ends."),
        "shifts_overlap": _("Two shifts of the same date overlap: {0} and {1}."),
    }
    values = {
        "window_too_wide": (error.details.get("hours"),),
        "shifts_overlap": (error.details.get("first"), error.details.get("second")),
    }
    text = reasons.get(error.code) or _("These hours cannot be: correct them.")
    return text.format(*values.get(error.code, ()))


def refuse(error: BrokenSchedule, where: str = "", cure: str = "") -> None:
    """Raises ValidationError with the sentence, after the place of the slip and before what may cure it."""
    said = " ".join(part for part in (where, describe(error), cure) if part)
    frappe.throw(said, title=_("Hours not valid"))
