"""The index of exceptions has the day now; the one without it would be written with every punch for nothing."""

import frappe


def execute() -> None:
    found = frappe.db.sql("show index from `tabAbsensi` where key_name = 'status_opd_index'")
    if found:
        frappe.db.sql_ddl("alter table `tabAbsensi` drop index `status_opd_index`")
