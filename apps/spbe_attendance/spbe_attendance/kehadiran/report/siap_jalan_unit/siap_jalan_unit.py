"""Which units are ready for the first morning: places, people, accounts, phones, heads."""

from __future__ import annotations

from typing import Any

from frappe import _
from frappe.utils import cint

from spbe_attendance.kehadiran.lokasi import readiness
from spbe_attendance.pemantauan.laporan import scope


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """Columns, rows and the summary. ``tanggal``: today when empty; ``opd``: it and what is below; ``hanya_kurang``: units that lack something."""
    filters = filters or {}
    rows = readiness.of_units(
        scope.day_of(filters.get("tanggal")),
        filters.get("opd"),
        lacking_only=bool(cint(filters.get("hanya_kurang"))),
    )
    return columns(), rows, None, None, summary(rows)


def columns() -> list[dict[str, Any]]:
    counts = {
        "pegawai": _("Staff"),
        "lokasi_sendiri": _("Own Places"),
        "lokasi_atas": _("Places of the OPD Above"),
        "lokasi_bersama": _("Places for All"),
        "tanpa_lokasi": _("Without Place"),
        "tanpa_akun": _("Without Account"),
        "tanpa_ponsel": _("Without Phone"),
    }
    return [
        {"fieldname": "nama_opd", "label": _("OPD"), "fieldtype": "Data", "width": 280},
        {"fieldname": "kurang", "label": _("Lacking"), "fieldtype": "Data", "width": 260},
        *(
            {"fieldname": name, "label": label, "fieldtype": "Int", "width": 120}
            for name, label in counts.items()
        ),
        {"fieldname": "kepala", "label": _("Has Head"), "fieldtype": "Check", "width": 90},
    ]


def summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures above the table; green only at zero."""
    ready = sum(1 for row in rows if not row["kurang"])
    figures = [
        (_("Without Place"), sum(row["tanpa_lokasi"] for row in rows)),
        (_("Without Account"), sum(row["tanpa_akun"] for row in rows)),
        (_("Without Phone"), sum(row["tanpa_ponsel"] for row in rows)),
        (_("OPD without Head"), sum(1 for row in rows if not row["kepala"])),
    ]
    return [
        {
            "label": _("Units Ready"),
            "value": f"{ready} / {len(rows)}",
            "datatype": "Data",
            "indicator": "Blue",
        },
        *(
            {"label": label, "value": value, "datatype": "Int", "indicator": "Red" if value else "Green"}
            for label, value in figures
        ),
    ]
