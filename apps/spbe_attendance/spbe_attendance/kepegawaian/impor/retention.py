"""Sheets full of people are not kept longer than undoing needs them."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, now_datetime

from spbe_attendance.kepegawaian.impor import store
from spbe_attendance.lembar.job import AT_WORK

KEEP_DAYS = 90


def remove_old() -> None:
    """Hooked to the day: after KEEP_DAYS the file and the values of its rows go; the import stays with its sums."""
    old = frappe.get_all(
        "Impor Data",
        {
            "modified": ["<", add_days(now_datetime(), -KEEP_DAYS)],
            "status": ["not in", AT_WORK],
            "berkas": ["is", "set"],
        },
        pluck="name",
    )
    for name in old:
        store.clear(name)
        attached = {"attached_to_doctype": "Impor Data", "attached_to_name": name}
        for file in frappe.get_all("File", attached, pluck="name"):
            frappe.delete_doc("File", file, ignore_permissions=True, delete_permanently=True)
        frappe.db.set_value("Impor Data", name, "berkas", None, update_modified=False)
