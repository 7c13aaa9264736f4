"""The steps from an empty site to attendance in force. Each is done when its facts are there, whoever made them and however.

The framework would tick a step when its button is pressed; here nothing is ticked, only looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from spbe_attendance.kehadiran.lokasi import readiness
from spbe_attendance.pemantauan.beranda import presence
from spbe_attendance.worktime import codes

NAME = "Penyiapan Absensi"
ENOUGH_PEOPLE, TRIAL_DAYS = 10, 5


def _has(doctype: str, filters: dict[str, Any], number: int = 1) -> bool:
    return len(frappe.get_all(doctype, filters, limit=number)) == number


def _everybody_has_a_place() -> bool:
    return _has("Pegawai", {"status": codes.AKTIF}) and not any(
        row["tanpa_lokasi"] for row in readiness.of_units(presence.today())
    )


def _tried() -> bool:
    row = frappe.qb.DocType("Absensi")
    found = frappe.qb.from_(row).select(Count(row.tanggal).distinct()).run()
    return found[0][0] >= TRIAL_DAYS


DONE: dict[str, Callable[[], bool]] = {
    "Masukkan pohon OPD": lambda: _has("OPD", {}, 2),
    "Gambar lokasi absensi": lambda: _has("OPD Lokasi", {"aktif": 1}),
    "Masukkan pegawai": lambda: _has("Pegawai", {"status": codes.AKTIF}, ENOUGH_PEOPLE),
    "Periksa kesiapan tiap unit": _everybody_has_a_place,
    "Bagikan slip aktivasi": lambda: _has("Kode Aktivasi", {}),
    "Jalankan masa uji coba": _tried,
    "Berlakukan penuh": lambda: (frappe.db.get_single_value("Pengaturan Absensi", "mode") == "Berlaku Penuh"),
}


def shown() -> list[dict[str, Any]]:
    """As the framework's workspace shows onboardings; empty when all is done, and for who does not prepare the site."""
    doc = frappe.get_doc("Module Onboarding", NAME)
    if not set(doc.get_allowed_roles()) & set(frappe.get_roles()):
        return []
    steps = [_step(step) for step in doc.get_steps()]
    if all(step["is_complete"] or step["is_skipped"] for step in steps):
        return []
    return [
        {
            "label": _(doc.name),
            "title": _(doc.title),
            "subtitle": _(doc.subtitle),
            "success": _(doc.success_message),
            "docs_url": "",
            "items": steps,
        }
    ]


def _step(doc: Any) -> dict[str, Any]:
    step = doc.as_dict()
    step.update(
        label=_(doc.title),
        description=_(doc.description),
        callback_title=_(doc.callback_title),
        callback_message=_(doc.callback_message),
        is_complete=int(DONE[doc.name]()),
    )
    return step
