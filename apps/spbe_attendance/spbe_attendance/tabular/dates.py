"""Dates in the forms that people write: 18-08-1996, 18/8/96, 18 Agustus 1996, Excel's numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar mart march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agust agu ags agt aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nopember nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ].*)?")
WORDS = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]+)\.?\s*[-/., ]?\s*(\d{4}|\d{2})", re.IGNORECASE)
COMPACT = re.compile(r"(19|20)\d{6}")
TIME = re.compile(r"\s+\d{1,2}[:.]\d{2}([:.]\d{2})?$")
# Excel's day 1 is 1 January 1900, with a 29 February that never was.
EXCEL_START = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3000, 80000


def parse(value: Any, today: date, *, past: bool = True) -> date:
    """``past``: two-digit years are never later than ``today``. Raises BadValue: date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value)
    plain = TIME.sub("", text(value).lstrip("'`"))
    # "Selatpanjang, 18-08-1996": the place of birth stands before it.
    for candidate in dict.fromkeys((plain, plain.rpartition(",")[2].strip())):
        found = _written(candidate, today, past)
        if found:
            return found
    raise BadValue("date")


def _serial(value: float) -> date:
    if COMPACT.fullmatch(str(value)):
        return _date(int(str(value)[:4]), int(str(value)[4:6]), int(str(value)[6:]))
    if not FIRST_SERIAL <= value <= LAST_SERIAL:
        raise BadValue("date")
    return EXCEL_START + timedelta(days=int(value))


def _written(plain: str, today: date, past: bool) -> date | None:
    iso = ISO.fullmatch(plain)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    numeric = NUMERIC.fullmatch(plain)
    if numeric:
        return _date(_year(numeric[3], today, past), int(numeric[2]), int(numeric[1]))
    words = WORDS.fullmatch(plain)
    if words and words[2].lower() in MONTHS:
        return _date(_year(words[3], today, past), MONTHS[words[2].lower()], int(words[1]))
    if COMPACT.fullmatch(plain):
        return _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if re.fullmatch(r"\d{5}([.,]0)?", plain):
        return _serial(int(plain[:5]))
    return None


def _year(written: str, today: date, past: bool) -> int:
    if len(written) == 4:
        return int(written)
    year = today.year // 100 * 100 + int(written)
    if past and year > today.year:
        return year - 100
    return year


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadValue("date") from error
