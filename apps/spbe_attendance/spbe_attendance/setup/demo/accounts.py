"""Accounts of the people who have log-ins: those with roles beside Pegawai SPBE one by one, the others at once."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from spbe_attendance.kepegawaian import accounts_bulk
from spbe_attendance.kepegawaian.accounts import ROLE, ensure_user

from .people import Person


def ensure(people: Sequence[Person]) -> dict[str, str]:
    """User by name of Pegawai, for those who have log-ins; each is made if missing. The caller commits."""
    names = [person.name for person in people if person.login]
    known = dict(
        frappe.get_all(
            "Pegawai", {"name": ["in", names], "user": ["is", "set"]}, ["name", "user"], as_list=True
        )
    )
    for person in people:
        if person.login and person.role and person.name not in known:
            ensure_user(person.name, roles=(ROLE, person.role))
    accounts_bulk.make(names)
    return dict(frappe.get_all("Pegawai", {"name": ["in", names]}, ["name", "user"], as_list=True))
