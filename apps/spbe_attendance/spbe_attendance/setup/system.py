"""Settings that the app cannot do without."""

from __future__ import annotations

import frappe

SETTINGS = "Pengaturan Absensi"
FRAMEWORK_ATTEMPTS = 10


def seed() -> None:
    allow_login_with_nip()
    leave_wrong_passwords_to_us()
    store_defaults()


def allow_login_with_nip() -> None:
    """People log in with NIP, which is the user name of their account."""
    if not frappe.db.get_single_value("System Settings", "allow_login_using_user_name"):
        frappe.db.set_single_value("System Settings", "allow_login_using_user_name", 1)
        frappe.clear_document_cache("System Settings", "System Settings")


def leave_wrong_passwords_to_us() -> None:
    """kepegawaian/masuk counts them: Frappe's own brake locks the owner out with the guesser, and a whole office by its address."""
    if frappe.db.get_single_value("System Settings", "allow_consecutive_login_attempts"):
        frappe.db.set_single_value("System Settings", "allow_consecutive_login_attempts", 0)
        frappe.clear_document_cache("System Settings", "System Settings")


def restore_framework_brake() -> None:
    frappe.db.set_single_value("System Settings", "allow_consecutive_login_attempts", FRAMEWORK_ATTEMPTS)
    frappe.clear_document_cache("System Settings", "System Settings")


def store_defaults(*, fresh: bool = False) -> None:
    """Defaults of a single are shown in its form only; the rules need them stored. What is set already stays.

    ``fresh``: on install everything is set, because Frappe has just filled the times with the present one.
    """
    present = set() if fresh else set(frappe.db.get_singles_dict(SETTINGS))
    for field in frappe.get_meta(SETTINGS).fields:
        if field.default and field.fieldname not in present:
            frappe.db.set_single_value(SETTINGS, field.fieldname, field.default)
    frappe.clear_document_cache(SETTINGS, SETTINGS)
