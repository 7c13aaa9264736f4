"""Which phones are used, by whom and since when: what the report Perangkat Pegawai reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import getdate

DAYS_BACK = 3


def note_last_use() -> int:
    """Hooked to the scheduler, once a day: phones that signed a punch of the last days. Answers how many were noted."""
    absensi = frappe.qb.DocType("Absensi")
    since = getdate() - timedelta(days=DAYS_BACK)
    units = frappe.get_all("OPD", pluck="name")
    # By unit and day, as the index goes: no look at years of punches.
    rows = (
        frappe.qb.from_(absensi)
        .select(absensi.kunci_perangkat, Max(absensi.tanggal))
        .where(
            absensi.opd.isin(units or [""]) & (absensi.tanggal >= since) & absensi.kunci_perangkat.isnotnull()
        )
        .groupby(absensi.kunci_perangkat)
        .run()
    )
    by_day: dict[date, list[str]] = defaultdict(list)
    for name, day in rows:
        by_day[day].append(name)
    table = frappe.qb.DocType("Perangkat")
    for day, names in by_day.items():
        older = table.terakhir_dipakai.isnull() | (table.terakhir_dipakai < day)
        frappe.qb.update(table).set(table.terakhir_dipakai, day).where(table.name.isin(names) & older).run()
    return len(rows)


def shared(units: Sequence[str], first: date, last: date) -> dict[str, set[str]]:
    """Persons by device (as the browser names itself), for devices that more than one of these units' people used."""
    absensi = frappe.qb.DocType("Absensi")
    rows = (
        frappe.qb.from_(absensi)
        .select(absensi.perangkat, absensi.pegawai)
        .distinct()
        .where(absensi.opd.isin(list(units) or [""]) & absensi.tanggal[first:last])
        .where(absensi.perangkat.isnotnull() & (absensi.perangkat != ""))
        .run()
    )
    people: dict[str, set[str]] = defaultdict(set)
    for device, person in rows:
        people[device].add(person)
    return {device: found for device, found in people.items() if len(found) > 1}
