"""Whether people may register now."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranDitutup


def is_open() -> bool:
    """Switched on, and not after the last day. Receipts are answered at any time."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    last = settings.pendaftaran_sampai
    return bool(cint(settings.pendaftaran_dibuka)) and not (last and getdate(last) < now_datetime().date())


def require_open() -> None:
    """Raises PendaftaranDitutup."""
    if not is_open():
        frappe.throw(
            _("Registration is closed: ask the Admin OPD of your unit or BKPSDM when it opens."),
            PendaftaranDitutup,
        )
