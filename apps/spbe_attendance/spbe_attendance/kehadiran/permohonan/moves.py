"""What somebody asked for and still waits goes along into another OPD: its head decides, not the one of the old OPD."""

from __future__ import annotations

from datetime import date

import frappe

from spbe_attendance.kehadiran.permohonan import deciders

# The day from which a row is one of the new OPD.
DAYS = {"Ketidakhadiran": "dari", "Koreksi Absensi": "tanggal"}


def follow(pegawai: str, opd: str, first: date | None) -> None:
    """Waiting permits and corrections of days from ``first`` on (None: of any day) are of this OPD, with no direct superior yet.

    Each tells whoever has it open by its changed row.
    """
    for doctype, day in DAYS.items():
        filters = {"pegawai": pegawai, "status": ["in", sorted(deciders.WAITING)], "opd": ["!=", opd]}
        if first:
            filters[day] = [">=", first]
        for name in frappe.get_all(doctype, filters, pluck="name"):
            frappe.db.set_value(doctype, name, {"opd": opd, "atasan": None})
