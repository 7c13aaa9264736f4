"""The document of an account stays in Redis when nothing of it changes but when it was active last.

Each request reads it there, and once in ten minutes of a session the framework writes ``last_active``, which removes it: whoever
opens the app in the morning would have it read anew in the next request, six statements more, though it was read at night (``kepegawaian.early``). There is no hook at this place, so ``Session.update`` is wrapped, once per process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import frappe
from frappe.sessions import Session

from spbe_attendance import compat

WRAPPED = "spbe_keeps_accounts"


def install() -> None:
    """Hooked to before_request, as server_faults. Does nothing the second time."""
    if not getattr(Session, WRAPPED, False):
        Session.update = keeping(Session.update)
        setattr(Session, WRAPPED, True)


def keeping(framework: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(framework)
    def update(self: Session, force: bool = False) -> bool:
        user = frappe.session.user
        key = compat.account_key(user) if user and user != "Guest" else None
        if not key:
            return framework(self, force)
        # What this request has read is in its own memory.
        account = frappe.cache.get_value(key)
        written = framework(self, force)
        if written and account:
            put_back(key, account, self.data["data"]["last_updated"])
        return written

    return update


def put_back(key: str, account: Any, last_active: str) -> None:
    """Who changes the account meanwhile commits and then removes it from Redis: either that comes after this, or the change is seen here."""
    account.last_active = last_active
    frappe.cache.set_value(key, account)
    if frappe.db.get_value("User", account.name, "modified") != account.modified:
        frappe.clear_document_cache("User", account.name)
