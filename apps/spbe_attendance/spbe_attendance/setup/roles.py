"""The roles of the product; install and uninstall read the same table."""

from __future__ import annotations

import frappe

# role -> may use Desk
ROLES = {
    "Pegawai SPBE": False,
    "Kepala OPD": True,
    "Admin OPD": True,
    "BKPSDM": True,
    "Pimpinan": True,
    "Wali Data": True,
    # An office tablet's account: it may only carry punches of others, each with an own PIN.
    "Kios SPBE": False,
    # The account of a Kunci API: it may read what the key says, by endpoints of its own, and no DocType.
    "Sistem Lain": False,
}


def seed() -> None:
    for role, desk in ROLES.items():
        if not frappe.db.exists("Role", role):
            frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": desk}).insert(
                ignore_permissions=True
            )
        elif not desk and frappe.db.get_value("Role", role, "desk_access"):
            # Syncing the DocTypes makes missing roles with desk access.
            frappe.db.set_value("Role", role, "desk_access", 0)


def remove() -> None:
    for role in ROLES:
        frappe.delete_doc("Role", role, ignore_missing=True, force=True, ignore_permissions=True)
