"""Reading a roster sheet: XLSX or CSV as rows of text, cells as Excel leaves them. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from spbe_attendance.tabular.book import open_book
from spbe_attendance.tabular.cells import cell, column_name, text
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.numbers import Number, identifier

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
HEADER_WITHIN = 15
NUMBER_TITLES = re.compile(r"nip|nomor\s*pegawai|no\.?\s*pegawai|nip\s*/\s*nomor.*", re.IGNORECASE)
NAME_TITLES = re.compile(r"nama.*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """``row``: as counted in the sheet, from 1. ``cells``: day of the month to what stands there."""

    row: int
    number: Number
    name: str
    cells: dict[int, str]


@dataclass
class Sheet:
    lines: list[Line] = field(default_factory=list)
    days: dict[int, str] = field(default_factory=dict)


def read(content: bytes) -> Sheet:
    """Of the first sheet. Raises BrokenTable."""
    grid = open_book(content, MAX_BYTES).page(most=MAX_ROWS + 1).rows
    if len(grid) > MAX_ROWS:
        raise BrokenTable("too_large")
    start = next((place for place, row in enumerate(grid[:HEADER_WITHIN]) if header(row)), None)
    if start is None:
        raise BrokenTable("no_header")
    number, name, days = header(grid[start]) or (0, None, {})
    lines = [
        Line(
            place + 1,
            identifier(cell(row, number)),
            text(cell(row, name)) if name is not None else "",
            {day: text(cell(row, column)) for day, column in days.items()},
        )
        for place, row in enumerate(grid[start + 1 :], start=start + 1)
        if text(cell(row, number)) or any(text(cell(row, column)) for column in days.values())
    ]
    if not lines:
        raise BrokenTable("no_rows")
    return Sheet(lines, {day: column_name(column) for day, column in days.items()})


def header(row: list[Any]) -> tuple[int, int | None, dict[int, int]] | None:
    """Columns of the number, the name and the days; None when the row is no header."""
    titles = [text(value) for value in row]
    number = next((at for at, title in enumerate(titles) if NUMBER_TITLES.match(title)), None)
    days: dict[int, int] = {}
    for at, title in enumerate(titles):
        if title.isdecimal() and 1 <= int(title) <= 31:
            days.setdefault(int(title), at)
    if number is None or not days:
        return None
    name = next((at for at, title in enumerate(titles) if at != number and NAME_TITLES.match(title)), None)
    return number, name, days
