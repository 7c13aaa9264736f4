"""How long photos and exact positions are kept: Pengaturan Absensi. The periods wait for the agency's records schedule (docs/privasi/dpia.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, cint, getdate

SETTINGS = "Pengaturan Absensi"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is older than ``before`` goes. ``words``: the rule as it is written beside everything that it removed."""

    before: date
    words: str


def photos() -> Rule:
    months = _months("retensi_foto_bulan")
    return Rule(_ago(months), _("Photos are kept for {0} months (Pengaturan Absensi)", "id").format(months))


def positions() -> Rule:
    months = _months("retensi_posisi_bulan")
    return Rule(
        _ago(months), _("Positions are kept for {0} months (Pengaturan Absensi)", "id").format(months)
    )


def is_on() -> bool:
    return bool(cint(frappe.db.get_single_value(SETTINGS, "hapus_otomatis")))


def _months(field: str) -> int:
    """A period of nothing is none: then the form's own default holds, and never today."""
    return cint(frappe.db.get_single_value(SETTINGS, field)) or cint(
        frappe.get_meta(SETTINGS).get_field(field).default
    )


def _ago(months: int) -> date:
    return getdate(add_months(getdate(), -months))
