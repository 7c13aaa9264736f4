"""How accurate real punches are at each place, those with a proposal first."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

FIELDS = (
    "lokasi", "jumlah", "akurasi_median", "akurasi_p90", "persen_dalam", "persen_ragu", "persen_luar", "sebaran", "geser", "usulan",
    "usulan_tambah", "persen_dalam_usulan", "dibatasi",
)  # fmt: skip
UNITS = {"Perluas": 0, "Terhalang": 1}


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows as the reader may see them; ``opd`` narrows down, ``hanya_usulan`` leaves those with a proposal."""
    filters = filters or {}
    wanted: dict[str, Any] = {"jumlah": [">", 0]}
    if filters.get("opd"):
        wanted["opd"] = ["descendants of (inclusive)", filters["opd"]]
    if filters.get("hanya_usulan"):
        wanted["usulan"] = ["is", "set"]
    rows = frappe.get_list("Ukuran Lokasi", wanted, [*FIELDS, "opd"], limit_page_length=0)
    names = dict(
        frappe.get_list("OPD Lokasi", fields=["name", "nama_lokasi"], as_list=True, limit_page_length=0)
    )
    units = dict(frappe.get_list("OPD", fields=["name", "nama_opd"], as_list=True, limit_page_length=0))
    for row in rows:
        row["nama_lokasi"] = names.get(row["lokasi"], "")
        row["nama_opd"] = units.get(row["opd"], "")
    return columns(), sorted(rows, key=lambda row: (UNITS.get(row["usulan"], 2), -row["persen_ragu"]))


def columns() -> list[dict[str, Any]]:
    numbers = {
        "jumlah": (_("Punches Measured"), "Int"),
        "akurasi_median": (_("Median Accuracy (m)"), "Float"),
        "akurasi_p90": (_("Accuracy of 90 % (m)"), "Float"),
        "persen_dalam": (_("Inside"), "Percent"),
        "persen_ragu": (_("Uncertain"), "Percent"),
        "persen_luar": (_("Outside Nearby"), "Percent"),
        "sebaran": (_("Spread (m)"), "Float"),
        "geser": (_("Distance from the Middle of the Place (m)"), "Float"),
        "usulan": (_("Proposal"), "Data"),
        "usulan_tambah": (_("Growth (m)"), "Float"),
        "persen_dalam_usulan": (_("Inside with the Proposal"), "Percent"),
        "dibatasi": (_("Limited By"), "Data"),
    }
    return [
        {"fieldname": "nama_lokasi", "label": _("Place"), "fieldtype": "Data", "width": 220},
        {"fieldname": "nama_opd", "label": _("OPD"), "fieldtype": "Data", "width": 220},
        *(
            {"fieldname": name, "label": label, "fieldtype": kind, "width": 130, "precision": 1}
            for name, (label, kind) in numbers.items()
        ),
    ]
