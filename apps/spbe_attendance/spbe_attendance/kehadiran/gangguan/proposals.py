"""Proposals that the system makes itself: written once for a window, never applied by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document

from spbe_attendance.kehadiran.gangguan import cover

DOCTYPE = "Gangguan Layanan"


def known(source: str, begin: datetime) -> bool:
    """Whether this window has been proposed before, whatever became of it since."""
    key = key_of(source, begin)
    row = frappe.qb.DocType(DOCTYPE)
    return bool(
        frappe.qb.from_(row)
        .select(row.name)
        .where((row.kunci_usulan == key) | row.kunci_lanjutan.like(f"%{key}%"))
        .limit(1)
        .run()
    )


def propose(source: str, begin: datetime, end: datetime, sentence: str, **values: Any) -> Document:
    """A new proposal, or the open one of the same source and coverage that ends where this window begins, made longer.

    ``sentence``: the figures in words. ``values``: sebab and coverage (semua_lokasi, or lokasi as names).
    """
    places = sorted(values.pop("lokasi", ()))
    open_one = unfinished(source, begin, places)
    if open_one:
        open_one.sampai = end
        open_one.bukti = f"{open_one.bukti}\n{sentence}"
        open_one.kunci_lanjutan = f"{open_one.kunci_lanjutan or ''}\n{key_of(source, begin)}".strip()
        return open_one.save(ignore_permissions=True)
    doc = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "dari": begin,
            "sampai": end,
            "bukti": sentence,
            "diusulkan_oleh": "Sistem",
            "kunci_usulan": key_of(source, begin),
            "perlakuan": cover.ON_TIME,
            "lokasi": [{"lokasi": place} for place in places],
            **values,
        }
    )
    doc.flags.from_system = True
    return doc.insert(ignore_permissions=True)


def unfinished(source: str, begin: datetime, places: list[str]) -> Document | None:
    name = frappe.db.get_value(
        DOCTYPE,
        {"status": cover.PROPOSED, "kunci_usulan": ["like", f"{source}:%"], "sampai": begin},
        "name",
    )
    doc = frappe.get_doc(DOCTYPE, name) if name else None
    return doc if doc and sorted(row.lokasi for row in doc.lokasi) == places else None


def key_of(source: str, begin: datetime) -> str:
    return f"{source}:{begin:%Y-%m-%dT%H:%M}"
