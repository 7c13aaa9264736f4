"""Jam Datang: first punches of a month by weekday and hour, as a table that is coloured like a heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from frappe import _
from frappe.utils import formatdate

from spbe_attendance.pemantauan.analitik import months
from spbe_attendance.pemantauan.laporan.scope import of_month
from spbe_attendance.pemantauan.laporan.table import NUMBER, Column, Part, Row, Table

# Outside of these hours arrivals are night shifts: one column on either side.
FIRST, LAST = 5, 10


def build(filters: Mapping[str, Any]) -> Table:
    """Filters bulan, opd. Two statements. Raises LaporanDitolak, PermissionError."""
    scope = of_month(filters)
    counted = months.total(months.chosen(months.arrivals(scope.first), scope.opds))
    rows = [_row(weekday, counted) for weekday in range(7)]
    return Table(
        title=_("Arrivals by Weekday and Hour"),
        period=formatdate(scope.first, "MMMM yyyy"),
        scope=scope,
        columns=columns(),
        parts=[Part(_("Arrivals"), rows, _total(rows))] if counted else [],
        notes=[_("Counted: the first punch of each computed day, in the hour when it was made (WIB).")],
    )


def _row(weekday: int, counted: Counter[tuple[int, int]]) -> Row:
    hours = {hour: counted[(weekday, hour)] for hour in range(24)}
    return {
        "hari": months.day_name(weekday),
        "sebelum": sum(number for hour, number in hours.items() if hour < FIRST),
        **{f"j{hour}": hours[hour] for hour in range(FIRST, LAST + 1)},
        "sesudah": sum(number for hour, number in hours.items() if hour > LAST),
        "jumlah": sum(hours.values()),
    }


def _total(rows: list[Row]) -> Row:
    return {"hari": _("Total")} | {key: sum(row[key] for row in rows) for key in rows[0] if key != "hari"}


def columns() -> list[Column]:
    return [
        Column("hari", _("Day"), width=10),
        Column("sebelum", _("before {0}").format(f"{FIRST:02d}.00"), NUMBER, width=7),
        *(
            Column(f"j{hour}", f"{hour:02d}.00–{hour:02d}.59", NUMBER, width=7)
            for hour in range(FIRST, LAST + 1)
        ),
        Column("sesudah", _("after {0}").format(f"{LAST:02d}.59"), NUMBER, width=7),
        Column("jumlah", _("Total"), NUMBER, width=7, bold=True),
    ]
