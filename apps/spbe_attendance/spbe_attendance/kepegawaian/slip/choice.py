"""Whose slips are printed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from spbe_attendance import permissions
from spbe_attendance.kepegawaian import account_desk, activation
from spbe_attendance.kepegawaian.accounts import DOMAIN
from spbe_attendance.kepegawaian.exceptions import AkunDitolak


@dataclass(frozen=True, slots=True)
class Choice:
    """``pegawai``: names, by unit and name. ``berlaku``: how many of them hold a code that ends. ``dikecualikan``: how many of the
    unit's people are left to BKPSDM, because their accounts may do more than the asker's."""

    opd: str
    pegawai: tuple[str, ...]
    berlaku: int
    dikecualikan: int


def choose(opd: Any, below: Any, everybody: Any, user: str) -> Choice:
    """People in service of an OPD (``below``: and of its units) who have never opened their account; ``everybody``: also the others.

    Raises PermissionError for an OPD that is not the user's.
    """
    units = _units(opd, bool(cint(below)), user)
    rows = frappe.get_all(
        "Pegawai",
        {"opd": ["in", units], "status": "Aktif", "akun_dikunci": 0},
        ["name", "user"],
        order_by="opd, nama",
    )
    held = _rights([row.user for row in rows if row.user])
    may_all = bool(set(frappe.get_roles(user)) & permissions.ALL_RECORDS) or user == "Administrator"
    fit = [row.name for row in rows if _fits(row.user, held, may_all, user)]
    wanted = fit if cint(everybody) else activation.without_password(fit)
    valid = frappe.db.count(
        "Kode Aktivasi", {"pegawai": ["in", wanted or [""]], "status": activation.BERLAKU}
    )
    return Choice(str(opd), tuple(wanted), valid, len(rows) - len(fit))


def _units(opd: Any, below: bool, user: str) -> list[str]:
    if not isinstance(opd, str) or not frappe.db.exists("OPD", opd):
        frappe.throw(_("Choose an OPD."), AkunDitolak)
    roles = set(frappe.get_roles(user))
    everywhere = user == "Administrator" or roles & permissions.ALL_RECORDS
    if not everywhere and not (account_desk.ADMIN in roles and opd in permissions.subtree(user)):
        frappe.throw(
            _("Slips of this OPD are printed by its Admin OPD and by BKPSDM."), frappe.PermissionError
        )
    if not below:
        return [opd]
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    return frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")


def _rights(users: list[str]) -> dict[str, set[str]]:
    """Roles beside those that everybody has."""
    found: dict[str, set[str]] = {}
    rows = frappe.get_all(
        "Has Role", {"parenttype": "User", "parent": ["in", users or [""]]}, ["parent", "role"]
    )
    for row in rows:
        if row.role not in account_desk.PLAIN:
            found.setdefault(row.parent, set()).add(row.role)
    return found


def _fits(account: str | None, held: dict[str, set[str]], may_all: bool, user: str) -> bool:
    if not account:
        return True
    own_kind = account.endswith(DOMAIN) and account != user
    return own_kind and (may_all or not held.get(account))
