"""Rekapitulasi Kehadiran: one line per person and month with every day, as the regency's forms have it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.rekapitulasi import rules
from spbe_attendance.pemantauan.laporan import closings, legend, months, people
from spbe_attendance.pemantauan.laporan.months import Cell, PersonMonth
from spbe_attendance.pemantauan.laporan.scope import GROUPS, Scope, of_month
from spbe_attendance.pemantauan.laporan.table import CODE, DECIMAL, IDENTITY, NUMBER, Column, Part, Row, Table
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.month import MonthTotals, close
from spbe_attendance.worktime.types import ZERO

LEAVES = (
    codes.CUTI_TAHUNAN,
    codes.CUTI_BESAR,
    codes.CUTI_SAKIT,
    codes.CUTI_MELAHIRKAN,
    codes.CUTI_ALASAN_PENTING,
    codes.CLTN,
)
# Codes of which the day's cell shows more than "present".
_SILENT = {codes.HADIR}
_GROUP_OF = {status: group for group, statuses in GROUPS.items() for status in statuses}


def build(filters: Mapping[str, Any]) -> Table:
    """Filters bulan, opd, status. Eleven statements, however many persons. Raises LaporanDitolak, PermissionError."""
    scope = of_month(filters)
    book = rules.read()
    found = months.read(scope, group)
    closing = closings.of(scope)
    lines = [(month, close_month(month, scope, book)) for month in found]
    return Table(
        title=_("Attendance Recap"),
        period=formatdate(scope.first, "MMMM yyyy"),
        scope=scope,
        columns=columns(scope),
        parts=parts(lines, row),
        legend=legend.of_codes(),
        notes=notes(lines),
        draft=closing.draft,
        seal=closing.seal,
        root=closings.root(scope),
        small=True,
    )


def group(status: str | None) -> str:
    """The sheet of an employment status."""
    return _GROUP_OF.get(status or "", "Non-ASN")


def close_month(month: PersonMonth, scope: Scope, book: rules.RuleBook) -> MonthTotals:
    """By the rule in force at the month's end for the person's employment."""
    rule = book.on(GROUPS[month.group][0], scope.last)
    return close(month.sums, rule.table, with_tpp=rule.applies)


def parts(lines: list[tuple[PersonMonth, MonthTotals]], make: Any) -> list[Part]:
    """A sheet per employment group that has anybody, numbered from one."""
    sheets = []
    for name in GROUPS:
        own = sorted(
            (line for line in lines if line[0].group == name), key=lambda line: people.order(line[0].person)
        )
        if own:
            rows = [make(month, totals) | {"no": number} for number, (month, totals) in enumerate(own, 1)]
            sheets.append(Part(name, rows))
    return sheets


def identity(month: PersonMonth) -> Row:
    person = month.person
    return {
        "pegawai": month.pegawai,
        "nama": people.full_name(person),
        "nip": people.shown_number(person),
        "golongan": person.get("golongan") or "-",
        "jabatan": person.get("jabatan") or "-",
    }


def row(month: PersonMonth, totals: MonthTotals) -> Row:
    sums = month.sums
    line: Row = identity(month) | {"hari_kerja": sums.working_days}
    for day, cell in month.cells.items():
        line[f"d{day}"] = day_text(cell)
    line["h"] = plain(sums.days.get(codes.HADIR, ZERO))
    for code in (*codes.TL, *codes.PSW):
        line[code.lower()] = sums.events.get(code, 0)
        line[f"{code.lower()}_menit"] = sums.minutes.get(code, 0)
    for code in (codes.IZIN, codes.SAKIT, *LEAVES, *codes.DUTY, codes.TANPA_KETERANGAN):
        line[code.lower()] = plain(sums.days.get(code, ZERO))
    return line | {
        "koreksi": sums.corrections,
        "apel_hadir": sums.apel_present,
        "apel_tidak": sums.apel_missing,
        "menit": totals.total_minutes,
        "persen_potongan": float(totals.percent),
        "persen_hadir": None if totals.attendance is None else float(totals.attendance),
        "ket": remarks(month, totals),
    }


def day_text(cell: Cell) -> str:
    """ "TL1 PSW2"; H only where nothing else is to be said."""
    shown = [legend.printed(code) for code in cell.codes if code not in _SILENT]
    return " ".join(shown) or " ".join(cell.codes)


def remarks(month: PersonMonth, totals: MonthTotals) -> str:
    said = []
    sums = month.sums
    if sums.provisional_days:
        said.append(_("{0} days open").format(sums.provisional_days))
    if totals.raw_percent > totals.percent:
        said.append(_("limited from {0} %").format(decimal_text(totals.raw_percent)))
    if totals.sick_cut_days:
        said.append(_("{0} sick days cut").format(decimal_text(totals.sick_cut_days)))
    if month.units > 1 or (month.person.get("opd") and month.person["opd"] != month.opd):
        said.append(_("moved"))
    return "; ".join(said)


def notes(lines: list[tuple[PersonMonth, MonthTotals]]) -> list[str]:
    said = [_("Figures below a level: number of days and, beneath, minutes. Half days count 0.5.")]
    open_days = sum(month.sums.provisional_days for month, _totals in lines)
    if open_days:
        said.append(_("{0} person-days wait for a decision and may still change.").format(open_days))
    return said


def plain(value: Decimal) -> int | float:
    """Whole days as whole numbers, halves as they are."""
    return int(value) if value == int(value) else float(value)


def decimal_text(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def columns(scope: Scope) -> list[Column]:
    """No, person, position, working days, 1…31, then the sums."""
    days = range(1, scope.last.day + 1)
    return [
        *person_columns(),
        Column("hari_kerja", _("WD"), NUMBER, width=2.2),
        *(Column(f"d{day}", str(day), CODE, group=_("Day"), width=2.55) for day in days),
        Column("h", "H", NUMBER, width=2, bold=True),
        *(column for code in (*codes.TL, *codes.PSW) for column in level_columns(code)),
        Column("i", "I", NUMBER, width=1.5),
        Column("s", "S", NUMBER, width=1.5),
        *(Column(code.lower(), legend.printed(code), NUMBER, group=_("Leave"), width=2.1) for code in LEAVES),
        Column("dl", "DL", NUMBER, width=1.6),
        Column("tb", "TB", NUMBER, width=1.6),
        Column("tk", "TK", NUMBER, width=1.6, bold=True),
        Column("koreksi", _("FP"), NUMBER, width=1.7),
        Column("apel_hadir", _("Att."), NUMBER, group=_("Apel"), width=2),
        Column("apel_tidak", _("Missed"), NUMBER, group=_("Apel"), width=2),
        Column("menit", _("Min"), NUMBER, width=2.6),
        Column("persen_potongan", _("% Cut"), DECIMAL, width=3.4, bold=True),
        Column("persen_hadir", _("% Pres."), DECIMAL, width=3.6, bold=True),
        Column("ket", _("Remarks"), width=4.5),
    ]


def person_columns(name: float = 13, position: float = 8.5) -> list[Column]:
    """``name``, ``position``: their shares of the width."""
    return [
        Column("no", _("No."), NUMBER, width=1.8, screen=False),
        Column("nama", _("Name / NIP"), width=name),
        Column("nip", "NIP", IDENTITY, under="nama"),
        Column("golongan", _("Gr."), CODE, width=2.6),
        Column("jabatan", _("Position Held"), width=position),
    ]


def level_columns(code: str) -> list[Column]:
    key = code.lower()
    return [
        Column(key, _("D"), NUMBER, group=code, width=2.8 if code in codes.PSW else 2.3),
        Column(f"{key}_menit", _("Min"), NUMBER, group=code, under=key),
    ]
