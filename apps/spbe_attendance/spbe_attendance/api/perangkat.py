"""A phone's key and its time anchors. Thin: find the person, delegate."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.times import iso
from spbe_attendance.kepegawaian import devices, rebinding
from spbe_attendance.kepegawaian.accounts import require_pegawai


@frappe.whitelist(methods=["GET"])
def jangkar() -> dict[str, Any]:
    """A signed time anchor for the session's person: {jangkar, waktu_server}; jangkar is None where they are switched off."""
    person = require_pegawai()
    return {"jangkar": devices.anchor_for(person["name"]), "waktu_server": iso(now_datetime())}


@frappe.whitelist(methods=["POST"])
def daftar(**values: Any) -> dict[str, Any]:
    """Register this phone's public key: kunci, nama, jangkar, tanda_tangan. Returns {perangkat, sidik_kunci, status}."""
    with refused_when_busy():
        return devices.register(require_pegawai(), values)


@frappe.whitelist(methods=["POST"])
def saksikan(**values: Any) -> dict[str, Any]:
    """A colleague of the same OPD confirms this phone: sidik_kunci, nomor, pin (the colleague's). Returns {status}."""
    with refused_when_busy():
        return rebinding.witnessed(require_pegawai(), values)
