"""Preparing a site that was made for this app alone; never run by install on somebody else's site."""

from __future__ import annotations

import frappe
from frappe.utils.password import update_password

SETTINGS = {
    "language": "id",
    "time_zone": "Asia/Jakarta",
    "country": "Indonesia",
    "date_format": "dd-mm-yyyy",
    "time_format": "HH:mm:ss",
    "number_format": "#.###,##",
    "setup_complete": 1,
    "allow_error_traceback": 0,
    "enable_onboarding": 0,
    "enable_telemetry": 0,
    "disable_system_update_notification": 1,
}


def prepare_fresh_site(admin_password: str | None = None) -> None:
    """Language, time zone, no setup wizard, and Administrator's password if given. Safe to repeat."""
    if admin_password:
        update_password("Administrator", admin_password)
    settings = frappe.get_single("System Settings")
    for field, value in SETTINGS.items():
        if settings.meta.has_field(field):
            settings.set(field, value)
    settings.flags.ignore_mandatory = True
    settings.save(ignore_permissions=True)
    # What the log-in page and its mails call the system.
    frappe.db.set_single_value("Website Settings", "app_name", "SPBE Absensi")
    frappe.db.set_default("lang", "id")
    frappe.db.set_default("desktop:home_page", "workspace")
    frappe.db.set_value("User", "Administrator", "language", "id")
    if frappe.db.exists("DocType", "Installed Application") and frappe.get_meta(
        "Installed Application"
    ).has_field("is_setup_complete"):
        frappe.db.set_value("Installed Application", {"app_name": ["is", "set"]}, "is_setup_complete", 1)
    frappe.db.commit()  # run as a command of its own
    frappe.clear_cache()
