"""The first consent text. Seeded once; BKPSDM writes later versions itself."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

DOCTYPE = "Naskah Persetujuan"
DATA = Path(__file__).parent / "data" / "naskah_persetujuan.json"


def seed() -> None:
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        if not frappe.db.exists(DOCTYPE, {"versi": row["versi"]}):
            text = {**row, "isi": "\n".join(row["isi"])}
            frappe.get_doc({"doctype": DOCTYPE, **text}).insert(ignore_permissions=True)
