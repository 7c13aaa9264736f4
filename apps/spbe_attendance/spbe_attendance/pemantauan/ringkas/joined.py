"""Many rows of short texts at once: those of a unit travel as one text, because the driver spends its time on rows and columns, not on
bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from pypika.functions import Coalesce, Count
from pypika.terms import Function, Term

from spbe_attendance import compat

# Unit and record separator: no name, code or moment holds them.
FIELD, ROW = "\x1f", "\x1e"
# Bytes of one unit's rows; the server's own limit for a packet is the other bound.
LONGEST = 64 * 2**20


class Together(Function):
    """GROUP_CONCAT of the fields of each row of a group. CONCAT_WS passes NULL over, which would move the fields after it."""

    def __init__(self, *terms: Term):
        row = Function("CONCAT_WS", FIELD, *[Coalesce(term, "") for term in terms])
        super().__init__("GROUP_CONCAT", row)

    def get_special_params_sql(self, **_options: Any) -> str:
        return f"SEPARATOR '{ROW}'"


def groups(query: Any, group: Term, *terms: Term) -> Iterator[tuple[str, list[list[str]]]]:
    """By group, the fields ``terms`` of each of its rows, as texts; NULL comes as an empty text. Nothing is selected yet.

    Whoever works on a group lets the database make the next one meanwhile, and asks it for nothing else before the last."""
    frappe.db.sql("set session group_concat_max_len = %s", LONGEST)
    found = query.select(group, Count("*"), Together(*terms)).groupby(group)
    for name, count, text in compat.streamed(found):
        parts = text.split(ROW)
        if len(parts) != count:
            raise OverflowError(f"{count} rows of {name} do not fit into one text")
        yield name, [part.split(FIELD) for part in parts]
