"""Indexes by the day for what the analytics count; the framework makes them only where the DocType's file has changed.

The index of exceptions without the day goes: it would be written with every punch for nothing.
"""

import frappe

from spbe_attendance.kehadiran.doctype.absensi import absensi
from spbe_attendance.kehadiran.doctype.ketidakhadiran import ketidakhadiran
from spbe_attendance.kehadiran.doctype.koreksi_absensi import koreksi_absensi
from spbe_attendance.kehadiran.doctype.tinjauan_absensi import tinjauan_absensi


def execute() -> None:
    for controller in (absensi, ketidakhadiran, koreksi_absensi, tinjauan_absensi):
        controller.on_doctype_update()
    found = frappe.db.sql("show index from `tabAbsensi` where key_name = 'status_opd_index'")
    if found:
        frappe.db.sql_ddl("alter table `tabAbsensi` drop index `status_opd_index`")
