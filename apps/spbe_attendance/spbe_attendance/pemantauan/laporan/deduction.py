"""Rekap Potongan TPP: what the month costs each person, and what it would cost by another rule.

Per cent of the base only: how much TPP somebody gets is kept elsewhere. Nothing is paid or cut from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.rekapitulasi import rules
from spbe_attendance.pemantauan.laporan import closings, legend, months, recap
from spbe_attendance.pemantauan.laporan.months import PersonMonth
from spbe_attendance.pemantauan.laporan.scope import GROUPS, Scope, of_month
from spbe_attendance.pemantauan.laporan.table import DECIMAL, NUMBER, Column, Row, Table
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.month import MonthTotals, close
from spbe_attendance.worktime.types import ZERO


@dataclass(frozen=True, slots=True)
class Line:
    month: PersonMonth
    totals: MonthTotals
    other: MonthTotals | None

    @property
    def due(self) -> Decimal:
        """Never less than nothing: what earlier months give back is not paid out by this one."""
        return max(self.totals.percent + self.month.adjustment, ZERO)


def build(filters: Mapping[str, Any]) -> Table:
    """Filters bulan, opd, status, aturan (what-if). Ten statements. Raises LaporanDitolak, PermissionError."""
    scope = of_month(filters)
    book = rules.read()
    what_if = _what_if(filters.get("aturan"), book)
    lines = {
        month.pegawai + month.group: _line(month, scope, book, what_if)
        for month in months.read(scope, recap.group)
        if month.group != "Non-ASN"
    }
    closing = closings.of(scope)
    table = Table(
        title=_("TPP Deduction Recap"),
        period=formatdate(scope.first, "MMMM yyyy"),
        scope=scope,
        columns=columns(what_if),
        parts=recap.parts(
            [(line.month, line.totals) for line in lines.values()],
            lambda month, _totals: _row(lines[month.pegawai + month.group]),
        ),
        legend=legend.of_codes(),
        draft=closing.draft,
        seal=closing.seal,
    )
    table.facts, table.notes = _facts(scope, book, what_if), _notes(scope, book, what_if)
    table.summary = _summary(list(lines.values()), what_if)
    return table


def _what_if(name: Any, book: rules.RuleBook) -> rules.Rule | None:
    if not name:
        return None
    found = next((rule for rule in book.rules if rule.name == name), None)
    if found is None:
        frappe.throw(_("There is no deduction rule {0}.").format(name), LaporanDitolak)
    return found


def _line(month: PersonMonth, scope: Scope, book: rules.RuleBook, what_if: rules.Rule | None) -> Line:
    totals = recap.close_month(month, scope, book)
    if what_if is None:
        return Line(month, totals, None)
    applies = bool(set(GROUPS[month.group]) & what_if.statuses)
    apel = what_if.table.apel_percent * month.sums.apel_missing
    sums = replace(month.sums, percent=month.cost(what_if.table), apel_percent=apel)
    return Line(month, totals, close(sums, what_if.table, with_tpp=applies))


def _row(line: Line) -> Row:
    sums, totals = line.month.sums, line.totals
    found: Row = recap.identity(line.month) | {"hari_kerja": sums.working_days}
    for code in (*codes.TL, *codes.PSW):
        found[code.lower()] = sums.events.get(code, 0)
    other = line.other.percent if line.other else None
    return found | {
        "tk": recap.plain(sums.days.get(codes.TANPA_KETERANGAN, ZERO)),
        "sakit": recap.plain(totals.sick_cut_days),
        "apel": sums.apel_missing,
        "harian": float(sums.percent),
        "jumlah": float(totals.percent),
        "lalu": float(line.month.adjustment),
        "total": float(line.due),
        "lain": None if other is None else float(other),
        "selisih": None if other is None else float(other - totals.percent),
        "ket": recap.remarks(line.month, totals),
    }


def columns(what_if: rules.Rule | None) -> list[Column]:
    found = [
        *recap.person_columns(name=17, position=14),
        Column("hari_kerja", _("WD"), NUMBER, width=4),
        *(Column(code.lower(), code, NUMBER, group=_("Late"), width=4) for code in codes.TL),
        *(Column(code.lower(), code, NUMBER, group=_("Left Early"), width=4) for code in codes.PSW),
        Column("tk", "TK", NUMBER, width=4),
        Column("sakit", _("Sick Days Cut"), NUMBER, width=6),
        Column("apel", _("Apel Missed"), NUMBER, width=5),
        Column("harian", _("Days (%)"), DECIMAL, width=6),
        Column("jumlah", _("This Month (%)"), DECIMAL, width=6),
        Column("lalu", _("Earlier Months (%)"), DECIMAL, width=7),
        Column("total", _("To Deduct (%)"), DECIMAL, width=7, bold=True),
    ]
    if what_if:
        found += [
            Column("lain", _("By the Other Rule (%)"), DECIMAL, width=7),
            Column("selisih", _("Difference (%)"), DECIMAL, width=6),
        ]
    return [*found, Column("ket", _("Remarks"), width=10)]


def _in_force(scope: Scope, book: rules.RuleBook) -> list[tuple[str, rules.Rule]]:
    wanted = [
        name for name, statuses in GROUPS.items() if not scope.statuses or set(statuses) & set(scope.statuses)
    ]
    return [(name, book.on(GROUPS[name][0], scope.last)) for name in wanted if name != "Non-ASN"]


def _facts(scope: Scope, book: rules.RuleBook, what_if: rules.Rule | None) -> list[tuple[str, str]]:
    """Which rule holds, since when, of what."""
    facts = []
    for rule in {rule.name: rule for _name, rule in _in_force(scope, book)}.values():
        groups = ", ".join(name for name, held in _in_force(scope, book) if held.name == rule.name)
        facts.append((_("Rule for {0}").format(groups), _described(rule)))
    if what_if:
        facts.append((_("What if"), _described(what_if)))
    return facts


def _described(rule: rules.Rule) -> str:
    if not rule.applies:
        return _("none in force, nothing is deducted")
    base = frappe.db.get_value("Aturan Potongan", rule.name, "dasar_potongan")
    said = _("{0}, in force since {1}, per cent of {2}").format(
        rule.name, formatdate(rule.table.first, "d MMMM yyyy"), _(base or "")
    )
    return said if rule.table.confirmed else f"{said} ({_('not confirmed')})"


def _notes(scope: Scope, book: rules.RuleBook, what_if: rules.Rule | None) -> list[str]:
    notes = []
    used = [rule for _name, rule in _in_force(scope, book)] + ([what_if] if what_if else [])
    if any(rule.applies and not rule.table.confirmed for rule in used):
        notes.append(_("A rule is not confirmed by BKPSDM: no payment may rest on these figures."))
    if frappe.db.get_single_value("Pengaturan Absensi", "mode") == "Uji Coba":
        notes.append(_("Trial mode: everything is computed, nothing is deducted."))
    if what_if:
        notes.append(_("What-if: the column of the other rule is a calculation only and changes nothing."))
    return notes


def _summary(lines: list[Line], what_if: rules.Rule | None) -> list[tuple[str, Any]]:
    if not lines:
        return []
    count = Decimal(len(lines))
    mean = sum((line.due for line in lines), ZERO) / count
    found = [(_("Staff"), str(len(lines))), (_("Mean Deduction (%)"), _two(mean))]
    if what_if:
        other = sum((line.other.percent for line in lines if line.other), ZERO) / count
        found.append((_("Mean by the Other Rule (%)"), _two(other)))
    return found


def _two(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")
