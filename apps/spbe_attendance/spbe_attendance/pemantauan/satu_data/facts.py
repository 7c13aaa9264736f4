"""The frozen days of a month, with what later closings have corrected about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.query_builder.functions import Count

from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.pemantauan.satu_data import codelist, units
from spbe_attendance.pemantauan.satu_data.cube import Days

UNKNOWN = "Lainnya"
Key = tuple[str, str, str, str]


@dataclass
class Facts:
    """``days``: for the cube. ``closings``: names of the Tutup Bulan they rest on. ``unsettled``: working days without any result."""

    days: list[Days] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)
    unsettled: int = 0


def state(month: str) -> tuple[int, int]:
    """Days of YYYY-MM that are computed, and how many of them no closing holds yet."""
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(month)
    query = frappe.qb.from_(rekap).select(Count("*"), Count(rekap.tutup_bulan))
    every, frozen = query.where(rekap.tanggal[first:last]).run()[0]
    return every, every - frozen


def open_units(month: str) -> list[str]:
    """Names of the OPD that have not closed the month."""
    rekap, unit = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("OPD")
    first, last = bounds(month)
    query = frappe.qb.from_(rekap).join(unit).on(unit.name == rekap.opd).select(unit.nama_opd).distinct()
    return sorted(
        name for (name,) in query.where(rekap.tanggal[first:last] & rekap.tutup_bulan.isnull()).run()
    )


def read(month: str) -> Facts:
    """Of a month YYYY-MM. A number of statements that does not depend on how many people there are."""
    counts: Counter[Key] = Counter()
    for person, opd, status, kode, count in _frozen(month):
        counts[person, opd, status or UNKNOWN, kode or ""] += count
    adjusted = _adjusted(month)
    for row in adjusted.values():
        counts[row.pegawai, row.opd, row.status or UNKNOWN, row.before or ""] -= row.was_working
        counts[row.pegawai, row.opd, row.status or UNKNOWN, row.after or ""] += 1
    closings = {row.tutup_bulan for row in adjusted.values()} | set(_closings(month))
    return _sorted_out(counts, sorted(closings))


def _sorted_out(counts: Counter[Key], closings: list[str]) -> Facts:
    known, facts = units.read(), Facts(closings=closings)
    for (person, opd, status, kode), count in sorted(counts.items()):
        code = codelist.classify(kode)
        if code and count > 0 and opd in known:
            facts.days.append(Days(person, known[opd].top, status, code, count))
        elif count > 0 and kode.split(",")[0] not in codelist.NO_DUTY:
            facts.unsettled += count
    return facts


def _frozen(month: str) -> list[tuple[Any, ...]]:
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(month)
    by = (rekap.pegawai, rekap.opd, rekap.status_kepegawaian, rekap.kode)
    query = frappe.qb.from_(rekap).select(*by, Count("*"))
    query = query.where(rekap.tanggal[first:last] & rekap.tutup_bulan.isnotnull() & (rekap.hari_kerja == 1))
    return list(query.groupby(*by).run())


def _adjusted(month: str) -> dict[tuple[str, Any], Any]:
    """By person and day, the last adjustment that a closing has counted: what is open may still change."""
    change, rekap = frappe.qb.DocType("Penyesuaian Rekap"), frappe.qb.DocType("Rekap Harian")
    first, last = bounds(month)
    rows = (
        frappe.qb.from_(change)
        .join(rekap)
        .on((rekap.pegawai == change.pegawai) & (rekap.tanggal == change.tanggal))
        .select(
            change.pegawai,
            change.tanggal,
            change.tutup_bulan,
            change.kode_baru.as_("after"),
            rekap.opd,
            rekap.status_kepegawaian.as_("status"),
            rekap.kode.as_("before"),
            rekap.hari_kerja.as_("was_working"),
        )
        .where(change.tanggal[first:last] & change.tutup_bulan.isnotnull() & rekap.tutup_bulan.isnotnull())
        .orderby(change.creation, change.name)
        .run(as_dict=True)
    )
    return {(row.pegawai, row.tanggal): row for row in rows}


def _closings(month: str) -> list[str]:
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(month)
    query = frappe.qb.from_(rekap).select(rekap.tutup_bulan).distinct()
    return [name for (name,) in query.where(rekap.tanggal[first:last] & rekap.tutup_bulan.isnotnull()).run()]
