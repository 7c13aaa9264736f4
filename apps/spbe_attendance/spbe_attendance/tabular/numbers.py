"""Numbers that identify, and numbers that measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue

# 1,98808E+17 as Excel shows a long number.
SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
# Excel keeps fifteen digits of a number and writes zeros behind them.
EXCEL_DIGITS = 15
SEPARATING = re.compile(r"[\s.\-/]")
QUOTES = "'`´‘’\""
DECIMAL = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
UNIT = re.compile(r"\s*(meter|mtr|km|m)\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """An identifying number as found. ``known``: the leading digits that can be trusted when Excel has damaged it, else empty."""

    text: str
    known: str = ""


def identifier(value: Any) -> Number:
    """NIP, NIK or staff number; what Excel took for a number is marked with the digits it has kept."""
    if isinstance(value, float):
        # Above 2^53 a float lies beside what was typed: only its first fifteen digits are Excel's.
        digits = f"{value:.0f}"
        kept = f"{value:.14e}".split("e")[0].replace(".", "")
        return Number(digits, kept if len(digits) > EXCEL_DIGITS else "")
    if isinstance(value, int) and not isinstance(value, bool):
        # Programs that write whole numbers keep every digit; Excel, when it saves them again, has zeros at the end.
        digits = str(value)
        return Number(
            digits,
            digits[:EXCEL_DIGITS] if digits[EXCEL_DIGITS:].strip("0") == "" < digits[EXCEL_DIGITS:] else "",
        )
    plain = text(value).lstrip(QUOTES).strip()
    damaged = SCIENTIFIC.fullmatch(plain.replace(" ", ""))
    if damaged:
        return Number(plain, f"{damaged[1]}{damaged[2] or ''}"[:EXCEL_DIGITS])
    digits = SEPARATING.sub("", plain)
    # Seventeen or eighteen digits of which Excel had written the last ones; sixteen may end in a zero by itself.
    if digits.isdecimal() and len(digits) in (17, 18) and digits.endswith("000"):
        return Number(digits, digits[:EXCEL_DIGITS])
    return Number(digits if digits.isdecimal() else plain)


def decimal(value: Any) -> float:
    """1,25 and 1.25 alike. Raises BadValue: number."""
    if isinstance(value, bool):
        raise BadValue("number")
    if isinstance(value, int | float):
        return float(value)
    plain = text(value).lstrip(QUOTES)
    if not DECIMAL.fullmatch(plain.replace(" ", "")):
        raise BadValue("number")
    return float(plain.replace(" ", "").replace(",", "."))


def metres(value: Any) -> float:
    """A length with or without its unit. Raises BadValue: number."""
    if isinstance(value, str):
        unit = UNIT.search(value)
        number = decimal(UNIT.sub("", value))
        return number * 1000 if unit and unit[1].lower() == "km" else number
    return decimal(value)
