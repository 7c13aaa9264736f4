"""Ikhtisar OPD: the month of each unit on one line, for leaders: how the days ended, exceptions, and how long decisions took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.pemantauan.analitik import charts, months, requests
from spbe_attendance.pemantauan.beranda import charts as outcomes
from spbe_attendance.pemantauan.laporan.scope import of_month
from spbe_attendance.pemantauan.laporan.table import DECIMAL, NUMBER, Column, Part, Row, Table

SHARES = {
    "tepat": outcomes.ON_TIME,
    "kurang": outcomes.PARTLY,
    "izin": outcomes.AWAY,
    "alpa": outcomes.ABSENT,
}


def build(filters: Mapping[str, Any]) -> Table:
    """Filters bulan, opd. At most six statements. Raises LaporanDitolak, PermissionError."""
    scope = of_month(filters)
    counted = months.chosen(months.outcomes(scope.first), scope.opds)
    minutes = requests.decision_minutes(scope)
    units = frappe.get_all("OPD", fields=["name", "nama_opd"], order_by="lft", limit_page_length=0)
    rows = [
        _row(unit.nama_opd, counted[unit.name], {unit.name: minutes.get(unit.name, [])}) | {"opd": unit.name}
        for unit in units
        if unit.name in counted
    ]
    return Table(
        title=_("Attendance of Units in Overview"),
        period=formatdate(scope.first, "MMMM yyyy"),
        scope=scope,
        columns=columns(),
        parts=[
            Part(
                _("Units"),
                [row | {"no": number} for number, row in enumerate(rows, 1)],
                _row(_("Total"), months.total(counted), minutes) | {"no": ""},
            )
        ]
        if rows
        else [],
        notes=[
            _("Per cent of the days on which work was due. Late and left early count as not whole."),
            _("Hours to decide: the median from filing to the first decision on exceptions and permits."),
        ],
        portrait=True,
    )


def _row(name: str, counts: Counter[str], minutes: Mapping[str, list[int]]) -> Row:
    row: Row = {"nama": name, "hari_kerja": sum(counts[group] for group in charts.OUTCOMES)}
    row |= {key: charts.share(counts, group) for key, group in SHARES.items()}
    decided = sum(len(values) for values in minutes.values())
    return row | {"putusan": decided, "jam": requests.typical_hours(minutes)}


def columns() -> list[Column]:
    return [
        Column("no", _("No."), NUMBER, width=3, screen=False),
        Column("nama", _("Unit"), width=24),
        Column("hari_kerja", _("Person-Days"), NUMBER, width=7),
        Column("tepat", _("% On Time"), DECIMAL, width=7, bold=True),
        Column("kurang", _("% Not Whole"), DECIMAL, width=7),
        Column("izin", _("% Leave or Duty"), DECIMAL, width=7),
        Column("alpa", _("% Without a Word"), DECIMAL, width=7, bold=True),
        Column("putusan", _("Decisions"), NUMBER, width=6),
        Column("jam", _("Hours to Decide"), DECIMAL, width=7),
    ]
