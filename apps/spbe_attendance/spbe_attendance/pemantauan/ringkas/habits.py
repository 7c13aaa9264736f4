"""Whose punches usually come later than they are made: the only thing the server can know of phones without signal.

The only writer of Kebiasaan Tiba; see docs/command-center.md for the rule and for what it cannot know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from math import ceil
from statistics import median

import frappe
from frappe.utils import cint, now_datetime

from spbe_attendance.pemantauan.ringkas import joined, marks
from spbe_attendance.worktime import codes

DOCTYPE = "Kebiasaan Tiba"
DAYS = 14
MINUTE = timedelta(minutes=1)


def minutes(names: Sequence[str] | None) -> dict[str, int]:
    """After how many minutes clocking in usually arrives, by person, of those who have the habit; of these or of everybody."""
    habit = frappe.qb.DocType(DOCTYPE)
    query = frappe.qb.from_(habit).select(habit.pegawai, habit.menit)
    return dict((query if names is None else query.where(habit.pegawai.isin(list(names) or [""]))).run())


def learn() -> None:
    """Hooked to the scheduler, nightly: from the last days, all anew."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    today = now_datetime().date()
    found = of_days(
        today - timedelta(days=DAYS),
        today - timedelta(days=1),
        cint(settings.tertunda_hari),
        cint(settings.tertunda_menit),
    )
    store(found)
    marks.touch(today, None)


def of_days(first: date, last: date, least: int, late: int) -> dict[str, tuple[int, int]]:
    """(days, minutes) by person: on how many days the first clock-in arrived at least ``late`` minutes after it was made, and the
    median of these; only where there are ``least`` of them, nobody for 0."""
    delays: dict[str, list[int]] = defaultdict(list)
    for (person, _day), (_moment, delay) in first_arrivals(first, last).items():
        if delay >= late:
            delays[person].append(delay)
    if least <= 0:
        return {}
    return {
        person: (len(found), ceil(median(found))) for person, found in delays.items() if len(found) >= least
    }


def first_arrivals(first: date, last: date) -> dict[tuple[str, str], tuple[str, int]]:
    """By person and day: the first clock-in, and the whole minutes until it arrived."""
    absensi = frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(absensi)
        # All OPD, so that their key serves.
        .where(absensi.opd.isin(frappe.get_all("OPD", pluck="name") or [""]) & absensi.tanggal[first:last])
        .where((absensi.jenis == codes.MASUK) & absensi.sumber.isin(("PWA", "Luring", "Saksi")))
    )
    found: dict[tuple[str, str], tuple[str, int]] = {}
    fields = (absensi.pegawai, absensi.tanggal, absensi.waktu, absensi.waktu_tiba)
    rows = chain.from_iterable(rows for _opd, rows in joined.groups(query, absensi.opd, *fields))
    for person, day, made, arrived in rows:
        known = found.get((person, day))
        if made and arrived and (known is None or made < known[0]):
            delay = datetime.fromisoformat(arrived) - datetime.fromisoformat(made)
            found[person, day] = (made, delay // MINUTE)
    return found


def store(found: dict[str, tuple[int, int]]) -> None:
    frappe.db.delete(DOCTYPE)
    moment = now_datetime()
    fields = ["name", "creation", "modified", "owner", "modified_by", "pegawai", "hari", "menit"]
    rows = [
        (person, moment, moment, "Administrator", "Administrator", person, days, delay)
        for person, (days, delay) in found.items()
    ]
    if rows:
        frappe.db.bulk_insert(DOCTYPE, fields, rows)
