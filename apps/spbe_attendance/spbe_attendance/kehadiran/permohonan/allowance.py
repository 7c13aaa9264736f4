"""How many days a kind grants: per permit, per month or per year."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from spbe_attendance.exceptions import KuotaTerlampaui
from spbe_attendance.kehadiran.permohonan import working_days
from spbe_attendance.kehadiran.permohonan.balance import ENDED, number


def days(kind: Document, pegawai: str, row: Any, first: date, last: date) -> float:
    """Days of a permit within first to last, as the kind counts them."""
    start = max(first, getdate(row.dari))
    end = min(last, getdate(row.get("dipersingkat_sampai") or row.sampai))
    if start > end:
        return 0
    count = (
        (end - start).days + 1
        if kind.hitung_hari == "Kalender"
        else len(working_days.working_days([pegawai], start, end)[pegawai])
    )
    return count / 2 if row.setengah_hari else float(count)


def total(kind: Document, doc: Document) -> float:
    """All days of the row, for the person it is about."""
    return days(kind, doc.pegawai, doc, getdate(doc.dari), getdate(doc.sampai))


def check(kind: Document, doc: Document, person: dict[str, Any]) -> None:
    """Raises KuotaTerlampaui. A permit over the turn of a month is held against both months."""
    limit = cint(kind.maks_hari)
    if not limit:
        return
    for first, last in periods(kind.kuota_per, getdate(doc.dari), getdate(doc.sampai)):
        asked = days(kind, person["name"], doc, first, last)
        taken = 0.0 if kind.kuota_per == "Permohonan" else taken_within(kind, person["name"], first, last)
        if asked + taken > limit:
            frappe.throw(
                _("{0}: at most {1} days per {2}; {3} are taken, {4} are asked for.").format(
                    kind.nama_jenis, limit, _(kind.kuota_per), number(taken), number(asked)
                ),
                KuotaTerlampaui,
            )


def periods(per: str, first: date, last: date) -> list[tuple[date, date]]:
    """The permit itself, or the calendar months or years that it touches."""
    if per == "Tahun":
        return [(date(year, 1, 1), date(year, 12, 31)) for year in range(first.year, last.year + 1)]
    if per != "Bulan":
        return [(first, last)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [
        (date(number // 12, number % 12 + 1, 1), end_of_month(number // 12, number % 12 + 1))
        for number in months
    ]


def end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def taken_within(kind: Document, pegawai: str, first: date, last: date) -> float:
    permit = frappe.qb.DocType("Ketidakhadiran")
    rows = (
        frappe.qb.from_(permit)
        .select(permit.dari, permit.sampai, permit.dipersingkat_sampai, permit.setengah_hari)
        .where((permit.pegawai == pegawai) & (permit.jenis == kind.name) & permit.status.notin(ENDED))
        .where((permit.dari <= last) & (permit.sampai >= first))
        .for_update()
        .run(as_dict=True)
    )
    return sum(flt(days(kind, pegawai, row, first, last)) for row in rows)
