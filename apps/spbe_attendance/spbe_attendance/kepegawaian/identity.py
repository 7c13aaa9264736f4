"""NIP, NI PPPK and NIK: shape and plausibility. Pure.

NIP (BKN Reg. 43/2007): birth date, month of first appointment, sex, serial. NI PPPK: the month's place holds a code of 20 or more.
NIK: region of first issue, birth date (day + 40 for women), serial. None has a check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


class IdentityError(ValueError):
    """``code`` names what is wrong: length, digits, date, code, sex, serial, age."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Nip:
    """``kind``: PNS (also CPNS) or PPPK. ``warnings``: codes of what is odd but allowed."""

    value: str
    born: date
    female: bool
    kind: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nik:
    """``day`` and ``month`` of birth; the two-digit year is ambiguous and stays so."""

    value: str
    day: int
    month: int
    year: int
    female: bool


def compact(text: str) -> str:
    """Without the spaces, dots and dashes that prints have."""
    return re.sub(r"[\s.\-]", "", text)


def parse_nip(text: str) -> Nip:
    """Raises IdentityError."""
    value = _digits(text, 18)
    born = _date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    appointed, code = int(value[8:12]), int(value[12:14])
    if not (1 <= code <= 12 or 20 <= code <= 39):
        raise IdentityError("code")
    if value[14] not in "12":
        raise IdentityError("sex")
    if value[15:] == "000":
        raise IdentityError("serial")
    age = appointed - born.year
    if age < 14:
        raise IdentityError("age")
    return Nip(
        value, born, value[14] == "2", "PNS" if code <= 12 else "PPPK", () if 16 <= age <= 46 else ("age",)
    )


def parse_nik(text: str) -> Nik:
    """Raises IdentityError. Any region is allowed: a NIK keeps the one where it was first issued."""
    value = _digits(text, 16)
    day, month, year = int(value[6:8]), int(value[8:10]), int(value[10:12])
    female = day > 40
    day -= 40 if female else 0
    # A leap day is possible if either century has it.
    for century in (1900, 2000):
        try:
            _date(century + year, month, day)
            break
        except IdentityError:
            continue
    else:
        raise IdentityError("date")
    if value[12:] == "0000":
        raise IdentityError("serial")
    return Nik(value, day, month, year, female)


def mask(nik: str) -> str:
    """As it may be shown: 1410********0001."""
    return f"{nik[:4]}{'*' * 8}{nik[-4:]}" if len(nik) == 16 else "*" * len(nik)


def _digits(text: str, length: int) -> str:
    value = compact(text)
    if not re.fullmatch(r"[0-9]+", value):
        raise IdentityError("digits")
    if len(value) != length:
        raise IdentityError("length")
    return value


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise IdentityError("date") from error
