"""Which perangkat daerah a unit belongs to: open data speak of those, not of a kelurahan office with a handful of staff."""

from __future__ import annotations

from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class Unit:
    """``top``: name of its perangkat daerah; ``parent``: name of the OPD above it, empty at the top."""

    name: str
    kode: str
    nama: str
    singkatan: str
    unor_id: str
    parent: str
    top: str


def read() -> dict[str, Unit]:
    """All OPD in the order of the tree, by name. Below a single root (the regency itself) its children are the perangkat daerah;
    where there are several roots, these are."""
    fields = ["name", "kode", "nama_opd", "singkatan", "unor_id", "induk", "lft"]
    rows = frappe.get_all("OPD", fields=fields, order_by="lft", limit_page_length=0)
    parents = {row.name: row.induk or "" for row in rows}
    roots = [row.name for row in rows if not row.induk]
    regency = roots[0] if len(roots) == 1 and len(rows) > 1 else None
    tops: dict[str, str] = {}
    for row in rows:
        above = parents[row.name]
        tops[row.name] = row.name if not above or above == regency else tops[above]
    return {
        row.name: Unit(
            row.name,
            row.kode or row.name,
            row.nama_opd,
            row.singkatan or "",
            row.unor_id or "",
            parents[row.name],
            tops[row.name],
        )
        for row in rows
    }
