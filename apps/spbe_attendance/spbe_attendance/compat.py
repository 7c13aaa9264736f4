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

# Name in Redis, and the key in it if it is a hash.
Asked = tuple[str, str | None]
# Where nothing is put together and kept if there is nothing.
NOTHING_IS_AN_ANSWER = ("recorder-intercept", "redirect_after_login")


def account_key(user: str) -> str | None:
    """Where the document of a user stands in Redis; None where it is left alone: how 16 keeps
    accounts was not tried."""
    return frappe.get_document_cache_key("User", user) if MAJOR < 16 else None


def lend_meta(meta: Any) -> None:
    """The metadata of a DocType for this request, instead of reading them from Redis: 16 keeps them in the process by itself."""
    if MAJOR < 16:
        frappe.local.cache.setdefault(frappe.cache.make_key("doctype_meta"), {})[meta.name] = meta


def asked_by_each(sid: str | None) -> list[Asked]:
    """What Frappe 15 will ask Redis for in any request, one round trip each."""
    if MAJOR >= 16:
        return []
    return [
        *([("session", sid)] if sid else []),
        ("time_zone", None),
        (frappe.get_document_cache_key("System Settings", "System Settings"), None),
        ("app_hooks", None),
        ("defaults", "__global"),
        ("recorder-intercept", None),
        ("server_script_map", None),
    ]


def asked_about(user: str) -> list[Asked]:
    """What Frappe 15 will ask Redis for in each request of a user."""
    return [(account_key(user) or "", None), ("lang", user), ("redirect_after_login", user)]


def user_of(sid: str | None) -> str | None:
    """Of the session, if it was lent. The framework may still find it too old."""
    if MAJOR >= 16 or not sid:
        return None
    session = frappe.local.cache.get(frappe.cache.make_key("session"), {}).get(sid)
    return session and session.get("user")


def asked_soon() -> list[Asked]:
    """What Frappe 15 will ask Redis for in a request of this session that writes, one round trip each. 16 keeps roles and permissions
    in the process."""
    session = frappe.session
    if MAJOR >= 16 or session.user == "Guest":
        return []
    return [
        ("roles", session.user),
        ("user_permissions", session.user),
        ("last_db_session_update", session.sid),
    ]


def ask(pipe: Any, asked: Iterable[Asked]) -> None:
    for name, key in asked:
        made = frappe.cache.make_key(name)
        if key is None:
            pipe.get(made)
        else:
            # The client's own, which reads no pickle and looks nowhere else first.
            pipe.hget(made, key)


def lend_answers(asked: Iterable[Asked], answers: Iterable[Any]) -> None:
    """For this request, as if the framework had asked; what it has asked already, and what is not there, stays as it is."""
    for (name, key), packed in zip(asked, answers, strict=True):
        if isinstance(packed, bytes):
            # Written by the framework itself.
            value = pickle.loads(packed)  # noqa: S301
        elif packed is None and name in NOTHING_IS_AN_ANSWER:
            value = None
        else:
            continue
        made = frappe.cache.make_key(name)
        if key is None:
            frappe.local.cache.setdefault(made, value)
        else:
            frappe.local.cache.setdefault(made, {}).setdefault(key, value)


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
