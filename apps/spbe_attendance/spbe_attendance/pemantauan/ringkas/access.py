"""Who sees which numbers, and who sees names: one answer for pages, sheets and rooms of the socket."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.ringkas.exceptions import NamaTidakDibuka
from spbe_attendance.pemantauan.ringkas.tree import Tree
from spbe_attendance.permissions import ALL_RECORDS, OWN_SUBTREE, subtree

SUMMARY = "Ringkasan OPD"
SEES_ALL = ALL_RECORDS | {"Pimpinan", "Wali Data"}
SEES_NAMES = ALL_RECORDS | {"Pimpinan"}


@dataclass(frozen=True)
class Scope:
    """``units``: whose numbers may be seen, None: all; ``named``: of which of them the names, None: of all."""

    units: frozenset[str] | None
    named: frozenset[str] | None

    def sees(self, opd: str) -> bool:
        return self.units is None or opd in self.units

    def names(self, opd: str) -> bool:
        """Of all units below a visible OPD, too: what is seen is always a whole subtree."""
        return self.named is None or opd in self.named

    def tops(self, tree: Tree) -> list[str]:
        """The uppermost visible OPD."""
        if self.units is None:
            return tree.children.get(None, [])
        return [opd for opd in tree.rows if opd in self.units and tree.rows[opd]["induk"] not in self.units]


def roles_of(user: str) -> set[str]:
    return {*frappe.get_roles(user), *(("Administrator",) if user == "Administrator" else ())}


def scope(user: str | None = None) -> Scope:
    """Raises PermissionError for whoever sees no summary."""
    user = user or frappe.session.user
    roles = roles_of(user)
    own = frozenset(subtree(user)) if roles & OWN_SUBTREE else frozenset()
    if not roles & SEES_ALL and not own:
        frappe.throw(
            _("The Command Center is for Pimpinan, BKPSDM, Wali Data, and heads and admins of an OPD."),
            frappe.PermissionError,
        )
    return Scope(None if roles & SEES_ALL else own, None if roles & SEES_NAMES else own)


def require_visible(found: Scope, opd: str, tree: Tree) -> None:
    """One answer for what is not there and what is not to be seen: codes of others are not to be guessed."""
    if opd not in tree.rows or not found.sees(opd):
        frappe.throw(_("You may not see the attendance of this OPD."), frappe.PermissionError)


def require_names(found: Scope, opd: str) -> None:
    if not found.names(opd):
        frappe.throw(_("Your role sees the numbers of this OPD, not the names behind them."), NamaTidakDibuka)


def allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """Hooked: rooms of the socket server are those of the document, and so ask the same."""
    if ptype != "read":
        return False
    try:
        return scope(user).sees(doc.name)
    except frappe.PermissionError:
        frappe.clear_last_message()
        return False
