"""Months of many persons out of Rekap Harian, in a number of statements that does not grow with them.

The database packs a person's days into one text; equal days are read once. Three hundred thousand days are then ten thousand rows on
the wire and some thousand different cells to understand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import frappe
from pypika import CustomFunction, functions
from pypika.terms import Case, Criterion, Term

from spbe_attendance.pemantauan.laporan import people
from spbe_attendance.pemantauan.laporan.scope import Scope
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.month import MonthSums
from spbe_attendance.worktime.rates import RateTable
from spbe_attendance.worktime.types import ONE, ZERO

# group_concat joins cells with a comma, hence codes within a cell by +.
PLUS, BAR = "+", "|"
ConcatWs = CustomFunction("concat_ws", ["by", "a", "b", "c", "d", "e", "f"])
GroupConcat = CustomFunction("group_concat", ["cell"])
Replace = CustomFunction("replace", ["text", "old", "new"])
Pad = CustomFunction("lpad", ["text", "length", "by"])
Day = CustomFunction("dayofmonth", ["date"])


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of day. ``late``/``early``: minutes, None where the punch is missing; levels 0 to 4. ``shares``: as in DayResult."""

    codes: tuple[str, ...]
    shares: tuple[tuple[str, Decimal], ...]
    working: bool
    late: int | None
    early: int | None
    late_level: int
    early_level: int

    @classmethod
    def read(cls, text: str) -> Cell:
        kode, working, late, early, levels, halves = text.split(BAR)
        found = tuple(kode.split(PLUS)) if kode else ()
        main, second, part = halves.split("/")
        counted = working == "1"
        return cls(
            found,
            _shares(main, second, part) if counted else (),
            counted,
            _minutes(late),
            _minutes(early),
            int(levels[0]),
            int(levels[1]),
        )

    def cost(self, rates: RateTable) -> Decimal:
        """Per cent of the base by another table than the one it was computed with: the day's codes from its minutes anew.

        Days of two shifts are taken as one delay each way, because the row holds their sums.
        """
        absent = sum((share for code, share in self.shares if code == codes.TANPA_KETERANGAN), ZERO)
        permits = sum((rates.permit_percent(code) * share for code, share in self.shares), ZERO)
        if absent:
            return permits + rates.absent * absent
        late = rates.late_band(self.late) if self.late != 0 else None
        early = rates.early_band(self.early) if self.early != 0 else None
        spent = sum((band.percent for band in (late, early) if band), ZERO)
        present = sum((share for code, share in self.shares if code == codes.HADIR), ZERO)
        return permits + min(spent, rates.cap * present)


def _shares(main: str, second: str, part: str) -> tuple[tuple[str, Decimal], ...]:
    if not main:
        return ()
    half = Decimal(part or 0)
    return ((main, ONE - half), (second, half)) if second and half else ((main, ONE),)


def _minutes(text: str) -> int | None:
    return None if text == "x" else int(text)


@dataclass(slots=True)
class PersonMonth:
    """``cells``: by day of the month. ``units``: OPD of these days. ``adjustment``: per cent carried over from closed months."""

    pegawai: str
    group: str
    opd: str
    units: int
    cells: dict[int, Cell]
    sums: MonthSums
    adjustment: Decimal = ZERO
    person: dict[str, Any] = field(default_factory=dict)

    def cost(self, rates: RateTable) -> Decimal:
        return sum((cell.cost(rates) for cell in self.cells.values()), ZERO)

    def joined(self, other: PersonMonth) -> PersonMonth:
        """The same person's days of another status on the same sheet: a CPNS who became PNS."""
        cells = self.cells | other.cells
        mine, more = self.sums, other.sums
        sums = replace(
            mine,
            percent=mine.percent + more.percent,
            corrections=mine.corrections + more.corrections,
            provisional_days=mine.provisional_days + more.provisional_days,
            straddling_days=mine.straddling_days + more.straddling_days,
            apel_present=mine.apel_present + more.apel_present,
            apel_missing=mine.apel_missing + more.apel_missing,
            apel_percent=mine.apel_percent + more.apel_percent,
            **_counted(cells.values()),
        )
        units = max(self.units, other.units, 1 + (self.opd != other.opd))
        return replace(self, opd=max(self.opd, other.opd), units=units, cells=cells, sums=sums)


def read(scope: Scope, group_of: Callable[[str], str]) -> list[PersonMonth]:
    """Everybody with computed days in the scope, by employment group. Four statements."""
    months = _months(scope, group_of)
    named = None if scope.opds is None else [month.pegawai for month in months]
    persons, adjusted = people.read(named), _adjustments(scope)
    for month in months:
        month.person = persons.get(month.pegawai, {})
    # A person on two sheets within one month has the adjustment once, where the month ended.
    last = {month.pegawai: month for month in sorted(months, key=lambda row: max(row.cells))}
    for name, percent in adjusted.items():
        if name in last:
            last[name].adjustment = percent
    return months


def read_person(name: str, scope: Scope, group_of: Callable[[str], str]) -> list[PersonMonth]:
    """One person's month in all units, by employment group. Two statements."""
    return _months(scope, group_of, frappe.qb.DocType("Rekap Harian").pegawai == name)


def _months(scope: Scope, group_of: Callable[[str], str], only: Criterion | None = None) -> list[PersonMonth]:
    """Grouped by person alone, which the unique key serves in its own order; by employment too takes twice as long, so it is done
    only for the few whose employment changed within the month."""
    rekap = frappe.qb.DocType("Rekap Harian")
    known: dict[str, Cell] = {}
    rows = _rows(scope, [rekap.pegawai], only)
    changed = [row[0] for row in rows if group_of(row[1]) != group_of(row[2])]
    months = [_month(row, known, group_of) for row in rows if group_of(row[1]) == group_of(row[2])]
    again = rekap.pegawai.isin(changed or [""])
    again = again if only is None else again & only
    parts: dict[tuple[str, str], PersonMonth] = {}
    for row in _rows(scope, [rekap.pegawai, rekap.status_kepegawaian], again):
        month = _month(row, known, group_of)
        key = (month.pegawai, month.group)
        parts[key] = parts[key].joined(month) if key in parts else month
    return months + list(parts.values())


def _rows(scope: Scope, keys: list[Term], only: Criterion | None = None) -> Sequence[tuple[Any, ...]]:
    rekap = frappe.qb.DocType("Rekap Harian")
    total, least, most = functions.Sum, functions.Min, functions.Max
    return (
        frappe.qb.from_(rekap)
        .select(
            rekap.pegawai,
            least(rekap.status_kepegawaian),
            most(rekap.status_kepegawaian),
            least(rekap.opd),
            most(rekap.opd),
            GroupConcat(_cell(rekap)),
            total(rekap.persen_potongan),
            total(rekap.persen_apel),
            total(rekap.apel_hadir),
            total(rekap.apel_tidak_hadir),
            total(rekap.koreksi),
            total(rekap.sementara),
            total(rekap.tinjau),
        )
        .where(within(rekap, scope) if only is None else within(rekap, scope) & only)
        .groupby(*keys)
        .run()
    )


def within(rekap: Any, scope: Scope) -> Criterion:
    """Rows of the scope."""
    found = rekap.tanggal[scope.first : scope.last]
    if scope.opds is not None:
        found &= rekap.opd.isin(list(scope.opds))
    if scope.statuses is not None:
        found &= rekap.status_kepegawaian.isin(list(scope.statuses))
    return found


def _cell(rekap: Any) -> Term:
    """day and what Cell.read takes: 05H+TL2|1|45|0|20|H//"""
    blank = functions.Coalesce
    late = Case().when((rekap.tingkat_terlambat > 0) & rekap.masuk.isnull(), "x")
    early = Case().when((rekap.tingkat_pulang_cepat > 0) & rekap.pulang.isnull(), "x")
    half = functions.Concat(
        blank(rekap.kode_utama, ""), "/", blank(rekap.kode_kedua, ""), "/", blank(rekap.bagian_kedua, 0)
    )
    return ConcatWs(
        BAR,
        functions.Concat(Pad(Day(rekap.tanggal), 2, "0"), Replace(blank(rekap.kode, ""), ",", PLUS)),
        rekap.hari_kerja,
        late.else_(rekap.menit_terlambat),
        early.else_(rekap.menit_pulang_cepat),
        functions.Concat(rekap.tingkat_terlambat, rekap.tingkat_pulang_cepat),
        half,
    )


def _month(row: tuple[Any, ...], known: dict[str, Cell], group_of: Callable[[str], str]) -> PersonMonth:
    (
        name,
        status,
        _last,
        first_unit,
        opd,
        packed,
        percent,
        apel,
        attended,
        missed,
        corrected,
        provisional,
        straddling,
    ) = row
    cells: dict[int, Cell] = {}
    for text in packed.split(","):
        kind = text[2:]
        cell = known.get(kind)
        if cell is None:
            cell = known[kind] = Cell.read(kind)
        cells[int(text[:2])] = cell
    sums = MonthSums(
        percent=decimal(percent),
        corrections=int(corrected or 0),
        provisional_days=int(provisional or 0),
        straddling_days=int(straddling or 0),
        apel_present=int(attended or 0),
        apel_missing=int(missed or 0),
        apel_percent=decimal(apel),
        **_counted(cells.values()),
    )
    return PersonMonth(name, group_of(status), opd, 1 + (first_unit != opd), cells, sums)


def _counted(cells: Iterable[Cell]) -> dict[str, Any]:
    days: dict[str, Decimal] = defaultdict(Decimal)
    events: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    working = absent = away = 0
    for cell in cells:
        working += cell.working
        for code, share in cell.shares:
            days[code] += share
        if cell.late_level:
            events[codes.TL[cell.late_level - 1]] += 1
            minutes[codes.TL[cell.late_level - 1]] += cell.late or 0
        if cell.early_level:
            events[codes.PSW[cell.early_level - 1]] += 1
            minutes[codes.PSW[cell.early_level - 1]] += cell.early or 0
        absent += cell.shares == ((codes.TANPA_KETERANGAN, ONE),)
        away += codes.WFA in cell.codes
    return {
        "working_days": working,
        "days": dict(days),
        "events": dict(events),
        "minutes": dict(minutes),
        "absent_days": absent,
        "wfa_days": away,
    }


def _adjustments(scope: Scope) -> dict[str, Decimal]:
    table = frappe.qb.DocType("Penyesuaian Rekap")
    query = (
        frappe.qb.from_(table)
        .select(table.pegawai, functions.Sum(table.selisih))
        .where(table.bulan_berlaku == scope.month)
        .groupby(table.pegawai)
    )
    if scope.opds is not None:
        query = query.where(table.opd.isin(list(scope.opds)))
    return {name: decimal(percent) for name, percent in query.run()}


def decimal(value: Any) -> Decimal:
    """Sums of per cent come as binary floats; four places are more than any rule has."""
    return Decimal(str(round(float(value or 0), 4))).normalize() + ZERO
