"""Where Frappe 15 and 16 differ, told apart in this one place."""

from __future__ import annotations

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
