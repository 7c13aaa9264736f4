"""Accounts for many people at once: the first is made as the app makes it, the others are copies of its rows.

Saving a User empties Frappe's cache of every DocType's definition, and so costs half a second each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe

from spbe_attendance.kepegawaian.accounts import DOMAIN, ROLE, ensure_user

from .people import Person, digest

# Where a User's save writes, and the field that names the user there.
BESIDE = {"Has Role": "parent", "DefaultValue": "parent", "DocShare": "user", "Notification Settings": "name"}
SECRETS = ("api_key", "api_secret", "reset_password_key", "last_login", "last_active", "last_ip")

# Rows by DocType: the User itself and those beside it.
Rows = dict[str, list[dict[str, Any]]]


def ensure(people: Sequence[Person]) -> dict[str, str]:
    """User by name of Pegawai, for those who have log-ins; each is made if missing. The caller commits."""
    names = [person.name for person in people if person.login]
    rows = frappe.get_all("Pegawai", {"name": ["in", names]}, ["name", "user"], as_list=True)
    users = {name: user for name, user in rows if user}
    template: Rows = {}
    for person in people:
        if person.login and person.name not in users:
            if person.role or not template:
                users[person.name] = ensure_user(
                    person.name, roles=(ROLE, person.role) if person.role else (ROLE,)
                )
            else:
                users[person.name] = f"{person.name}{DOMAIN}"
                login = person.nip or person.nomor_pegawai
                copy(template, users[person.name], username=login, full_name=person.nama)
                frappe.db.set_value("Pegawai", person.name, "user", users[person.name], update_modified=False)
        if person.login and not person.role:
            template = template or rows_of(users[person.name])
    return users


def rows_of(user: str) -> Rows:
    """The account as it is stored, to be copied."""
    tables = {"User": "name", **BESIDE}
    return {doctype: _stored(doctype, field, user) for doctype, field in tables.items()}


def copy(template: Rows, name: str, *, username: str | None, full_name: str) -> None:
    """An account of that name with the same roles and settings as the template's. Its password is set by the caller."""
    (user,) = template["User"]
    own = {"email": name, "username": username, "first_name": full_name, "full_name": full_name}
    _write("User", {**user, "name": name, **own, **dict.fromkeys(SECRETS)})
    for doctype, field in BESIDE.items():
        for row in template[doctype]:
            fresh = {**row, "name": _name(doctype, row["name"], name), field: name, "owner": name}
            # A share of an account is a share of itself.
            _write(doctype, {key: name if old == user["name"] else old for key, old in fresh.items()})


def _stored(doctype: str, field: str, user: str) -> list[dict[str, Any]]:
    table = frappe.qb.DocType(doctype)
    return frappe.qb.from_(table).select("*").where(table[field] == user).run(as_dict=True)


def _write(doctype: str, row: dict[str, Any]) -> None:
    frappe.db.bulk_insert(doctype, list(row), [tuple(row.values())])


def _name(doctype: str, like: str | int, owner: str) -> str | int:
    """Some of Frappe's own tables are numbered by a sequence."""
    if isinstance(like, int):
        return frappe.db.get_next_sequence_val(doctype)
    return digest(doctype, like, owner)[:20]
