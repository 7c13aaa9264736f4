"""The language of what is kept: explanations, reasons and notes are read by others than whoever caused them.

A refusal is told in the language of the screen that asked; what is stored is in the site's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


def language_of_record() -> str:
    return str(frappe.get_system_settings("language") or "id")


@contextmanager
def record_language() -> Iterator[None]:
    """Also as a decorator of a function whose words are kept."""
    before = frappe.local.lang
    frappe.local.lang = language_of_record()
    try:
        yield
    finally:
        frappe.local.lang = before
