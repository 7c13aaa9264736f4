"""How far a task on a document is: to whoever asked for it, and kept for whoever opens the form meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe.model.document import Document

from spbe_attendance import realtime

REMEMBER = 3600
# A browser needs no more.
STEPS = 20


def tell(doc: Document, percent: int, what: str) -> None:
    frappe.cache.set_value(
        _key(doc.doctype, doc.name), {"persen": percent, "keterangan": what}, expires_in_sec=REMEMBER
    )
    realtime.publish_progress(doc, percent, what)


def told(doctype: str, name: str) -> dict[str, Any]:
    """{persen, keterangan}."""
    return frappe.cache.get_value(_key(doctype, name)) or {"persen": 0, "keterangan": ""}


def teller(doc: Document, first: int, last: int, sentence: str) -> Callable[[int, int], None]:
    """For loops: turns steps done into per cent between ``first`` and ``last``, a few times in all. ``sentence``: of done and all."""

    def step(done: int, total: int) -> None:
        if done == total or done % max(1, total // STEPS) == 0:
            tell(doc, first + (last - first) * done // max(1, total), sentence.format(done, total))

    return step


def _key(doctype: str, name: str) -> str:
    return f"{frappe.scrub(doctype)}|{name}"
