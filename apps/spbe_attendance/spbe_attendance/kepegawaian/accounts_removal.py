"""Accounts that were made by mistake and never used, taken away together with what was made beside them."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from spbe_attendance.kepegawaian.accounts import DOMAIN
from spbe_attendance.kepegawaian.accounts_bulk import BESIDE


def remove(users: Sequence[str]) -> int:
    """Of staff only; answers how many. Commits nothing. The caller knows that nobody has logged in with them.

    By rows, as accounts_bulk writes them: deleting a User the framework's way empties the definitions of all DocTypes, each time.
    """
    names = [name for name in users if name.endswith(DOMAIN)]
    if not names:
        return 0
    for doctype, field in BESIDE.items():
        frappe.db.delete(doctype, {field: ["in", names]})
    frappe.db.delete("__Auth", {"doctype": "User", "name": ["in", names]})
    frappe.db.delete("User", {"name": ["in", names]})
    frappe.cache.delete_key("users_for_mentions")
    frappe.cache.delete_key("enabled_users")
    return len(names)
