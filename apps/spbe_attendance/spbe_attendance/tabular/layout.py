"""Where the table is on a sheet: title rows above it, a header of one or two rows, rows that are no records below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from spbe_attendance.tabular.cells import is_blank, text
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.titles import LEVEL, Field, matches, normal

HEADER_WITHIN = 40
# Fewer titles than this are a chance hit in a sentence.
LEAST = 2
SAMPLES = 60
TOTALS = re.compile(r"(sub\s*|grand\s*)?(jumlah|total)\b", re.IGNORECASE)
ORDINAL = re.compile(r"\(?(\d{1,3})\)?")
REPEATED, NUMBERING, TOTAL, NOTE = "repeated_header", "numbering", "total", "note"


@dataclass(frozen=True)
class Layout:
    """``header``: its row, counted from 1; ``height``: how many rows it takes. ``found``: how many fields it names."""

    header: int
    height: int
    titles: tuple[str, ...]
    found: int = 0

    @property
    def width(self) -> int:
        return sum(bool(title) for title in self.titles)


@dataclass(frozen=True)
class Line:
    """``row`` as people count it. ``section``: the heading that stands alone in a row above, or empty."""

    row: int
    cells: tuple[Any, ...]
    section: str = ""


@dataclass
class Body:
    """``skipped``: rows that are no records, by what they are."""

    lines: list[Line] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)


def find(rows: Sequence[Sequence[Any]], fields: Sequence[Field]) -> Layout:
    """The row of the first part of the sheet that names most fields. Raises BrokenTable: no_header."""
    best, found = -1, 0
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        named = matches([text(value) for value in row], fields)
        if named > found:
            best, found = at, named
    if found < min(LEAST, len(fields)):
        raise BrokenTable("no_header")
    return at_row(rows, best + 1, fields)


def at_row(rows: Sequence[Sequence[Any]], header: int, fields: Sequence[Field]) -> Layout:
    """The header that begins in this row, with the row below where that belongs to it. Raises BrokenTable: no_header."""
    if not 1 <= header <= len(rows):
        raise BrokenTable("no_header")
    upper = [text(value) for value in rows[header - 1]]
    lower = [text(value) for value in rows[header]] if header < len(rows) else []
    if not any(upper):
        raise BrokenTable("no_header")
    if not _is_second_row(upper, lower, fields):
        return Layout(header, 1, tuple(upper), matches(upper, fields))
    titles = tuple(_joined(upper, lower))
    return Layout(header, 2, titles, matches(titles, fields))


def _is_second_row(upper: Sequence[str], lower: Sequence[str], fields: Sequence[Field]) -> bool:
    """Words only, below titles that stand over several columns."""
    filled = [value for value in lower if value]
    if not filled or any(char.isdigit() for value in filled for char in value):
        return False
    new = [value for at, value in enumerate(lower) if value and (at >= len(upper) or not upper[at])]
    return bool(new) and matches(new, fields) > 0


def _joined(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    over = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        # A merged cell keeps its words in its first column.
        over = above or (over if below else "")
        yield LEVEL.join(part for part in (over if below else above, below) if part)


def body(rows: Sequence[Sequence[Any]], layout: Layout) -> Body:
    """The records below the header."""
    result, section = Body(), ""
    titles = [normal(title) for title in layout.titles]
    for at in range(layout.header - 1 + layout.height, len(rows)):
        row = rows[at]
        filled = [text(value) or "=" for value in row if not is_blank(value)]
        if not filled:
            continue
        kind = _kind(row, filled, titles, layout)
        if kind:
            result.skipped.setdefault(kind, []).append(at + 1)
            if kind == NOTE:
                section = next((value for value in filled if not value.isdecimal()), "")
            continue
        result.lines.append(Line(at + 1, tuple(row), section))
    return result


def _kind(row: Sequence[Any], filled: Sequence[str], titles: Sequence[str], layout: Layout) -> str:
    """What a row is, when it is no record."""
    if len(filled) >= 3 and is_numbering(filled):
        return NUMBERING
    if TOTALS.match(filled[0]):
        return TOTAL
    words = [normal(text(value)) for value in row]
    same = sum(bool(word) and word in title for word, title in zip(words, titles, strict=False))
    if len(filled) >= 2 and same >= max(2, 0.6 * len(filled)):
        return REPEATED
    # A running number beside it makes no record of a heading.
    told = [value for value in filled if not value.isdecimal()]
    if layout.width >= 3 and len(filled) <= 2 and len(told) == 1 and len(filled) - len(told) <= 1:
        return NOTE if len(filled) == 1 or not _is_record(row, titles) else ""
    return ""


def _is_record(row: Sequence[Any], titles: Sequence[str]) -> bool:
    """A number and a text: a record when the number is more than a running one."""
    numbers = [text(value) for value in row if text(value).isdecimal()]
    return any(len(number) > 3 for number in numbers)


def is_numbering(filled: Sequence[str]) -> bool:
    """1 2 3 …, as forms number their columns."""
    found = [ORDINAL.fullmatch(value) for value in filled]
    if not all(found):
        return False
    numbers = [int(match[1]) for match in found if match]
    return all(later - earlier == 1 for earlier, later in pairwise(numbers))


def samples(lines: Sequence[Line], width: int) -> dict[int, list[str]]:
    """Values by column, from the first lines that have any."""
    found: dict[int, list[str]] = {}
    for column in range(width):
        values = (text(line.cells[column]) for line in lines[: 5 * SAMPLES] if column < len(line.cells))
        found[column] = [value for value in values if value][:SAMPLES]
    return found
