"""One row on its way: what stands in it, what is wrong with it, what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.tabular.cells import Uncached, cell, text
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.layout import Line
from spbe_attendance.tabular.words import is_nothing
from spbe_attendance.tabular.workbook import Place

GALAT, PERINGATAN, PUTUSKAN = "Galat", "Peringatan", "Putuskan"
BARU, BERUBAH, SAMA, DITOLAK, PUTUSAN, DILEWATI = "Baru", "Berubah", "Sama", "Ditolak", "Putusan", "Dilewati"


@dataclass(frozen=True)
class Problem:
    """``column`` from 0, None for the row as a whole. ``shown``: the cell as it may be seen. ``group``: the same of a column is
    told once, with its rows."""

    row: int
    column: int | None
    field: str
    code: str
    shown: str = ""
    severity: str = GALAT
    args: tuple[str, ...] = ()
    group: bool = False


@dataclass
class Record:
    """``values``: fields of the document to be. ``target``: the document that is there already, ``before`` what it says in the
    fields that differ. ``candidate``: whom it may be, for people to decide on."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    label: str = ""
    action: str = ""
    target: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    candidate: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def broken(self) -> bool:
        return any(problem.severity == GALAT for problem in self.problems)

    def refuse(
        self, code: str, *args: str, column: int | None = None, field: str = "", shown: str = ""
    ) -> None:
        self.problems.append(Problem(self.row, column, field, code, shown, GALAT, args))

    def warn(self, code: str, *args: str, severity: str = PERINGATAN, group: bool = False) -> None:
        self.problems.append(Problem(self.row, None, "", code, "", severity, args, group))


class Row:
    """The cells of one line by field; what cannot be read becomes a problem of the record."""

    def __init__(self, line: Line, columns: Mapping[str, int], formulas: set[Place]):
        self.line, self.columns, self.formulas = line, columns, formulas
        self.record = Record(line.row)

    def raw(self, field: str) -> Any:
        """None where there is nothing, or something that people write for nothing."""
        column = self.columns.get(field)
        if column is None:
            return None
        value = cell(self.line.cells, column)
        if isinstance(value, Uncached):
            self.problem(field, "uncached", group=True)
            return None
        if is_nothing(value) and field not in ("latitude", "longitude", "semua_opd"):
            return None
        if value is not None and (self.line.row - 1, column) in self.formulas:
            self.problem(field, "formula", severity=PERINGATAN, group=True)
        return value

    def text(self, field: str, most: int = 140) -> str:
        found = text(self.raw(field))
        if len(found) > most:
            self.problem(field, "too_long", str(most))
            return found[:most]
        return found

    def read(self, field: str, parse: Callable[[Any], Any], severity: str = GALAT) -> Any:
        """The parsed value; None where there is none or it is refused."""
        value = self.raw(field)
        if value is None:
            return None
        try:
            return parse(value)
        except BadValue as bad:
            self.problem(field, bad.code, bad.proposal, severity=severity)
            return None

    def problem(self, field: str, code: str, *args: str, severity: str = GALAT, group: bool = False) -> None:
        column = self.columns.get(field)
        shown = "" if column is None else hide(text(cell(self.line.cells, column)), field)
        self.record.problems.append(
            Problem(self.line.row, column, field, code, shown[:140], severity, args, group)
        )
