"""Who sees which version: those who work on them all, leaders what the public has seen. Files of a version are nobody's to change."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.compat import NO_OPINION
from spbe_attendance.permissions import ALL_RECORDS, CHANGES, EVERYTHING, Criterion, pair

DOCTYPE = "Versi Dataset"
# As versions.SEEN: permissions are read before anything else and import no services.
SEEN = ("Terbit", "Ditarik")


def criterion(user: str) -> Criterion:
    roles = set(frappe.get_roles(user))
    if user == "Administrator" or roles & (ALL_RECORDS | {"Wali Data"}):
        return EVERYTHING
    return [{"status": SEEN}] if "Pimpinan" in roles else []


versi_query, versi_allowed = pair(DOCTYPE, criterion)


def file_allowed(doc: Any, ptype: str = "read", user: str | None = None) -> bool | None:
    """Frappe would let everybody who may decide about the version exchange its files; for the rest its own rule holds."""
    fixed = doc.attached_to_doctype == DOCTYPE and not doc.is_new()
    return False if fixed and ptype in CHANGES else NO_OPINION
