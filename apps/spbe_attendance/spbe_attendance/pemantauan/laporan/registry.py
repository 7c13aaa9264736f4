"""Reports by the names they have in Desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.laporan import (
    arrivals,
    card,
    daily,
    deduction,
    discipline,
    overview,
    recap,
    scope,
    unit,
)
from spbe_attendance.pemantauan.laporan.table import Table

Reader = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Report:
    """``check`` refuses filters and readers without computing anything; ``build`` makes the table."""

    check: Reader
    build: Callable[[Mapping[str, Any]], Table]


REPORTS = {
    "Rekapitulasi Kehadiran": Report(scope.of_month, recap.build),
    "Laporan Harian Unit": Report(scope.of_day, daily.build_all),
    "Laporan Harian Pengecualian": Report(scope.of_day, daily.build_exceptions),
    "Laporan Bulanan Unit": Report(scope.of_month, unit.build),
    "Kartu Kehadiran": Report(card.check, card.build),
    "Rekap Potongan TPP": Report(scope.of_month, deduction.build),
    "Disiplin PP 94": Report(scope.of_year, discipline.build),
    "Jam Datang": Report(scope.of_month, arrivals.build),
    "Ikhtisar OPD": Report(scope.of_month, overview.build),
}


def find(name: Any) -> Report:
    """Raises LaporanDitolak for a report that there is not."""
    found = REPORTS.get(name) if isinstance(name, str) else None
    if found is None:
        frappe.throw(_("There is no report {0}.").format(name), LaporanDitolak)
    return found


def plain(table: Table) -> dict[str, Any]:
    """A table for a client that draws it itself."""
    return {
        "judul": table.title,
        "bulan": table.scope.month,
        "fakta": [list(fact) for fact in table.facts],
        "hari": [row for part in table.parts for row in part.rows],
        "konsep": table.draft,
    }
