"""Writing many rows at once, each only if it is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import frappe

CHUNK = 500
ADMINISTRATOR = "Administrator"


def present(doctype: str) -> set[str]:
    """Names of the demo's rows that are stored."""
    return set(frappe.get_all(doctype, filters={"name": ["like", "demo%"]}, pluck="name"))


def insert(doctype: str, rows: Iterable[dict[str, Any]], moment: datetime) -> int:
    """Rows with equal keys, in chunks that are committed one by one; answers how many. ``moment``: when they were made.

    The rows must be what a save would have written: no hook runs.
    """
    total, iterator = 0, iter(rows)
    for chunk in _chunks(iterator):
        base = {
            "owner": ADMINISTRATOR,
            "modified_by": ADMINISTRATOR,
            "creation": moment,
            "modified": moment,
            "docstatus": 0,
            "idx": 0,
        }
        complete = [{**base, **row} for row in chunk]
        fields = list(complete[0])
        frappe.db.bulk_insert(doctype, fields, [tuple(row[field] for field in fields) for row in complete])
        frappe.db.commit()
        total += len(complete)
    return total


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
