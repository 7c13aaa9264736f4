"""What moves data in and out: how far a task is. Thin: check, delegate."""

from __future__ import annotations

import frappe

from spbe_attendance.integrations import task
from spbe_attendance.integrations.erpnext import notes, state


@frappe.whitelist(methods=["POST"])
def kemajuan(doctype: str, name: str) -> dict[str, object]:
    """How a task stands: {status, persen, keterangan}. POST, for a job that is gone is noted as broken off.

    ``doctype``: Ekspor SIMPEGNAS, Sinkronisasi ERPNext or Penyusunan Dataset.
    """
    return task.progress(task.readable(doctype, name))


@frappe.whitelist(methods=["GET"])
def pilihan_erpnext() -> dict[str, list[str]]:
    """Names in ERPNext to choose from: {company, department, leave_type}. BKPSDM only."""
    return state.choices()


@frappe.whitelist(methods=["POST"])
def coba_lagi(nama: list | str) -> int:
    """Have failed rows of Catatan ERPNext (names, at most 500) tried again; answers how many. BKPSDM only. Raises TugasIntegrasiDitolak 417."""
    return notes.retry(notes.chosen(nama))
