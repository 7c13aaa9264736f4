"""Who is logged in: a PWA opened from its cache has no token of its own yet."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.saksi import kiosk
from spbe_attendance.kepegawaian.accounts import current_pegawai
from spbe_attendance.kepegawaian.devices import seal_key
from spbe_attendance.kepegawaian.registrasi import consent
from spbe_attendance.pemantauan.ringkas import door


@frappe.whitelist(allow_guest=True, methods=["GET"])
def info() -> dict[str, Any]:
    """{user, csrf_token, pegawai, kunci_segel, kios, naskah, pusat}; a guest gets no token, no person, no key and is no kiosk.

    kios: {nama_kios} for the account of an office tablet, otherwise None. naskah: the consent text that the person has not agreed to
    yet, None when there is nothing to ask. pusat: whether the Command Center is open to them.
    """
    user = frappe.session.user
    if user == "Guest":
        return {
            "user": user,
            "csrf_token": None,
            "pegawai": None,
            "kunci_segel": None,
            "kios": None,
            "naskah": None,
            "pusat": False,
        }
    person = current_pegawai()
    return {
        "user": user,
        "csrf_token": frappe.sessions.get_csrf_token(),
        "pegawai": {field: person[field] for field in ("name", "nama", "opd")} if person else None,
        "kunci_segel": seal_key(user),
        "kios": kiosk.label(user),
        "naskah": consent.asked_of(person["name"]) if person else None,
        "pusat": door.is_shown(),
    }
