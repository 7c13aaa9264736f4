"""Decisions on outages, for the buttons of the form. Thin."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.gangguan import decisions


@frappe.whitelist(methods=["POST"])
def berlakukan(gangguan: str, dasar: str | None = None) -> dict[str, Any]:
    """Put a proposal in force by a decree (``dasar``, kept if already entered). Returns {name, status}.

    BKPSDM only. Raises PermissionError, KeputusanGangguanTidakSah.
    """
    return decisions.confirm(gangguan, dasar)


@frappe.whitelist(methods=["POST"])
def tolak(gangguan: str, alasan: str | None = None) -> dict[str, Any]:
    """Reject a proposal, or withdraw an outage in force, with a reason. Returns {name, status}.

    BKPSDM only. Raises PermissionError, KeputusanGangguanTidakSah.
    """
    return decisions.reject(gangguan, alasan)
