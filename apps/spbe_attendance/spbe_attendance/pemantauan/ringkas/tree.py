"""The tree of OPD as the Command Center walks it, by one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import frappe


@dataclass
class Tree:
    """``rows``: name, nama_opd, singkatan, induk by name, from top to bottom."""

    rows: dict[str, dict[str, Any]]
    _below: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Tree:
        found = frappe.get_all(
            "OPD", fields=["name", "nama_opd", "singkatan", "induk"], order_by="lft", limit_page_length=0
        )
        return cls({row["name"]: row for row in found})

    @cached_property
    def children(self) -> dict[str | None, list[str]]:
        found: dict[str | None, list[str]] = {}
        for name, row in self.rows.items():
            above = row["induk"] if row["induk"] in self.rows else None
            found.setdefault(above, []).append(name)
        return found

    def below(self, opd: str) -> frozenset[str]:
        """The OPD and all below it."""
        if opd not in self._below:
            found, waiting = set(), [opd]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += self.children.get(one, [])
            self._below[opd] = frozenset(found)
        return self._below[opd]

    def above(self, opd: str) -> list[str]:
        """All above the OPD, the top first, the OPD last."""
        found: list[str] = []
        one: str | None = opd
        while one in self.rows and one not in found:
            found.append(one)
            one = self.rows[one]["induk"]
        return found[::-1]

    def ref(self, opd: str) -> dict[str, Any]:
        """HTTP contract OpdRef."""
        row = self.rows[opd]
        return {"name": opd, "nama": row["nama_opd"], "singkatan": row["singkatan"] or None}
