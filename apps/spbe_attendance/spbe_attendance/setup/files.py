"""Indices of the framework's File: every photo that is kept or looked at is searched by its hash or its address."""

from __future__ import annotations

import frappe


def seed() -> None:
    frappe.db.add_index("File", ["content_hash"])
    # Long text: the random names of photos differ within the first characters.
    frappe.db.add_index("File", ["file_url(100)"])
