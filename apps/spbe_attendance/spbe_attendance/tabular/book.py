"""A file of either kind: its sheets, and the rows of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spbe_attendance.tabular import container, delimited, workbook
from spbe_attendance.tabular.cells import is_blank
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.workbook import Place

MAX_ROWS = 20_000
# Rows that only carry a format; a sheet has up to a million of them.
MAX_BLANK = 5_000


@dataclass
class Page:
    """``rows`` from the first of the sheet on, blank ones at the end taken away. ``formulas``: places, row and column from 0."""

    name: str
    rows: list[list[Any]]
    formulas: set[Place] = field(default_factory=set)


@dataclass(frozen=True)
class Book:
    content: bytes
    kind: str
    sheets: tuple[str, ...]

    def page(self, sheet: str = "", most: int = MAX_ROWS + MAX_BLANK) -> Page:
        """The rows of a sheet, the first if none is named. Raises BrokenTable; too_large when there are more than MAX_ROWS."""
        asked = min(most, MAX_ROWS + MAX_BLANK)
        if self.kind == container.CSV:
            rows: list[list[Any]] = [list(row) for row in delimited.rows(self.content, asked)]
            page = Page("", rows)
        else:
            name = sheet or self.sheets[0]
            page = Page(name, *workbook.rows(self.content, name, asked))
        while page.rows and all(map(is_blank, page.rows[-1])):
            page.rows.pop()
        if len(page.rows) > MAX_ROWS:
            raise BrokenTable("too_large")
        return page


def open_book(content: bytes, most: int = container.MAX_BYTES) -> Book:
    """Raises BrokenTable."""
    kind = container.sniff(content, most)
    sheets = ("",) if kind == container.CSV else tuple(workbook.sheet_names(content))
    if not sheets:
        raise BrokenTable("no_sheet")
    return Book(content, kind, sheets)
