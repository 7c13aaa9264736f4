"""Who sees which import: its sheet holds NIK, so an Admin OPD sees the own ones only."""

from __future__ import annotations

import frappe

from spbe_attendance import permissions
from spbe_attendance.permissions import ALL_RECORDS, EVERYTHING, Criterion


def has_all(user: str) -> bool:
    return user == "Administrator" or bool(set(frappe.get_roles(user)) & ALL_RECORDS)


def criterion(user: str) -> Criterion:
    if has_all(user):
        return EVERYTHING
    return [{"owner": (user,), "opd": permissions.subtree(user)}]


def maker_criterion(user: str) -> Criterion:
    """A new one has no owner yet."""
    if has_all(user):
        return EVERYTHING
    return [{"owner": (user, None, ""), "opd": permissions.subtree(user)}]


query, allowed = permissions.pair("Impor Data", criterion, maker_criterion)
