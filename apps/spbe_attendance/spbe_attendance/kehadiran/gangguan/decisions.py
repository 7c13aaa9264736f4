"""Confirming, rejecting and withdrawing; the document itself refuses steps that it does not take."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

from spbe_attendance.kehadiran.gangguan import cover


def confirm(name: str, decree: str | None) -> dict[str, Any]:
    """{name, status} of an outage now in force."""
    doc = locked(name)
    doc.dasar = decree or doc.dasar
    return decided(doc, cover.IN_FORCE)


def reject(name: str, reason: str | None) -> dict[str, Any]:
    """{name, status} of a proposal rejected or an outage withdrawn."""
    doc = locked(name)
    doc.catatan = reason
    return decided(doc, cover.REJECTED)


def locked(name: str) -> Document:
    """Two who decide at once: the second meets the first one's decision."""
    doc = frappe.get_doc("Gangguan Layanan", name, for_update=True)
    doc.check_permission("write")
    return doc


def decided(doc: Document, status: str) -> dict[str, Any]:
    doc.status = status
    doc.save()
    return {"name": doc.name, "status": doc.status}
