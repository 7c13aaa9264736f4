"""What a report is asked for, and what of it its reader may see."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance import permissions
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.worktime import codes

MONTH = re.compile(r"(\d{4})-(\d{2})")
# Sheets of the recap: separate rules hold for each. CPNS become PNS within a month and stay on their sheet.
GROUPS = {
    "PNS": (codes.PNS, codes.CPNS),
    "PPPK": (codes.PPPK,),
    "PPPK Paruh Waktu": (codes.PPPK_PARUH_WAKTU,),
    "Non-ASN": (codes.NON_ASN, codes.ALIH_DAYA),
}
SEES_ALL = permissions.ALL_RECORDS | {"Pimpinan"}
# Matches no row, and keeps IN () valid SQL.
NOBODY = ("",)


@dataclass(frozen=True, slots=True)
class Scope:
    """``opds``: units whose rows count, None: all. ``statuses``: of employment, None: all. ``opd``: the unit that was asked for."""

    first: date
    last: date
    opds: tuple[str, ...] | None
    opd: str | None = None
    statuses: tuple[str, ...] | None = None

    @property
    def month(self) -> str:
        return f"{self.first:%Y-%m}"


def of_month(filters: Mapping[str, Any]) -> Scope:
    """``bulan`` (YYYY-MM), ``opd``, ``status``. Raises LaporanDitolak, PermissionError."""
    first, last = month_days(filters.get("bulan"))
    return _scope(filters, first, last)


def of_day(filters: Mapping[str, Any]) -> Scope:
    """``tanggal``, ``opd``, ``status``. Raises LaporanDitolak, PermissionError."""
    day = day_of(filters.get("tanggal"))
    return _scope(filters, day, day)


def of_year(filters: Mapping[str, Any]) -> Scope:
    """``tahun``, ``opd``. Raises LaporanDitolak, PermissionError."""
    text = str(filters.get("tahun") or now_datetime().year)
    if not re.fullmatch(r"20\d{2}", text):
        frappe.throw(_("The year must be a number like {0}.").format(2026), LaporanDitolak)
    year = int(text)
    return _scope(filters, date(year, 1, 1), date(year, 12, 31))


def _scope(filters: Mapping[str, Any], first: date, last: date) -> Scope:
    opd = _text(filters, "opd")
    group = _text(filters, "status")
    if group and group not in GROUPS:
        frappe.throw(_("Unknown employment status: {0}.").format(group), LaporanDitolak)
    return Scope(first, last, visible_units(opd), opd, GROUPS[group] if group else None)


def _text(filters: Mapping[str, Any], key: str) -> str | None:
    value = filters.get(key)
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        frappe.throw(_("The filter {0} takes one text.").format(key), LaporanDitolak)
    return value


def month_days(text: Any) -> tuple[date, date]:
    """First and last day of YYYY-MM; of the present month if left out."""
    found = MONTH.fullmatch(str(text or f"{now_datetime():%Y-%m}"))
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        frappe.throw(
            _("The month must be written as YYYY-MM, for instance {0}.").format("2026-11"), LaporanDitolak
        )
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def day_of(text: Any) -> date:
    try:
        return getdate(text or now_datetime().date())
    except Exception:
        frappe.throw(
            _("The day must be written as YYYY-MM-DD, for instance {0}.").format("2026-11-24"), LaporanDitolak
        )


def visible_units(opd: str | None, user: str | None = None) -> tuple[str, ...] | None:
    """The unit with all below it as far as the user may see them; without a unit all that the user may see, None for everything.

    Raises PermissionError for whoever sees reports of no unit, or not of this one.
    """
    user = user or frappe.session.user
    allowed = _allowed_units(user)
    if opd is None:
        return allowed
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    if not edges or (allowed is not None and opd not in allowed):
        # The same answer for what is not there: codes of others' units are not to be guessed.
        frappe.throw(_("You may not see the reports of OPD {0}.").format(opd), frappe.PermissionError)
    below = frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")
    return tuple(sorted(set(below) & set(allowed) if allowed is not None else below)) or NOBODY


def _allowed_units(user: str) -> tuple[str, ...] | None:
    roles = set(frappe.get_roles(user))
    if user == "Administrator" or roles & SEES_ALL:
        return None
    if roles & permissions.OWN_SUBTREE:
        return permissions.subtree(user) or NOBODY
    frappe.throw(
        _("Reports are for heads and admins of an OPD, BKPSDM and Pimpinan."), frappe.PermissionError
    )


def person(name: Any, user: str | None = None) -> str:
    """A person whose card the user may see: the own one, those of the own units. Raises LaporanDitolak, PermissionError."""
    user = user or frappe.session.user
    own = permissions.own_pegawai(user).get("name")
    chosen = name or own
    if not chosen or not isinstance(chosen, str):
        frappe.throw(_("Choose a person."), LaporanDitolak)
    if chosen == own:
        return chosen
    allowed = _allowed_units(user)
    unit = frappe.db.get_value("Pegawai", chosen, "opd")
    if unit is None or (allowed is not None and unit not in allowed):
        frappe.throw(_("You may not see the attendance of this person."), frappe.PermissionError)
    return chosen
