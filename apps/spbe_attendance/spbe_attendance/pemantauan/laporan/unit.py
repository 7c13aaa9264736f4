"""LB.1: the month of each unit, one line for each, on which TPP of a unit is discussed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.rekapitulasi import rules
from spbe_attendance.pemantauan.laporan import closings, legend, months, recap
from spbe_attendance.pemantauan.laporan.months import PersonMonth
from spbe_attendance.pemantauan.laporan.scope import of_month
from spbe_attendance.pemantauan.laporan.table import DECIMAL, NUMBER, Column, Part, Row, Table
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.month import ATTENDED, MonthTotals
from spbe_attendance.worktime.types import ZERO

_CENT = Decimal("0.01")
Lines = list[tuple[PersonMonth, MonthTotals]]


def build(filters: Mapping[str, Any]) -> Table:
    """Filters bulan, opd, status. Ten statements. Raises LaporanDitolak, PermissionError."""
    scope = of_month(filters)
    book = rules.read()
    by_unit: dict[str, Lines] = defaultdict(list)
    for month in months.read(scope, recap.group):
        by_unit[month.opd].append((month, recap.close_month(month, scope, book)))
    closing = closings.of(scope)
    rows = [_row(unit.nama_opd, by_unit[unit.name]) for unit in _units() if unit.name in by_unit]
    everybody = [line for lines in by_unit.values() for line in lines]
    return Table(
        title=_("LB.1 Monthly Recap by Unit"),
        period=formatdate(scope.first, "MMMM yyyy"),
        scope=scope,
        columns=columns(),
        parts=[
            Part(
                _("Units"),
                [row | {"no": number} for number, row in enumerate(rows, 1)],
                _row(_("Total"), everybody) | {"no": ""},
            )
        ]
        if rows
        else [],
        legend=legend.of_codes(),
        draft=closing.draft,
        seal=closing.seal,
    )


def _units() -> list[Any]:
    return frappe.get_all("OPD", fields=["name", "nama_opd"], order_by="lft")


def _row(name: str, lines: Lines) -> Row:
    def days(*wanted: str) -> Decimal:
        return sum((month.sums.days.get(code, ZERO) for month, _t in lines for code in wanted), ZERO)

    def events(ladder: tuple[str, ...]) -> int:
        return sum(month.sums.events.get(code, 0) for month, _t in lines for code in ladder)

    working = sum(month.sums.working_days for month, _t in lines)
    cut = [totals.percent for month, totals in lines if month.group != "Non-ASN"]
    found: Row = {"nama": name, "staf": len(lines), "hari_kerja": working}
    for code in (codes.HADIR, codes.IZIN, codes.SAKIT, *codes.DUTY, codes.TANPA_KETERANGAN):
        found[code.lower()] = recap.plain(days(code))
    return found | {
        "cuti": recap.plain(days(*recap.LEAVES)),
        "tl": events(codes.TL),
        "tl_menit": sum(totals.late for _m, totals in lines),
        "psw": events(codes.PSW),
        "psw_menit": sum(totals.early for _m, totals in lines),
        "apel_tidak": sum(month.sums.apel_missing for month, _t in lines),
        "terbuka": sum(month.sums.provisional_days for month, _t in lines),
        "persen_hadir": _share(days(*ATTENDED) * 100, working),
        "persen_potongan": _share(sum(cut, ZERO), len(cut)),
    }


def _share(value: Decimal, count: int) -> float | None:
    return float((value / count).quantize(_CENT, ROUND_HALF_UP)) if count else None


def columns() -> list[Column]:
    return [
        Column("no", _("No."), NUMBER, width=2, screen=False),
        Column("nama", _("Unit"), width=20),
        Column("staf", _("Staff"), NUMBER, width=4),
        Column("hari_kerja", _("Person-Days"), NUMBER, width=5),
        *(Column(code.lower(), code, NUMBER, width=4) for code in (codes.HADIR, codes.IZIN, codes.SAKIT)),
        Column("cuti", _("Leave"), NUMBER, width=4),
        *(Column(code.lower(), code, NUMBER, width=4) for code in codes.DUTY),
        Column("tk", "TK", NUMBER, width=4, bold=True),
        Column("tl", _("Times"), NUMBER, group=_("Late"), width=4),
        Column("tl_menit", _("Min"), NUMBER, group=_("Late"), width=5),
        Column("psw", _("Times"), NUMBER, group=_("Left Early"), width=4),
        Column("psw_menit", _("Min"), NUMBER, group=_("Left Early"), width=5),
        Column("apel_tidak", _("Apel Missed"), NUMBER, width=5),
        Column("terbuka", _("Open Days"), NUMBER, width=5),
        Column("persen_hadir", _("% Pres."), DECIMAL, width=6, bold=True),
        Column("persen_potongan", _("Mean % Cut"), DECIMAL, width=6, bold=True),
    ]
