"""How the integration stands, for its form."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import cint

from spbe_attendance.integrations.erpnext import foreign, notes, settings
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap

RUNS = "Sinkronisasi ERPNext"


def now() -> dict[str, Any]:
    """{ada, aktif, siap, sebab, bagian, terhubung, pegawai, catatan, terakhir}; ``sebab``: why it is not ready, in words."""
    here = foreign.present()
    installed = here.issuperset(foreign.ESSENTIAL)
    doc = frappe.get_doc(settings.DOCTYPE)
    ready, why = _ready(doc) if installed else (False, "")
    runs = frappe.get_all(
        RUNS, fields=["name", "tugas", "status", "ringkasan", "modified"], order_by="creation desc", limit=1
    )
    return {
        "ada": installed,
        "aktif": bool(cint(doc.aktif)),
        "siap": ready,
        "sebab": why,
        "bagian": {part: here.issuperset(needs) for part, needs in settings.PARTS.items()},
        "pegawai": frappe.db.count("Pegawai", {"status": "Aktif"}),
        "terhubung": foreign.linked_count() if installed else 0,
        "catatan": notes.counts(),
        "terakhir": runs[0] if runs else None,
    }


def choices() -> dict[str, list[str]]:
    """Names in ERPNext that the settings may name: {company, department, leave_type}; empty where it is not. Raises PermissionError."""
    settings.require_right()
    return {
        "company": foreign.names(foreign.COMPANY),
        "department": foreign.names(foreign.DEPARTMENT),
        "leave_type": foreign.names(foreign.LEAVE_TYPE),
    }


def _ready(doc: Any) -> tuple[bool, str]:
    try:
        settings.read(doc)
    except IntegrasiTidakSiap as error:
        frappe.clear_messages()
        return False, str(error)
    return True, ""
