"""Reading a decision: every field checked for type, form and size before anything is looked up."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import PermohonanTidakSah
from spbe_attendance.kehadiran.permohonan import requests
from spbe_attendance.kehadiran.persetujuan import turns
from spbe_attendance.kehadiran.persetujuan.decisions import Order
from spbe_attendance.kehadiran.tinjauan import decisions as reviews
from spbe_attendance.kehadiran.tinjauan.access import REVIEW

# One transaction, short enough to hold its locks; the phone sends longer lists in parts and shows how far it is.
MOST = 50


def order(values: dict[str, Any]) -> Order:
    """doctype, nama (list of names, or JSON of it), aksi, catatan, status ({name: status seen}). Raises PermohonanTidakSah."""
    names = _parsed(values.get("nama"), list)
    seen = _parsed(values.get("status"), dict) if values.get("status") not in (None, "") else {}
    if not 1 <= len(names) <= MOST or len(set(map(str, names))) != len(names):
        frappe.throw(_("Choose between 1 and {0} rows.").format(MOST), PermohonanTidakSah)
    if not all(isinstance(word, str) and len(word) <= 140 for pair in seen.items() for word in pair):
        frappe.throw(_("{0} is not valid.").format("status"), PermohonanTidakSah)
    doctype = requests.choice(values, "doctype", tuple(turns.KINDS))
    actions = reviews.ACTIONS if doctype == REVIEW else requests.ACTIONS
    return Order(
        doctype=doctype,
        names=tuple(requests.word({"nama": name}, "nama") for name in names),
        action=requests.choice(values, "aksi", actions),
        note=requests.optional(values, "catatan"),
        seen=seen,
    )


def place(values: dict[str, Any]) -> tuple[str, str]:
    """doctype, sesudah: where a list goes on. Raises PermohonanTidakSah."""
    return requests.choice(values, "doctype", tuple(turns.KINDS)), requests.word(values, "sesudah")


def _parsed(value: Any, kind: type) -> Any:
    """Forms send structures as text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, kind):
        frappe.throw(_("Choose between 1 and {0} rows.").format(MOST), PermohonanTidakSah)
    return value
