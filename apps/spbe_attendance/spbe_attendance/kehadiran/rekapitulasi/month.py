"""Sums of a month, made by the database: one row a person, in a number of statements that does not depend on how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Max, Sum
from pypika import Case, CustomFunction

from spbe_attendance.kehadiran.rekapitulasi import closing, rules
from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.worktime import codes, month
from spbe_attendance.worktime.month import MonthSums, MonthTotals

Concat = CustomFunction("CONCAT", ["day", "value"])
Nvl = CustomFunction("IFNULL", ["value", "other"])
DATE = len("2026-11-30")


@dataclass(frozen=True)
class PersonMonth:
    """``status``, ``opd``: of the last day that was computed. ``rows``/``frozen``: days computed, days of a closed month.
    ``carried``: per cent that adjustments of earlier months add (or give back) in this one; not limited by the month's cap."""

    pegawai: str
    status: str
    opd: str
    totals: MonthTotals
    rule: rules.Rule
    rows: int
    frozen: int
    carried: Decimal

    @property
    def percent(self) -> Decimal:
        """What is cut in this month, earlier months' adjustments included, never less than nothing."""
        return max(self.totals.percent + self.carried, Decimal(0))


@dataclass(frozen=True)
class Scope:
    """Whose days are summed."""

    month: str
    opds: tuple[str, ...] | None
    names: tuple[str, ...] | None

    def of(self, query: Any, table: Any) -> Any:
        if self.opds is not None:
            query = query.where(table.opd.isin(self.opds or ("",)))
        if self.names is not None:
            query = query.where(table.pegawai.isin(self.names or ("",)))
        return query


def totals(
    bulan: str,
    opd: str | None = None,
    pegawai: Collection[str] | None = None,
    *,
    book: rules.RuleBook | None = None,
) -> dict[str, PersonMonth]:
    """By person, for a month YYYY-MM: of an OPD with its subtree, of these persons, or of everybody who has days in it.

    ``book``: other rules for what is computed by month (cap, sick days); days keep the percentages they were computed with.
    Six statements at most.
    """
    units = tuple(closing.subtree(opd)) if opd else None
    scope = Scope(bulan, units, None if pegawai is None else tuple(pegawai))
    days, carried = shares(scope), adjustments(scope)
    book = book or rules.read()
    _first, last = bounds(bulan)
    found = {}
    for row in summed(scope):
        status, place = row.status[DATE:], row.opd[DATE:]
        rule = book.on(status, last)
        sums = as_sums(row, days.get(row.pegawai, {}))
        closed = month.close(sums, rule.table, with_tpp=rule.applies)
        found[row.pegawai] = PersonMonth(
            row.pegawai,
            status,
            place,
            closed,
            rule,
            int(row.rows_),
            int(row.frozen),
            carried.get(row.pegawai, Decimal(0)),
        )
    return found


def summed(scope: Scope) -> list[Any]:
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(scope.month)
    query = (
        frappe.qb.from_(rekap)
        .select(
            rekap.pegawai,
            Max(Concat(rekap.tanggal, Nvl(rekap.status_kepegawaian, ""))).as_("status"),
            Max(Concat(rekap.tanggal, Nvl(rekap.opd, ""))).as_("opd"),
            Count(rekap.name).as_("rows_"),
            Count(rekap.tutup_bulan).as_("frozen"),
            Sum(rekap.hari_kerja).as_("working"),
            Sum(rekap.persen_potongan).as_("percent"),
            Sum(rekap.koreksi).as_("corrections"),
            Sum(rekap.sementara).as_("provisional"),
            Sum(rekap.tinjau).as_("straddling"),
            Sum(rekap.apel_hadir).as_("apel_present"),
            Sum(rekap.apel_tidak_hadir).as_("apel_missing"),
            Sum(rekap.persen_apel).as_("apel_percent"),
            *levels(rekap.tingkat_terlambat, rekap.menit_terlambat, "tl"),
            *levels(rekap.tingkat_pulang_cepat, rekap.menit_pulang_cepat, "psw"),
        )
        .where(rekap.tanggal[first:last])
        .groupby(rekap.pegawai)
    )
    return scope.of(query, rekap).run(as_dict=True)


def levels(level: Any, minutes: Any, name: str) -> Iterator[Any]:
    """Count and minutes of each level of lateness; days of several sessions count at their highest."""
    for number in range(1, len(codes.TL) + 1):
        yield Sum(Case().when(level == number, 1).else_(0)).as_(f"{name}{number}")
        yield Sum(Case().when(level == number, minutes).else_(0)).as_(f"{name}{number}_minutes")


def shares(scope: Scope) -> dict[str, dict[str, Decimal]]:
    """Days by code and person; half days as halves."""
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(scope.month)
    query = (
        frappe.qb.from_(rekap)
        .select(rekap.pegawai, rekap.kode_utama, rekap.kode_kedua, Count(rekap.name), Sum(rekap.bagian_kedua))
        .where(rekap.tanggal[first:last] & (rekap.hari_kerja == 1))
        .groupby(rekap.pegawai, rekap.kode_utama, rekap.kode_kedua)
    )
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for name, main, second, count, part in scope.of(query, rekap).run():
        other = rules.decimal(part)
        found[name][main] += count - other
        if second:
            found[name][second] += other
    return found


def as_sums(row: Any, days: dict[str, Decimal]) -> MonthSums:
    names = {
        **{f"tl{n}": code for n, code in enumerate(codes.TL, 1)},
        **{f"psw{n}": code for n, code in enumerate(codes.PSW, 1)},
    }
    events = {code: int(row[field]) for field, code in names.items()}
    minutes = {code: int(row[f"{field}_minutes"]) for field, code in names.items()}
    return MonthSums(
        working_days=int(row.working),
        days=dict(days),
        events={code: count for code, count in events.items() if count},
        minutes={code: length for code, length in minutes.items() if length},
        percent=rules.decimal(row.percent),
        absent_days=int(days.get(codes.TANPA_KETERANGAN, 0)),
        corrections=int(row.corrections),
        provisional_days=int(row.provisional),
        straddling_days=int(row.straddling),
        apel_present=int(row.apel_present),
        apel_missing=int(row.apel_missing),
        apel_percent=rules.decimal(row.apel_percent),
    )


def adjustments(scope: Scope) -> dict[str, Decimal]:
    """What changed about closed months and counts in this one, per cent by person."""
    table = frappe.qb.DocType("Penyesuaian Rekap")
    query = (
        frappe.qb.from_(table)
        .select(table.pegawai, Sum(table.selisih))
        .where(table.bulan_berlaku == scope.month)
        .groupby(table.pegawai)
    )
    return {name: rules.decimal(total) for name, total in scope.of(query, table).run()}
