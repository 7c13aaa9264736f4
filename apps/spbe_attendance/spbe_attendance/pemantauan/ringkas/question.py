"""What a request asks for, checked for type and form before anything is read."""

from __future__ import annotations

import re
from datetime import date

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.pemantauan.ringkas.exceptions import PertanyaanTidakSah, TanggalTidakSah
from spbe_attendance.worktime.presence import STATES

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR = 2000
LONGEST = 140
MOST_NAMES = 200
FORMS = ("xlsx", "csv")


def day(value: object) -> date:
    """Today without a value. Raises TanggalTidakSah for what is no day, and for days to come."""
    today = now_datetime().date()
    if value in (None, ""):
        return today
    try:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise ValueError
        found = date.fromisoformat(value)
        if found.year < FIRST_YEAR:
            raise ValueError
    except ValueError:
        frappe.throw(
            _("The day must be written as YYYY-MM-DD, for instance {0}.").format(today), TanggalTidakSah
        )
    if found > today:
        frappe.throw(_("Nothing is known of days to come: choose today or a day before."), TanggalTidakSah)
    return found


def text(value: object, name: str) -> str | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > LONGEST:
        frappe.throw(_("{0} must be a short text.").format(name), PertanyaanTidakSah)
    return str(value)


def state(value: object) -> str | None:
    """One of the states, ``hadir`` for all who are there, or None."""
    found = text(value, "keadaan")
    if found is not None and found not in (*STATES, "hadir"):
        frappe.throw(
            _("Unknown state. Known are: {0}.").format(", ".join((*STATES, "hadir"))), PertanyaanTidakSah
        )
    return found


def form(value: object) -> str:
    found = text(value, "bentuk") or FORMS[0]
    if found not in FORMS:
        frappe.throw(_("The file is XLSX or CSV."), PertanyaanTidakSah)
    return found


def number(value: object, name: str, least: int, most: int) -> int:
    """A whole number within its limits; what is larger becomes the largest."""
    given = str(value if value is not None else least).strip()
    if not re.fullmatch(r"\d{1,9}", given) or int(given) < least:
        frappe.throw(_("{0} must be a whole number of at least {1}.").format(name, least), PertanyaanTidakSah)
    return min(int(given), most)
