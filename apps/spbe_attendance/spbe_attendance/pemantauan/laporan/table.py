"""A report before it is a page on the screen, a spreadsheet or a printed sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spbe_attendance.pemantauan.laporan.scope import Scope

TEXT, NUMBER, DECIMAL, CODE, IDENTITY = "text", "number", "decimal", "code", "identity"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """``group``: heading above neighbours of the same group. ``width``: share of the printed page's width.

    ``under``: key of the column in whose printed cell this one is put as a second line, because paper is narrow.
    ``screen``, ``paper``: where it is shown.
    """

    key: str
    label: str
    kind: str = TEXT
    group: str = ""
    width: float = 3
    under: str = ""
    screen: bool = True
    paper: bool = True
    bold: bool = False


@dataclass(slots=True)
class Part:
    """A sheet of its own, for instance of an employment status. ``total``: a last line of sums, or None."""

    title: str
    rows: list[Row]
    total: Row | None = None


@dataclass(slots=True)
class Table:
    """``facts``: lines of (label, text) below the title. ``legend``: (code, meaning). ``notes``: sentences below the table.

    ``draft``: why this is not final yet, empty when it is; ``seal``: SHA-256 of the closed month's rows.
    ``root``: sentence with the root of the month's sealed punches, empty when there is none.
    ``small``: many narrow columns; ``portrait``: few enough for the sheet to stand.
    """

    title: str
    period: str
    scope: Scope
    columns: list[Column]
    parts: list[Part]
    facts: list[tuple[str, str]] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    summary: list[tuple[str, Any]] = field(default_factory=list)
    draft: str = ""
    seal: str = ""
    root: str = ""
    small: bool = False
    portrait: bool = False

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)
