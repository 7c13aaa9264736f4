"""What moves data in and out: how far a task is. Thin: check, delegate."""

from __future__ import annotations

import frappe

from spbe_attendance.integrations import task


@frappe.whitelist(methods=["POST"])
def kemajuan(doctype: str, name: str) -> dict[str, object]:
    """How a task stands: {status, persen, keterangan}. POST, for a job that is gone is noted as broken off.

    ``doctype``: Ekspor SIMPEGNAS or Sinkronisasi ERPNext.
    """
    return task.progress(task.readable(doctype, name))
