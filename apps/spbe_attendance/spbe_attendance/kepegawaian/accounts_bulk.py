"""Accounts for many people at once: one is saved as the app saves it, the others are copies of its rows.

Saving a User empties Frappe's cache of every DocType's definition, and so costs half a second each. Only the Contact that Frappe
makes of an account in a job of its own is left out: nothing here reads it, and it would hold the names a second time.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import frappe
from frappe import _
from frappe.utils import now
from pypika.functions import Concat

from spbe_attendance.kepegawaian.accounts import DOMAIN, ensure_user
from spbe_attendance.kepegawaian.exceptions import NomorTerpakai

# Where a User's save writes, and the field that names the user there.
BESIDE = {
    "Has Role": "parent",
    "DefaultValue": "parent",
    "DocShare": "user",
    "Notification Settings": "name",
    "User Social Login": "parent",
}
# Of the one account they were made for; never copied.
SECRETS = ("api_key", "api_secret", "reset_password_key", "last_login", "last_active", "last_ip")
CHUNK = 500

# Rows by DocType: the User itself and those beside it.
Rows = dict[str, list[dict[str, Any]]]


def make(pegawai: Sequence[str]) -> int:
    """The accounts of these persons that are missing, as accounts.ensure_user makes them; answers how many. Commits nothing.

    A constant number of statements for every CHUNK persons. Raises NomorTerpakai before anything is written.
    """
    missing = [person for some in chunks(sorted(set(pegawai))) for person in _without_account(some)]
    if not missing:
        return 0
    for some in chunks(missing):
        _refuse_taken_numbers(some)
    first, *others = missing
    template = rows_of(ensure_user(first["name"]))
    for some in chunks(others):
        copies = [copied(template, f"{person['name']}{DOMAIN}", **login(person)) for person in some]
        write(copies)
        _link([person["name"] for person in some])
    frappe.cache.delete_key("users_for_mentions")
    frappe.cache.delete_key("enabled_users")
    return len(missing)


def login(person: dict[str, Any]) -> dict[str, Any]:
    """What differs from one account to the next; who is not in service gets a closed one."""
    return {
        "username": person["nip"] or person["nomor_pegawai"],
        "full_name": person["nama"],
        "enabled": int(person["status"] == "Aktif"),
    }


def rows_of(user: str) -> Rows:
    """The account as it is stored, to be copied."""
    tables = {"User": "name", **BESIDE}
    return {doctype: _stored(doctype, field, user) for doctype, field in tables.items()}


def copied(template: Rows, name: str, *, username: str | None, full_name: str, enabled: int = 1) -> Rows:
    """Rows of an account of that name with the same roles and settings as the template's, without a password."""
    (user,) = template["User"]
    stamp = now()
    fresh = {"name": name, "email": name, "username": username, "first_name": full_name}
    about = {"full_name": full_name, "enabled": enabled, "creation": stamp, "modified": stamp}
    found: Rows = {"User": [{**user, **fresh, **about, **dict.fromkeys(SECRETS)}]}
    for doctype, field in BESIDE.items():
        found[doctype] = [_beside(doctype, field, row, user["name"], name) for row in template[doctype]]
    return found


def write(accounts: Sequence[Rows]) -> None:
    """One statement for each DocType."""
    gathered: Rows = defaultdict(list)
    for account in accounts:
        for doctype, rows in account.items():
            gathered[doctype] += rows
    for doctype, rows in gathered.items():
        if rows:
            frappe.db.bulk_insert(doctype, list(rows[0]), [tuple(row.values()) for row in rows])


def chunks(items: Sequence[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while some := list(islice(iterator, CHUNK)):
        yield some


def _without_account(names: list[str]) -> list[dict[str, Any]]:
    person, user = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("User")
    fields = [person[field] for field in ("name", "nama", "nip", "nomor_pegawai", "status")]
    query = frappe.qb.from_(person).left_join(user).on(user.name == person.user).select(*fields)
    return query.where(person.name.isin(names) & user.name.isnull()).run(as_dict=True)


def _refuse_taken_numbers(people: list[dict[str, Any]]) -> None:
    numbers = [login(person)["username"] for person in people]
    taken = frappe.get_all("User", {"username": ["in", numbers]}, pluck="username", limit=5)
    if taken:
        frappe.throw(
            _("Another account logs in with {0}: free that number first.").format(", ".join(taken)),
            NomorTerpakai,
        )


def _stored(doctype: str, field: str, user: str) -> list[dict[str, Any]]:
    table = frappe.qb.DocType(doctype)
    return frappe.qb.from_(table).select("*").where(table[field] == user).run(as_dict=True)


def _beside(doctype: str, field: str, row: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    fresh = {**row, "name": _name(doctype, row["name"], new), field: new}
    if "userid" in fresh:
        fresh["userid"] = frappe.generate_hash(length=39)
    # A share of an account is a share of itself.
    return {key: new if value == old else value for key, value in fresh.items()}


def _name(doctype: str, like: str | int, owner: str) -> str | int:
    """Some of Frappe's own tables are numbered by a sequence."""
    if isinstance(like, int):
        return frappe.db.get_next_sequence_val(doctype)
    return hashlib.sha256(f"{doctype}/{like}/{owner}".encode()).hexdigest()[:20]


def _link(names: list[str]) -> None:
    person = frappe.qb.DocType("Pegawai")
    frappe.qb.update(person).set(person.user, Concat(person.name, DOMAIN)).where(
        person.name.isin(names)
    ).run()
