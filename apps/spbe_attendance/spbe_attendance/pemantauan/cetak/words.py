"""Numbers as Indonesian papers write them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from spbe_attendance.pemantauan.laporan.table import DECIMAL, NUMBER, Column

# What could end a string or a style element.
_UNSAFE = "\\\"<>&\n\r'"
NOTHING = "–"


def cell(column: Column, value: Any) -> str:
    """Text of a cell: 1,25 with decimal comma, thousands by dots, a dash for nothing."""
    if value is None or value == "":
        return ""
    if column.kind == DECIMAL:
        return number(float(value), 2)
    if column.kind == NUMBER and isinstance(value, int | float):
        return NOTHING if value == 0 else number(value, 0 if value == int(value) else 1)
    return str(value)


def number(value: float, places: int) -> str:
    """1234.5 → 1.234,50"""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def css(text: str) -> Markup:
    """Within a CSS string: whatever could end it, or the style sheet, as an escape."""
    return Markup("".join(f"\\{ord(letter):x} " if letter in _UNSAFE else letter for letter in text))  # noqa: S704
