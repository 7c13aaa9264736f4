"""Who could not punch on the first morning, and what is missing."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.lokasi import readiness
from spbe_attendance.pemantauan.laporan import scope


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows. ``kurang``: only who lacks this, one of ``readiness.LACKS``; otherwise who lacks anything."""
    filters = filters or {}
    lack = filters.get("kurang") or None
    if lack is not None and lack not in readiness.LACKS:
        frappe.throw(_("Choose what is lacking from the list."), LaporanDitolak)
    return columns(), readiness.of_people(scope.day_of(filters.get("tanggal")), filters.get("opd"), lack)


def columns() -> list[dict[str, Any]]:
    return [
        {"fieldname": "nama", "label": _("Name"), "fieldtype": "Data", "width": 240},
        {"fieldname": "nama_opd", "label": _("OPD"), "fieldtype": "Data", "width": 260},
        {"fieldname": "jabatan", "label": _("Position Held"), "fieldtype": "Data", "width": 180},
        {"fieldname": "tanpa_lokasi", "label": _("Without Place"), "fieldtype": "Check", "width": 120},
        {"fieldname": "tanpa_akun", "label": _("Without Account"), "fieldtype": "Check", "width": 120},
        {"fieldname": "tanpa_ponsel", "label": _("Without Phone"), "fieldtype": "Check", "width": 120},
    ]
