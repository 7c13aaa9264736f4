"""The datasets of Satu Data Indonesia with their standard and metadata. Made once; what Wali Data changes afterwards stays."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

DOCTYPE = "Dataset Satu Data"
DATA = Path(__file__).parent / "data" / "satu_data.json"


def seed() -> None:
    for values in json.loads(DATA.read_text(encoding="utf-8")):
        if not frappe.db.exists(DOCTYPE, values["kode"]):
            frappe.get_doc({"doctype": DOCTYPE, **values}).insert(ignore_permissions=True)
