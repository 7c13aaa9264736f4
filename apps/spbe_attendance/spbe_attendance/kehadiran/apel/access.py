"""Who sees and makes which event: one criterion each for reading and for changing."""

from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.permissions import (
    ALL_RECORDS,
    EVERYTHING,
    OWN_SUBTREE,
    Criterion,
    ancestors,
    own_pegawai,
    pair,
    subtree,
)

EVENT = "Kegiatan Apel"
# An event of the whole regency is BKPSDM's to call.
OF_ONE_OPD = ("Apel OPD", "Upacara", "Senam", "Rapat")


def read_criterion(user: str) -> Criterion:
    """Staff: events they are invited to. OPD: also those it organises or that invite any of its units."""
    roles = set(frappe.get_roles(user))
    if roles & (ALL_RECORDS | {"Pimpinan"}):
        return EVERYTHING
    person = own_pegawai(user)
    if not person:
        return []
    units = set(ancestors(person["opd"]))
    clauses: Criterion = [{"semua_opd": (1,)}]
    if roles & OWN_SUBTREE:
        mine = subtree(user)
        units |= set(mine)
        clauses.append({"opd": mine})
    invited = frappe.get_all(
        "Undangan Apel", {"parenttype": EVENT, "opd": ["in", list(units)]}, pluck="parent", distinct=True
    )
    return [*clauses, {"name": tuple(invited)}]


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
