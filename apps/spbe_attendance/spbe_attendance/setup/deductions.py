"""Deduction rules of the regency as far as they are known. Made once; what BKPSDM changes afterwards stays."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

FILE = Path(__file__).parent / "data" / "aturan_potongan.json"


def seed() -> None:
    for values in json.loads(FILE.read_text(encoding="utf-8")):
        if not frappe.db.exists("Aturan Potongan", values["nama_aturan"]):
            frappe.get_doc({"doctype": "Aturan Potongan", **values}).insert(ignore_permissions=True)
