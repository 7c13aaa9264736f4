from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.pemantauan.jejak import log, report


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """Frappe calls this for its report view."""
    if not frappe.has_permission(log.DOCTYPE, "report"):
        raise frappe.PermissionError
    return report.build(filters or {})
