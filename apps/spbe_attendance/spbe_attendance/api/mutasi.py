"""A person's history. Thin: read, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kepegawaian.mutasi import shown


@frappe.whitelist(methods=["GET"])
def riwayat(pegawai: str | None = None) -> dict[str, Any]:
    """A person's offices, employment types and absences from service with their days, and what is planned: {masa, rencana}."""
    return shown.of(pegawai)
