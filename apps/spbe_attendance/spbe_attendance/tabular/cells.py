"""Cells as text, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

# Blanks that copies from the web and from PDF bring along, and marks of no width.
BLANKS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")) | {0xA0: " ", 0x2007: " ", 0x202F: " "}


@dataclass(frozen=True)
class Uncached:
    """A formula whose value the file does not hold: it was never calculated by a spreadsheet program."""

    def __str__(self) -> str:
        return ""


UNCACHED = Uncached()


def cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else None


def text(value: Any) -> str:
    """A cell in one line; a whole number without its decimals, a date as 18-08-1996."""
    if value is None or isinstance(value, Uncached):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    return " ".join(str(value).translate(BLANKS).split())


def is_blank(value: Any) -> bool:
    return not isinstance(value, Uncached) and not text(value)


def column_name(index: int) -> str:
    """A, B, …, AA as spreadsheets name columns."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def ranges(numbers: Sequence[int], most: int = 12) -> str:
    """Row numbers in short: 2–5, 9, 12 …"""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    parts = [str(first) if first == last else f"{first}–{last}" for first, last in found[:most]]
    return ", ".join(parts) + (" …" if len(found) > most else "")
