"""Which OPD somebody keeps places for, and which OPD are one another's kin."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe

from spbe_attendance import permissions
from spbe_attendance.permissions import EVERYTHING, Criterion

DOCTYPE = "OPD Lokasi"


def kept_by(user: str) -> frozenset[str] | None:
    """The OPD whose places the user may change; None: all."""
    criterion = permissions.opd_lokasi_change_criterion(user)
    if criterion == EVERYTHING:
        return None
    return frozenset(unit for clause in criterion for unit in clause.get("opd", ()))


def subtree_criterion(user: str) -> Criterion:
    """Rows about an OPD's places: those of the subtree; all for BKPSDM and Wali Data, who keep places."""
    kept = kept_by(user)
    return EVERYTHING if kept is None else [{"opd": tuple(sorted(kept))}]


class Tree:
    """The whole tree of OPD, read once."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            row["name"]: row
            for row in frappe.get_all(
                "OPD", fields=["name", "nama_opd", "singkatan", "kode", "induk", "kepala", "lft", "rgt"], order_by="lft"
            )
        }  # fmt: skip

    def name_of(self, opd: str | None) -> str:
        return self.rows[opd]["nama_opd"] if opd in self.rows else opd or ""

    def above(self, opd: str) -> list[str]:
        """The OPD itself and those above it, nearest first."""
        found: list[str] = []
        step: str | None = opd
        while step in self.rows and step not in found:
            found.append(step)
            step = self.rows[step]["induk"]
        return found

    def below(self, opd: str) -> list[str]:
        """The OPD itself and those below it."""
        if opd not in self.rows:
            return []
        lft, rgt = self.rows[opd]["lft"], self.rows[opd]["rgt"]
        return [name for name, row in self.rows.items() if lft <= row["lft"] and row["rgt"] <= rgt]

    def kin(self, one: str | None, other: str | None) -> bool:
        """Whether a place of one holds for staff of the other anyhow: the same OPD, or one above the other."""
        if not one or not other:
            return True
        return one in self.above(other) or other in self.above(one)

    def within(self, allowed: Collection[str] | None) -> list[dict[str, Any]]:
        """Rows in the tree's order, all or those allowed."""
        return [row for name, row in self.rows.items() if allowed is None or name in allowed]
