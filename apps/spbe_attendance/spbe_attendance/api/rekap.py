"""Endpoints of the daily recap. Thin."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.exceptions import RekapDitolak
from spbe_attendance.kehadiran.rekapitulasi import closing, freeze


@frappe.whitelist(methods=["POST"])
def tutup_hari(tanggal: str, opd: str | None = None) -> dict[str, Any]:
    """Compute a day, today at the latest, in the background: {job}. BKPSDM only; the event rekap_tutup_hari tells how far it is."""
    freeze.refuse_others()
    day = _day(tanggal)
    return {"job": closing.start(day, opd or None, frappe.session.user)}


def _day(tanggal: str) -> Any:
    try:
        day = getdate(tanggal)
    except (ValueError, TypeError, frappe.ValidationError):
        day = None
    if day is None or day > getdate():
        frappe.throw(_("Choose a day that has begun: {0} is none.").format(tanggal), RekapDitolak)
    return day
