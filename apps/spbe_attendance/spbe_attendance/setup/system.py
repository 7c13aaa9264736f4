"""Site-wide settings that the app cannot do without."""

from __future__ import annotations

import frappe


def seed() -> None:
    """People log in with NIP, which is the user name of their account."""
    if not frappe.db.get_single_value("System Settings", "allow_login_using_user_name"):
        frappe.db.set_single_value("System Settings", "allow_login_using_user_name", 1)
        frappe.clear_document_cache("System Settings", "System Settings")
