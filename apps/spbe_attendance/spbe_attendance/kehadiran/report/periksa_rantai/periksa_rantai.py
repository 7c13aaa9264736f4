from __future__ import annotations

from typing import Any

from frappe import _

from spbe_attendance.kehadiran.segel import desk


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """Frappe calls this for its report view. ``opd`` and ``bulan`` (YYYY-MM) are required."""
    filters = filters or {}
    if not (filters.get("opd") and filters.get("bulan")):
        return columns(), []
    rows, audit = desk.check(filters["opd"], filters["bulan"])
    serious = sum(row["keadaan"] == _("Changed") for row in rows)
    return columns(), rows, desk.summary(serious, audit)


def columns() -> list[dict[str, Any]]:
    return [
        {"fieldname": "keadaan", "label": _("State"), "fieldtype": "Data", "width": 115},
        {
            "fieldname": "pegawai",
            "label": _("Employee"),
            "fieldtype": "Link",
            "options": "Pegawai",
            "width": 180,
        },
        {"fieldname": "tanggal", "label": _("Date"), "fieldtype": "Date", "width": 105},
        {"fieldname": "apa", "label": _("What Happened"), "fieldtype": "Data", "width": 480},
        {
            "fieldname": "absensi",
            "label": _("Punch"),
            "fieldtype": "Link",
            "options": "Absensi",
            "width": 130,
        },
        {"fieldname": "urutan", "label": _("Number in the Chain"), "fieldtype": "Int", "width": 90},
        {"fieldname": "opd", "label": _("OPD"), "fieldtype": "Link", "options": "OPD", "width": 160},
    ]
