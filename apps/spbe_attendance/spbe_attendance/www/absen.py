"""The page of the PWA: a shell without anything personal, the same for everybody, so that it may be kept for offline use."""

from __future__ import annotations

import frappe

from spbe_attendance import pwa

no_cache = 1


def get_context(context: frappe._dict) -> frappe._dict:
    """``program``: the addresses of the built front end."""
    context.no_cache = 1
    context.no_header = context.no_breadcrumbs = 1
    context.program = pwa.entry_files()
    return context
