"""A place from which nothing comes at an hour when people punch there on every working day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median

import frappe
from frappe import _
from frappe.utils import cint, now_datetime
from pypika import CustomFunction
from pypika.functions import Count

from spbe_attendance.kehadiran.gangguan import proposals

SOURCE = "sunyi"
HOUR = timedelta(hours=1)
WEEKS = 4
# Fewer working days than this are no habit.
MIN_DAYS = 5
HOLIDAYS = "Hari Libur"
TimeOfDay = CustomFunction("TIME", ["moment"])


def propose() -> None:
    """Looks at the last full hour; run hourly. One proposal names all places that were silent in it."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    limit = cint(settings.ambang_lokasi_sunyi)
    begin = now_datetime().replace(minute=0, second=0, microsecond=0) - HOUR
    if limit <= 0 or proposals.known(SOURCE, begin):
        return
    days = working_days(begin.date() - timedelta(weeks=WEEKS), begin.date(), cint(settings.hari_kerja) or 5)
    if begin.date() not in days or len(days) - 1 < MIN_DAYS:
        return
    usual = usual_counts(begin, [day for day in days if day != begin.date()])
    expected = {place: count for place, count in usual.items() if count >= limit}
    heard = counts(begin, begin.date(), begin.date())
    silent = sorted(place for place in expected if not heard.get(place))
    if silent:
        words = sentence(begin, silent, expected, limit)
        proposals.propose(SOURCE, begin, begin + HOUR, words, sebab="Jaringan", lokasi=silent)


def sentence(begin: datetime, silent: list[str], expected: dict[str, float], limit: int) -> str:
    names = dict(
        frappe.get_all("OPD Lokasi", {"name": ["in", silent]}, ["name", "nama_lokasi"], as_list=True)
    )
    listed = "; ".join(
        _("{0}: usually {1} people, today none", "id").format(names.get(place, place), round(expected[place]))
        for place in silent
    )
    words = _(
        "{0} {1}–{2}: {3}. Threshold {4} people, median of the working days of {5} weeks.", "id"
    ).format(begin.strftime("%d-%m-%Y"), f"{begin:%H:%M}", f"{begin + HOUR:%H:%M}", listed, limit, WEEKS)
    if len(silent) == len(expected) > 1:
        words += " " + _(
            "All {0} places are silent: check first whether the day is a holiday or the server was down.",
            "id",
        ).format(len(silent))
    return words


def usual_counts(begin: datetime, days: list[date]) -> dict[str, float]:
    """Median of the people per working day at this hour, by place; a day on which nobody came counts as 0."""
    found: dict[str, list[int]] = defaultdict(list)
    working = set(days)
    for (place, day), people in by_day(begin, days[0], days[-1]).items():
        if day in working:
            found[place].append(people)
    return {place: median([*seen, *[0] * (len(days) - len(seen))]) for place, seen in found.items()}


def counts(begin: datetime, first: date, last: date) -> dict[str, int]:
    return {place: people for (place, _day), people in by_day(begin, first, last).items()}


def by_day(begin: datetime, first: date, last: date) -> dict[tuple[str, date], int]:
    """People who punched in or out at a place within this hour of the day, by place and day.

    The OPD are named so that the key on OPD and day serves: the table holds years.
    """
    absensi = frappe.qb.DocType("Absensi")
    of_day = TimeOfDay(absensi.waktu)
    rows = (
        frappe.qb.from_(absensi)
        .select(absensi.lokasi, absensi.tanggal, Count(absensi.pegawai).distinct())
        .where(absensi.opd.isin(frappe.get_all("OPD", pluck="name") or [""]))
        .where(absensi.tanggal[first:last])
        .where(absensi.jenis.isin(("Masuk", "Pulang")) & absensi.putusan_lokasi.isin(("Dalam", "Ragu")))
        .where((of_day >= f"{begin:%H}:00:00") & (of_day <= f"{begin:%H}:59:59.999999"))
        .groupby(absensi.lokasi, absensi.tanggal)
        .run()
    )
    return {(place, day): people for place, day, people in rows if place}


def working_days(first: date, last: date, per_week: int) -> list[date]:
    """Weekdays that are no holiday of everybody's."""
    free: set[date] = set()
    if frappe.db.table_exists(HOLIDAYS):
        rows = frappe.get_all(
            HOLIDAYS,
            {"tanggal": ["between", (first, last)], "status": "Berlaku", "opd": ["is", "not set"]},
            pluck="tanggal",
        )
        free = set(rows)
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in span if day.weekday() < per_week and day not in free]
