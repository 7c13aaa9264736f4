"""Kinds of absence with their legal sources. Seeded once; what BKPSDM changes afterwards stays."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

DOCTYPE = "Jenis Ketidakhadiran"
DATA = Path(__file__).parent / "data" / "jenis_ketidakhadiran.json"


def seed() -> None:
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        if not frappe.db.exists(DOCTYPE, row["kode"]):
            frappe.get_doc({"doctype": DOCTYPE, "aktif": 1, **row}).insert(ignore_permissions=True)
