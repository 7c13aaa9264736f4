"""The demo's office tablet: one kiosk at the counter of the first OPD."""

from __future__ import annotations

from collections.abc import Callable

import frappe

from spbe_attendance.kehadiran.saksi import kiosk

from .organisation import FIRST
from .people import digest

NAME = f"demo{digest('kios', FIRST)[:12]}"


def make(place: str) -> int:
    """The kiosk, without its account. ``place``: name of the OPD Lokasi where it stands. Answers how many were new; commits."""
    if frappe.db.exists("Kios Absensi", NAME):
        return 0
    row = {"doctype": "Kios Absensi", "nama_kios": "Loket depan", "opd": FIRST, "lokasi": place}
    frappe.get_doc(row).insert(ignore_permissions=True, set_name=NAME)
    frappe.db.commit()
    return 1


def login(known: dict[str, str], works: Callable[[str, str], bool]) -> tuple[dict[str, str], bool] | None:
    """Username and password, and whether the password is new; None on a site without the kiosk.

    ``known``: passwords by username; ``works(user, password)``. The account is made if missing.
    """
    if not frappe.db.exists("Kios Absensi", NAME):
        return None
    doc = frappe.get_doc("Kios Absensi", NAME)
    username = f"kios-{NAME}"
    password = known.get(username)
    if doc.user and password and works(doc.user, password):
        return {"username": username, "password": password}, False
    return kiosk.open_account(doc), True
