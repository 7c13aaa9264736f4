"""The people behind the strength of a roll call, by name."""

from __future__ import annotations

from typing import Any

from frappe import _

from spbe_attendance.kehadiran.apel import strength


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows. ``kegiatan`` is required; ``opd`` with its units; ``hasil``: a result, or a column of the strength report."""
    filters = filters or {}
    if not filters.get("kegiatan"):
        return columns(), []
    return columns(), strength.names(filters["kegiatan"], filters.get("opd"), filters.get("hasil"))


def columns() -> list[dict[str, Any]]:
    return [
        {"fieldname": "nama", "label": _("Name"), "fieldtype": "Data", "width": 220},
        {"fieldname": "nip", "label": _("NIP"), "fieldtype": "Data", "width": 170},
        {"fieldname": "jabatan", "label": _("Position"), "fieldtype": "Data", "width": 200},
        {"fieldname": "nama_opd", "label": _("OPD"), "fieldtype": "Data", "width": 260},
        {"fieldname": "hasil", "label": _("Result"), "fieldtype": "Data", "width": 120},
        {"fieldname": "keterangan", "label": _("Explanation"), "fieldtype": "Data", "width": 180},
    ]
