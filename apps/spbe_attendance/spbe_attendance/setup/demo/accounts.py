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


def ensure(people: Sequence[Person]) -> dict[str, str]:
    """User by name of Pegawai, for those who have log-ins; each is made if missing. The caller commits."""
    names = [person.name for person in people if person.login]
    rows = frappe.get_all("Pegawai", {"name": ["in", names]}, ["name", "user"], as_list=True)
    users = {name: user for name, user in rows if user}
    template = ""
    for person in people:
        if person.login and person.name not in users:
            if person.role or not template:
                users[person.name] = ensure_user(
                    person.name, roles=(ROLE, person.role) if person.role else (ROLE,)
                )
            else:
                users[person.name] = copy(template, person)
        if person.login and not person.role:
            template = template or users[person.name]
    return users


def copy(template: str, person: Person) -> str:
    """An account with the same roles and settings as the template's. Its password is set by the caller."""
    name = f"{person.name}{DOMAIN}"
    login = person.nip or person.nomor_pegawai
    own = {
        "name": name,
        "email": name,
        "username": login,
        "first_name": person.nama,
        "full_name": person.nama,
    }
    _copy_rows("User", {"name": template}, {**own, **dict.fromkeys(SECRETS)})
    for doctype, field in BESIDE.items():
        _copy_rows(doctype, {field: template}, {field: name, "owner": name}, template)
    frappe.db.set_value("Pegawai", person.name, "user", name, update_modified=False)
    return name


def _copy_rows(doctype: str, where: dict[str, str], change: dict[str, Any], template: str = "") -> None:
    table = frappe.qb.DocType(doctype)
    (field, value), *_none = where.items()
    for row in frappe.qb.from_(table).select("*").where(table[field] == value).run(as_dict=True):
        fresh = {**row, "name": _name(doctype, row["name"], change[field]), **change}
        # A share of an account is a share of itself.
        fresh = {key: change[field] if template and old == template else old for key, old in fresh.items()}
        frappe.db.bulk_insert(doctype, list(fresh), [tuple(fresh.values())])


def _name(doctype: str, like: str | int, owner: str) -> str | int:
    """Some of Frappe's own tables are numbered by a sequence."""
    if isinstance(like, int):
        return frappe.db.get_next_sequence_val(doctype)
    return digest(doctype, like, owner)[:20]
