"""XLSX as rows of values. Formulas give the value that was calculated last; which cells they are is told beside."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from spbe_attendance.tabular.cells import UNCACHED
from spbe_attendance.tabular.errors import BrokenTable

MAX_COLUMNS = 120
FORMULA = re.compile(rb"<f[\s/>]")
Place = tuple[int, int]


def sheet_names(content: bytes) -> list[str]:
    """Of the sheets with cells that are shown. Raises BrokenTable."""
    book = _open(content, values=True)
    shown = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    return shown or [page.title for page in book.worksheets]


def rows(content: bytes, sheet: str, most: int) -> tuple[list[list[Any]], set[Place]]:
    """At most ``most`` rows, and where formulas stand (row and column from 0). Raises BrokenTable."""
    values = _rows(content, sheet, most, values=True)
    places: set[Place] = set()
    if has_formulas(content):
        for at, row in enumerate(_rows(content, sheet, most, values=False)):
            for column, value in enumerate(row):
                if (isinstance(value, str) and value.startswith("=")) or hasattr(value, "text"):
                    places.add((at, column))
                    values[at] += [None] * (column + 1 - len(values[at]))
                    if values[at][column] is None:
                        values[at][column] = UNCACHED
    return values, places


def _rows(content: bytes, sheet: str, most: int, *, values: bool) -> list[list[Any]]:
    book = _open(content, values=values)
    if sheet not in book.sheetnames:
        raise BrokenTable("no_sheet")
    try:
        page = book[sheet]
        # What the file says of its size is often wrong; a row too many tells that there are more.
        page.reset_dimensions()
        found = [list(row) for row in page.iter_rows(max_row=most, max_col=MAX_COLUMNS, values_only=True)]
    except BrokenTable:
        raise
    except Exception as error:  # openpyxl raises whatever its parser met
        raise BrokenTable("unreadable") from error
    # Rows come as wide as was asked for.
    width = max((_filled(row) for row in found), default=0)
    return [row[:width] for row in found]


def _filled(row: list[Any]) -> int:
    return next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)


def _open(content: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # Of styles and extensions that are not looked at.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    except Exception as error:  # as above
        raise BrokenTable("unreadable") from error


def has_formulas(content: bytes) -> bool:
    """Reading a sheet twice is for those that need it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
        ]
        return any(FORMULA.search(archive.read(name)) for name in pages)
