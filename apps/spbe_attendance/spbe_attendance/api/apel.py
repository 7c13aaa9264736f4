"""Events in Desk: the strength that a form shows live. Thin."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.apel import strength


@frappe.whitelist(methods=["GET"])
def kekuatan(kegiatan: str, per_unit: bool = False) -> dict[str, Any]:
    """Strength of an event as it stands now: {baris, total}, see strength.of_event; within what the caller may see.

    Raises PermissionError, DoesNotExistError.
    """
    return strength.of_event(kegiatan, per_unit=bool(per_unit))
