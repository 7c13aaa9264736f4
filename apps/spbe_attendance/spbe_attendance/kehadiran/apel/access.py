"""Who sees and makes which event: one criterion each for reading and for changing."""

from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.permissions import (
    ALL_RECORDS,
    EVERYTHING,
    OWN_SUBTREE,
    Criterion,
    pair,
    reaching_rows,
    subtree,
)

EVENT = "Kegiatan Apel"
# An event of the whole regency is BKPSDM's to call.
OF_ONE_OPD = ("Apel OPD", "Upacara", "Senam", "Rapat")


def inviting(units: list[str]) -> list[str]:
    invited = {"parenttype": EVENT, "opd": ["in", units]}
    return frappe.get_all("Undangan Apel", invited, pluck="parent", distinct=True)


invited_criterion = reaching_rows("semua_opd", inviting, staff=True)


def read_criterion(user: str) -> Criterion:
    """Staff: events they are invited to. OPD: also those it organises or that invite any of its units."""
    found = invited_criterion(user)
    organises = found and found != EVERYTHING and set(frappe.get_roles(user)) & OWN_SUBTREE
    return [*found, {"opd": subtree(user)}] if organises else found


def change_criterion(user: str) -> Criterion:
    """An OPD makes events of its own subtree; whom they invite is checked with the event."""
    roles = set(frappe.get_roles(user))
    if roles & ALL_RECORDS:
        return EVERYTHING
    if not roles & OWN_SUBTREE:
        return []
    return [{"opd": subtree(user), "semua_opd": (0, None, "0"), "jenis_kegiatan": OF_ONE_OPD}]


def scope(user: str) -> tuple[str, ...] | None:
    """OPD whose strength the user may see; None is all. Raises PermissionError for whoever sees nobody but themselves."""
    roles = set(frappe.get_roles(user))
    if roles & (ALL_RECORDS | {"Pimpinan"}):
        return None
    if not roles & OWN_SUBTREE:
        frappe.throw(
            _("The strength of an event is shown to heads and administrators of OPD."),
            frappe.PermissionError,
        )
    return subtree(user)


query, allowed = pair(EVENT, read_criterion, change_criterion)
