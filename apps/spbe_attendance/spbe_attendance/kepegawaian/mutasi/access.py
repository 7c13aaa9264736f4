"""Who sees changes of people: those of the OPD they leave and of the one they join, the person, BKPSDM."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.permissions import (
    EVERYTHING,
    OWN_SUBTREE,
    Criterion,
    pair,
    staff_rows_criterion,
    subtree,
)


def criterion(user: str) -> Criterion:
    found = staff_rows_criterion(user)
    if found == EVERYTHING or not set(frappe.get_roles(user)) & OWN_SUBTREE:
        return found
    return [*found, {"opd_baru": subtree(user)}]


# Who receives somebody reads it; the office that lets go proposes.
mutasi_pegawai_query, _allowed = pair("Mutasi Pegawai", criterion, staff_rows_criterion)
riwayat_pegawai_query, riwayat_pegawai_allowed = pair("Riwayat Pegawai", staff_rows_criterion)


def mutasi_pegawai_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """For whom a new one may be made is asked of the person itself, when it is made."""
    return ptype == "create" or bool(_allowed(doc, ptype, user))
