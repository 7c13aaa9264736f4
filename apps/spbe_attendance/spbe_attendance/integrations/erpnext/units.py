"""OPD as Company and Department: rows of Pemetaan OPD ERPNext, made where they are missing, changed by people."""

from __future__ import annotations

from collections import Counter

import frappe

from spbe_attendance.integrations.erpnext import foreign
from spbe_attendance.integrations.erpnext.settings import UNITS, Settings
from spbe_attendance.integrations.erpnext.tally import DIBUAT, TETAP, Tally

KIND = "OPD"
Place = tuple[str, str | None]


def mapping(settings: Settings) -> dict[str, Place]:
    """(Company, Department) by OPD, for those with a row."""
    rows = frappe.get_all(UNITS, fields=["opd", "company", "department"])
    return {row.opd: (row.company or settings.company, row.department or None) for row in rows}


def sync(settings: Settings, tally: Tally, *, dry: bool = False) -> None:
    """Every OPD has a row with a Department; those above come first."""
    known = mapping(settings)
    units = frappe.get_all("OPD", fields=["name", "nama_opd", "induk", "is_group"], order_by="lft")
    names = Counter(unit.nama_opd for unit in units)
    for unit in units:
        if (known.get(unit.name) or ("", None))[1]:
            tally.add(TETAP)
        elif dry:
            tally.add(DIBUAT)
        else:
            title = unit.nama_opd if names[unit.nama_opd] == 1 else f"{unit.nama_opd} ({unit.name})"
            tally.attempt(
                KIND,
                unit.name,
                unit.nama_opd,
                lambda unit=unit, title=title: _make(unit, title, known, settings),
            )


def _make(unit: frappe._dict, title: str, known: dict[str, Place], settings: Settings) -> str:
    company = known.get(unit.name, (settings.company, None))[0]
    above = known.get(unit.induk)
    parent = above[1] if above and above[0] == company else None
    department = foreign.department(title[:140], company, parent, bool(unit.is_group))
    name = frappe.db.get_value(UNITS, {"opd": unit.name})
    row = frappe.get_doc(UNITS, name) if name else frappe.new_doc(UNITS)
    row.update({"opd": unit.name, "department": department, "dibuat_otomatis": 1})
    row.flags.ignore_permissions = row.flags.from_spbe = True
    row.save()
    known[unit.name] = (company, department)
    return DIBUAT
