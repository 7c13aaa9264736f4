"""The metadata of a version on paper: standar data, MS-Keg, MS-Var and MS-Ind with the labels of their forms. For a print format."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _

from spbe_attendance.pemantauan.satu_data import metadata

DATASET, VARIABLE, INDICATOR = "Dataset Satu Data", "Variabel Dataset", "Indikator Dataset"
GENERAL = ("judul", "produsen_data", "walidata", "kontak", "lisensi")


def lembar_metadata(doc: Any) -> list[dict[str, Any]]:
    """[{title, rows: [(label, value)]}] of a Versi Dataset that its reader has opened."""
    about = json.loads(doc.metadata or "{}")
    region = about.get("wilayah") or {}
    head = [(_("Period"), doc.periode), (_("Version"), doc.nomor), (_("SHA-256 of the Content"), doc.sidik)]
    head += [(_label_of(name), about.get(name) or "") for name in GENERAL]
    head.append(
        (
            _("Region"),
            f"{region.get('nama')} ({region.get('kode')}, {region.get('sistem_kode')}, {region.get('dasar')})",
        )
    )
    found = [
        {"title": _("Dataset"), "rows": head},
        _part(_("Data Standard"), DATASET, about.get("standar_data") or {}),
        _part(_("Metadata of the Activity (MS-Keg)"), DATASET, about.get("ms_keg") or {}, metadata.ACTIVITY),
    ]
    for title, doctype, rows in (
        (_("Metadata of Variables (MS-Var)"), VARIABLE, about.get("ms_var") or []),
        (_("Metadata of Indicators (MS-Ind)"), INDICATOR, about.get("ms_ind") or []),
    ):
        found += [_part(f"{title}: {row['nama']}", doctype, row) for row in rows]
    return found


def _label_of(name: str) -> str:
    return {
        "judul": _("Title"),
        "produsen_data": _("Data Producer"),
        "walidata": _("Walidata"),
        "kontak": _("Contact E-mail"),
        "lisensi": _("Licence (address)"),
    }[name]


def _part(title: str, doctype: str, values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    meta = frappe.get_meta(doctype)
    rows = [(_(meta.get_label(f"{prefix}{name}")), _said(value)) for name, value in values.items()]
    return {"title": title, "rows": rows}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
