"""The account of an office tablet."""

from __future__ import annotations

import secrets
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.sessions import clear_sessions
from frappe.utils.password import update_password

from spbe_attendance.exceptions import BukanSaksi
from spbe_attendance.kepegawaian.accounts import KIOSK_DOMAIN

ROLE = "Kios SPBE"
# Without letters and digits that look alike: it is typed once, off a screen.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def of_session() -> dict[str, Any] | None:
    """The kiosk that the session is logged in as: name, nama_kios, opd, lokasi; None on a person's phone. Raises BukanSaksi."""
    if ROLE not in frappe.get_roles():
        return None
    fields = ["name", "nama_kios", "opd", "lokasi", "aktif"]
    found = frappe.db.get_value("Kios Absensi", {"user": frappe.session.user}, fields, as_dict=True)
    if not found or not found.aktif:
        frappe.throw(_("This kiosk is not active: ask the Admin OPD."), BukanSaksi)
    return found


def label(user: str) -> dict[str, str] | None:
    """{nama_kios} of a kiosk's account, whether or not the kiosk may be used; None for everybody else."""
    if ROLE not in frappe.get_roles(user):
        return None
    return {"nama_kios": frappe.db.get_value("Kios Absensi", {"user": user}, "nama_kios") or ""}


def open_account(kios: Document) -> dict[str, str]:
    """A new password for the kiosk's account, made if missing; sessions of the old one end. Returns {username, password}."""
    name = kios.user or f"{kios.name}{KIOSK_DOMAIN}"
    username = f"kios-{kios.name}"
    if not frappe.db.exists("User", name):
        user = frappe.get_doc(
            {
                "doctype": "User",
                "email": name,
                "username": username,
                "first_name": kios.nama_kios,
                "user_type": "Website User",
                "language": "id",
                "time_zone": "Asia/Jakarta",
                "send_welcome_email": 0,
                "roles": [{"role": ROLE}],
            }
        )
        user.flags.no_welcome_mail = True
        user.flags.ignore_password_policy = True
        user.insert(ignore_permissions=True)
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _part in range(4))
    update_password(name, password)
    kios.db_set("user", name)
    clear_sessions(user=name, force=True)
    return {"username": username, "password": password}


def follow(kios: Document) -> None:
    """A kiosk that is switched off cannot log in."""
    if kios.user:
        frappe.db.set_value("User", kios.user, "enabled", int(bool(kios.aktif)))
