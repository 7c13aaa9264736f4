"""Schedules to start from. Templates: BKPSDM compares them with the circular in force before assigning them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frappe

DATA = Path(__file__).parent / "data" / "jadwal_kerja.json"
FIELDS = ("mulai", "selesai", "istirahat_mulai", "istirahat_selesai")


def templates() -> list[dict[str, Any]]:
    return json.loads(DATA.read_text(encoding="utf-8"))


def seed() -> None:
    for template in templates():
        if not frappe.db.exists("Jadwal Kerja", template["nama_jadwal"]):
            frappe.get_doc(as_document(template)).insert(ignore_permissions=True)


def as_document(template: dict[str, Any]) -> dict[str, Any]:
    """``hari``: variant to day to its times in the order of FIELDS."""
    rows = [
        {"varian": variant, "hari": day, **dict(zip(FIELDS, times, strict=False))}
        for variant, week in template["hari"].items()
        for day, times in week.items()
    ]
    return {**template, "doctype": "Jadwal Kerja", "hari": rows, "templat": 1}
