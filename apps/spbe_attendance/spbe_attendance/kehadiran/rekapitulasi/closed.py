"""Which months are closed for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import frappe

CLOSED = "Ditutup"


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def bounds(month: str) -> tuple[date, date]:
    """First and last day of YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    return first, following(first) - timedelta(days=1)


def following(first: date) -> date:
    """The first day of the next month."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


class ClosedMonths:
    """``above``: every OPD with all above it. A closing holds for the subtree of its OPD."""

    def __init__(self, above: Mapping[str, frozenset[str]], since: date):
        self.above = above
        rows = frappe.get_all(
            "Tutup Bulan",
            {"status": CLOSED, "bulan": [">=", month_of(since)]},
            ["name", "opd", "bulan"],
            as_list=True,
        )
        self.closings = {(opd, month): name for name, opd, month in rows}

    def of(self, opd: str, day: date) -> str | None:
        """The closing that holds for a day of an OPD's staff."""
        if not self.closings:
            return None
        month = month_of(day)
        own = self.above.get(opd, frozenset((opd,)))
        return next((self.closings[unit, month] for unit in own if (unit, month) in self.closings), None)

    def first_open(self, opd: str, day: date) -> str:
        """The month in which a change of this day counts: the first one after it that is still open."""
        first = following(day.replace(day=1))
        while self.of(opd, first):
            first = following(first)
        return month_of(first)
