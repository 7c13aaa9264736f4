"""Reading a roster sheet: XLSX or CSV as rows of text, cells as Excel leaves them. No database."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
HEADER_WITHIN = 15
# What opens to more than this is no roster but a bomb.
MAX_UNPACKED = 100_000_000
NUMBER_TITLES = re.compile(r"nip|nomor\s*pegawai|no\.?\s*pegawai|nip\s*/\s*nomor.*", re.IGNORECASE)
NAME_TITLES = re.compile(r"nama.*", re.IGNORECASE)
# 1,98808E+17 as Excel shows a long number.
SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
# Excel keeps fifteen digits of a number and writes zeros behind them.
EXCEL_DIGITS = 15


class BrokenSheet(ValueError):
    """``code``: unreadable, too_large, no_header, no_rows."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Number:
    """A staff number as found. ``known``: the leading digits that can be trusted when Excel has damaged it, else empty."""

    text: str
    known: str = ""


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


def read(content: bytes, file_name: str) -> Sheet:
    """Raises BrokenSheet."""
    if len(content) > MAX_BYTES:
        raise BrokenSheet("too_large")
    grid = csv_grid(content) if file_name.lower().endswith((".csv", ".txt")) else xlsx_grid(content)
    start = next((place for place, row in enumerate(grid[:HEADER_WITHIN]) if header(row)), None)
    if start is None:
        raise BrokenSheet("no_header")
    number, name, days = header(grid[start]) or (0, None, {})
    lines = [
        Line(
            place + 1,
            staff_number(cell(row, number)),
            text(cell(row, name)) if name is not None else "",
            {day: text(cell(row, column)) for day, column in days.items()},
        )
        for place, row in enumerate(grid[start + 1 :], start=start + 1)
        if text(cell(row, number)) or any(text(cell(row, column)) for column in days.values())
    ]
    if not lines:
        raise BrokenSheet("no_rows")
    return Sheet(lines, {day: column_name(column) for day, column in days.items()})


def xlsx_grid(content: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise BrokenSheet("too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
        grid = [list(row) for row in rows]
    except BrokenSheet:
        raise
    except Exception as error:  # openpyxl raises whatever its parser met
        raise BrokenSheet("unreadable") from error
    if len(grid) > MAX_ROWS:
        raise BrokenSheet("too_large")
    return grid


def csv_grid(content: bytes) -> list[list[Any]]:
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = content.decode("cp1252", errors="replace")
    first = source.split("\n", maxsplit=HEADER_WITHIN)[:HEADER_WITHIN]
    separator = max(";,\t", key=lambda mark: sum(line.count(mark) for line in first))
    try:
        grid = [list(row)[:MAX_COLUMNS] for row in csv.reader(io.StringIO(source), delimiter=separator)]
    except csv.Error as error:
        raise BrokenSheet("unreadable") from error
    if len(grid) > MAX_ROWS:
        raise BrokenSheet("too_large")
    return grid


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


def cell(row: list[Any], column: int) -> Any:
    return row[column] if column < len(row) else None


def text(value: Any) -> str:
    """A cell in one line; a whole number without its decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).replace("\xa0", " ").split())


def staff_number(value: Any) -> Number:
    """NIP or staff number; what Excel took for a number is marked with the digits it has kept."""
    if isinstance(value, float):
        # Above 2^53 a float lies beside what was typed: only its first fifteen digits are Excel's.
        digits = f"{value:.0f}"
        kept = f"{value:.14e}".split("e")[0].replace(".", "")
        return Number(digits, kept if len(digits) > EXCEL_DIGITS else "")
    if isinstance(value, int) and not isinstance(value, bool):
        digits = str(value)
        return Number(digits, digits[:EXCEL_DIGITS] if len(digits) > EXCEL_DIGITS else "")
    plain = text(value).lstrip("'`")
    damaged = SCIENTIFIC.fullmatch(plain.replace(" ", ""))
    if damaged:
        return Number(plain, f"{damaged[1]}{damaged[2] or ''}"[:EXCEL_DIGITS])
    digits = re.sub(r"[\s.\-/]", "", plain)
    if digits.isdecimal() and len(digits) == 18 and digits.endswith("000"):
        return Number(digits, digits[:EXCEL_DIGITS])
    return Number(digits if digits.isdecimal() else plain)


def column_name(index: int) -> str:
    """A, B, …, AA as spreadsheets name columns."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
