"""Who sees requests about personal data."""

from __future__ import annotations

import frappe

from spbe_attendance.permissions import ALL_RECORDS, EVERYTHING, Criterion, own_pegawai, pair


def only_own(user: str) -> Criterion:
    """A copy of somebody's data is that person's, whatever the role."""
    person = own_pegawai(user)
    return [{"pegawai": (person["name"],)}] if person else []


def own_or_office(user: str) -> Criterion:
    """Corrections of master data: one's own, all for BKPSDM. The head of the OPD has no part in them."""
    return EVERYTHING if set(frappe.get_roles(user)) & ALL_RECORDS else only_own(user)


salinan_data_query, salinan_data_allowed = pair("Salinan Data", only_own)
perbaikan_data_query, perbaikan_data_allowed = pair("Perbaikan Data", own_or_office)
