"""Where Frappe 15 and 16 differ, told apart in this one place."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

import frappe

MAJOR = int(frappe.__version__.split(".", maxsplit=1)[0])

# What a has_permission hook answers when it leaves the matter to others: 15 asks the next hook at None and takes True for
# the final word; 16 asks every hook and takes anything but true for a refusal.
NO_OPINION: bool | None = None if MAJOR < 16 else True


def account_key(user: str) -> str | None:
    """Where the document of a user stands in Redis; None where it is left alone: how 16 keeps
    accounts was not tried."""
    return frappe.get_document_cache_key("User", user) if MAJOR < 16 else None


def lend_meta(meta: Any) -> None:
    """The metadata of a DocType for this request, instead of reading them from Redis: 16 keeps them in the process by itself."""
    if MAJOR < 16:
        frappe.local.cache.setdefault(frappe.cache.make_key("doctype_meta"), {})[meta.name] = meta


def asked_soon() -> list[tuple[str, str]]:
    """What Frappe 15 will ask Redis for in a request of this session that writes, one round trip each: (hash, key). 16 keeps roles and
    permissions in the process."""
    session = frappe.session
    if MAJOR >= 16 or session.user == "Guest":
        return []
    return [
        ("roles", session.user),
        ("user_permissions", session.user),
        ("last_db_session_update", session.sid),
    ]


def lend_answers(asked: Iterable[tuple[str, str]], answers: Iterable[bytes | None]) -> None:
    """For this request, as if the framework had asked; what it has asked already, and what is not there, stays as it is."""
    for (name, key), packed in zip(asked, answers, strict=True):
        if packed is not None:
            # Written by the framework itself.
            known = frappe.local.cache.setdefault(frappe.cache.make_key(name), {})
            known.setdefault(key, pickle.loads(packed))  # noqa: S301


def streamed(query: Any) -> Iterator[tuple[Any, ...]]:
    """Rows of a query that only reads, each as soon as the database has made it; nothing else may be asked before the last one.

    15 fetches all rows of a statement before it gives the first: its driver is asked. 16, where that was not tried, gives them together.
    """
    if MAJOR >= 16:
        yield from query.run()
        return
    from pymysql.cursors import SSCursor

    statement, values = query.walk()
    with frappe.db._conn.cursor(SSCursor) as cursor:
        cursor.execute(statement, values)
        yield from cursor
