"""Who uses which phone since when: shared ones, unused ones, waiting and revoked ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.kepegawaian import device_use, devices

SHARED, UNUSED = "Dipakai Banyak Orang", "Tidak Dipakai"
UNUSED_AFTER, LOOK_BACK = timedelta(days=90), timedelta(days=30)
FIELDS = [
    "name",
    "pegawai",
    "pegawai.nama as nama",
    "opd",
    "nama_perangkat",
    "status",
    "terdaftar",
    "terakhir_dipakai",
]


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows. ``keadaan``: a status, "Dipakai Banyak Orang" or "Tidak Dipakai"; ``opd``: with the units below it."""
    filters = filters or {}
    state = filters.get("keadaan")
    units = _units(filters.get("opd"))
    if state == SHARED:
        return _columns(shared=True), _shared(units)
    wanted: dict[str, Any] = {"opd": ["in", units]} if filters.get("opd") else {}
    if state in (devices.AKTIF, devices.MENUNGGU, devices.DICABUT):
        wanted["status"] = state
    elif state == UNUSED:
        wanted["status"] = devices.AKTIF
    # The list query of the session: rows are those that its rights show.
    rows = frappe.get_list("Perangkat", wanted, FIELDS, order_by="opd asc, terdaftar desc", limit=0)
    if state == UNUSED:
        since = getdate() - UNUSED_AFTER
        rows = [row for row in rows if getdate(row.terakhir_dipakai or row.terdaftar) < since]
    return _columns(), rows


def _units(opd: str | None) -> list[str]:
    """Those the session may see."""
    found = frappe.get_list("OPD", pluck="name", limit=0)
    if not opd:
        return found
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"]) or (0, -1)
    below = frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")
    return [name for name in below if name in set(found)]


def _shared(units: list[str]) -> list[dict[str, Any]]:
    """A row for each person of a shared phone, those with the most people first."""
    found = device_use.shared(units, getdate() - LOOK_BACK, getdate())
    people = {name for several in found.values() for name in several}
    known = {
        row.name: row
        for row in frappe.get_list(
            "Pegawai", {"name": ["in", list(people) or [""]]}, ["name", "nama", "opd"], limit=0
        )
    }
    rows = []
    for device, several in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        rows += [
            {
                "pegawai": name,
                "nama": known[name].nama,
                "opd": known[name].opd,
                "nama_perangkat": device,
                "orang": len(several),
            }
            for name in sorted(several)
            if name in known
        ]
    return rows


def _columns(*, shared: bool = False) -> list[dict[str, Any]]:
    person = [
        {"fieldname": "nama", "label": _("Person"), "fieldtype": "Data", "width": 220},
        {"fieldname": "opd", "label": _("OPD"), "fieldtype": "Link", "options": "OPD", "width": 160},
        {"fieldname": "nama_perangkat", "label": _("Device"), "fieldtype": "Data", "width": 240},
    ]
    if shared:
        return [
            *person,
            {"fieldname": "orang", "label": _("People on This Device"), "fieldtype": "Int", "width": 140},
        ]
    return [
        *person,
        {"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 120},
        {"fieldname": "terdaftar", "label": _("Registered"), "fieldtype": "Datetime", "width": 160},
        {"fieldname": "terakhir_dipakai", "label": _("Last Used"), "fieldtype": "Date", "width": 120},
        {
            "fieldname": "name",
            "label": _("Record"),
            "fieldtype": "Link",
            "options": "Perangkat",
            "width": 120,
        },
    ]
