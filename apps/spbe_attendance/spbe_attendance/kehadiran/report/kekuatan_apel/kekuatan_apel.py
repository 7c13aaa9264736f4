"""Strength of a roll call per OPD, as the commander reports it: jumlah, hadir, kurang, keterangan."""

from __future__ import annotations

from typing import Any

from frappe import _
from frappe.utils import cint

from spbe_attendance.kehadiran.apel import strength

# Always told; a reason that nobody has takes no column.
ALWAYS = ("jumlah", "hadir", "kurang", "tanpa_keterangan")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows, the last the sum. ``kegiatan`` is required; ``per_unit`` gives every unit a row of its own."""
    filters = filters or {}
    if not filters.get("kegiatan"):
        return columns({}), []
    found = strength.of_event(filters["kegiatan"], per_unit=bool(cint(filters.get("per_unit"))))
    rows = found["baris"]
    if rows:
        rows = [*rows, {**found["total"], "nama_opd": _("Total"), "jumlah_akhir": 1}]
    return columns(found["total"]), rows


def columns(total: dict[str, Any]) -> list[dict[str, Any]]:
    """``total``: the sum of all rows."""
    labels = {
        "jumlah": _("Strength"),
        "hadir": _("Present"),
        "kurang": _("Missing"),
        "cuti": _("On Leave"),
        "sakit": _("Ill"),
        "izin": _("With Permission"),
        "dinas_luar": _("On Duty Elsewhere"),
        "shift": _("Shift"),
        "lainnya": _("Other Reasons"),
        "dikecualikan": _("Exempt"),
        "menunggu": _("Pending"),
        "tanpa_keterangan": _("Unexplained"),
    }
    counts = [
        {"fieldname": name, "label": labels[name], "fieldtype": "Int", "width": 110}
        for name in strength.COLUMNS
        if name in ALWAYS or total.get(name)
    ]
    return [
        {"fieldname": "nama_opd", "label": _("OPD"), "fieldtype": "Data", "width": 280},
        *counts,
        {"fieldname": "persen", "label": _("% Present"), "fieldtype": "Percent", "width": 90},
    ]
