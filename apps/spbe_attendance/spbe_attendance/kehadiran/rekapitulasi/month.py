"""Sums of a month, made by the database: one row a person, in a number of statements that does not depend on how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Max, Sum

from spbe_attendance.kehadiran.rekapitulasi import closing, rules
from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.worktime import codes, month
from spbe_attendance.worktime.month import MonthSums, MonthTotals


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
    A number of statements that does not depend on staff or days.
    """
    units = tuple(closing.subtree(opd)) if opd else None
    scope = Scope(bulan, units, None if pegawai is None else tuple(pegawai))
    rows, book = summed(scope), book or rules.read()
    known = standings(scope, [row.pegawai for row in rows])
    parts = Parts(delays(scope), shares(scope), known, adjustments(scope))
    return {row.pegawai: person_month(row, parts, book, scope) for row in rows}


@dataclass(frozen=True)
class Parts:
    """What is summed apart from the rest, because few days have it. By person."""

    delays: dict[str, list[Any]]
    shares: dict[str, dict[str, Decimal]]
    standings: dict[str, tuple[str, str]]
    carried: dict[str, Decimal]


def person_month(row: Any, parts: Parts, book: rules.RuleBook, scope: Scope) -> PersonMonth:
    name = row.pegawai
    status, opd = parts.standings[name]
    rule = book.on(status, bounds(scope.month)[1])
    sums = as_sums(row, parts.delays.get(name, ()), parts.shares.get(name, {}))
    closed = month.close(sums, rule.table, with_tpp=rule.applies)
    carried = parts.carried.get(name, Decimal(0))
    return PersonMonth(name, status, opd, closed, rule, int(row.rows_), int(row.frozen), carried)


def summed(scope: Scope) -> list[Any]:
    """What every day has; read from an index alone (see on_doctype_update), for a month of everybody is 300,000 days."""
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(scope.month)
    query = (
        frappe.qb.from_(rekap)
        .select(
            rekap.pegawai,
            Count("*").as_("rows_"),
            Count(rekap.tutup_bulan).as_("frozen"),
            Sum(rekap.hari_kerja).as_("working"),
            Sum(rekap.persen_potongan).as_("percent"),
            Sum(rekap.koreksi).as_("corrections"),
            Sum(rekap.sementara).as_("provisional"),
            Sum(rekap.tinjau).as_("straddling"),
            Sum(rekap.apel_hadir).as_("apel_present"),
            Sum(rekap.apel_tidak_hadir).as_("apel_missing"),
            Sum(rekap.persen_apel).as_("apel_percent"),
        )
        .where(rekap.tanggal[first:last])
        .groupby(rekap.pegawai)
    )
    return scope.of(query, rekap).run(as_dict=True)


def delays(scope: Scope) -> dict[str, list[Any]]:
    """Days late or left early, by level; a day of several sessions counts at its highest."""
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(scope.month)
    levels = (rekap.tingkat_terlambat, rekap.tingkat_pulang_cepat)
    query = (
        frappe.qb.from_(rekap)
        .select(rekap.pegawai, *levels, Count("*"), Sum(rekap.menit_terlambat), Sum(rekap.menit_pulang_cepat))
        .where(rekap.tanggal[first:last] & ((levels[0] > 0) | (levels[1] > 0)))
        .groupby(rekap.pegawai, *levels)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for name, *rest in scope.of(query, rekap).run():
        found[name].append(rest)
    return found


def shares(scope: Scope) -> dict[str, dict[str, Decimal]]:
    """Working days by code, half days as halves; whole days of presence are all others."""
    rekap = frappe.qb.DocType("Rekap Harian")
    first, last = bounds(scope.month)
    unusual = (rekap.kode_utama != codes.HADIR) | rekap.kode_kedua.isnotnull()
    query = (
        frappe.qb.from_(rekap)
        .select(rekap.pegawai, rekap.kode_utama, rekap.kode_kedua, Count("*"), Sum(rekap.bagian_kedua))
        .where(rekap.tanggal[first:last] & (rekap.hari_kerja == 1) & unusual)
        .groupby(rekap.pegawai, rekap.kode_utama, rekap.kode_kedua)
    )
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for name, main, second, count, part in scope.of(query, rekap).run():
        other = rules.decimal(part)
        found[name][main] += count - other
        if second:
            found[name][second] += other
    return found


def standings(scope: Scope, names: list[str]) -> dict[str, tuple[str, str]]:
    """Employment status and OPD on the last day that was computed; of those who left before it, their present ones."""
    rekap, person = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("Pegawai")
    first, last = bounds(scope.month)
    latest = scope.of(frappe.qb.from_(rekap).select(Max(rekap.tanggal)), rekap)
    day = latest.where(rekap.tanggal[first:last]).run()[0][0]
    query = frappe.qb.from_(rekap).select(rekap.pegawai, rekap.status_kepegawaian, rekap.opd)
    found = {row[0]: (row[1], row[2]) for row in scope.of(query, rekap).where(rekap.tanggal == day).run()}
    left = [name for name in names if name not in found] or [""]
    query = frappe.qb.from_(person).select(person.name, person.status_kepegawaian, person.opd)
    return {**{row[0]: (row[1], row[2]) for row in query.where(person.name.isin(left)).run()}, **found}


def as_sums(row: Any, late_days: Iterable[Any], unusual: dict[str, Decimal]) -> MonthSums:
    events: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for late, early, count, late_minutes, early_minutes in late_days:
        for names, level, length in ((codes.TL, late, late_minutes), (codes.PSW, early, early_minutes)):
            if level:
                events[names[level - 1]] += count
                minutes[names[level - 1]] += int(length)
    whole = int(row.working) - sum(unusual.values(), Decimal(0))
    days = {**unusual, codes.HADIR: unusual.get(codes.HADIR, Decimal(0)) + whole}
    return MonthSums(
        working_days=int(row.working),
        days={code: count for code, count in days.items() if count},
        events=dict(events),
        minutes=dict(minutes),
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
