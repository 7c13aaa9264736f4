"""Pengaturan Satu Data, with the defaults of its fields where nothing is stored."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import cint, get_url

DOCTYPE = "Pengaturan Satu Data"
# What the law's "small" means here at the least; a setting may ask for more.
LEAST = 5


def read() -> Any:
    return frappe.get_cached_doc(DOCTYPE)


def value(field: str) -> str:
    stored = read().get(field)
    return str(stored or frappe.get_meta(DOCTYPE).get_field(field).default or "")


def least() -> int:
    """The smallest count that is shown."""
    return max(LEAST, cint(value("ambang")))


def base() -> str:
    """Where the public finds the data, without a slash at its end."""
    return (value("alamat") or get_url()).rstrip("/")
