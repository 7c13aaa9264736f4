"""The review queue for whoever decides on it, for the PWA. Thin: read, delegate.

Arguments are taken as they come and checked one by one, as ``api.absensi`` does.
"""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.tinjauan import queue


@frappe.whitelist(methods=["GET"])
def daftar(**_values: Any) -> dict[str, Any]:
    """Open rows of the caller's subtree: {semua, baris}, see queue.listed; empty for who decides on nothing."""
    return queue.listed()


@frappe.whitelist(methods=["POST"])
def putuskan(**values: Any) -> dict[str, Any]:
    """Decide on up to 50 rows: names (list), keputusan (Wajar, Perlu Klarifikasi, Tidak Sah), catatan (needed but for Wajar).

    Returns {hasil: [{name, berhasil, status, penjelasan, galat}], berhasil, gagal}; a refusal of one row stands in its result.
    Raises PermohonanTidakSah 400, SistemSibuk 503.
    """
    return queue.decide_all(values)
