"""What all kinds of sheets have in common: the unit of a row, rows against what is there already, and differences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from spbe_attendance.kepegawaian.impor.records import BARU, BERUBAH, DITOLAK, PERINGATAN, SAMA, Record, Row
from spbe_attendance.kepegawaian.impor.scope import Scope
from spbe_attendance.kepegawaian.impor.units import Units
from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue

# Coordinates are compared to a tenth of a metre.
DECIMALS = 6
GUESSES = ("employment_guessed", "radius_usual")


class Kind:
    """``doctype``: what a row becomes. ``compared``: fields that a later sheet may change."""

    doctype: ClassVar[str]
    compared: ClassVar[tuple[str, ...]]

    def __init__(self, scope: Scope, units: Units):
        self.scope, self.units = scope, units

    def record(self, row: Row) -> Record:
        """The row's values, with what is wrong with them."""
        raise NotImplementedError

    def match(self, records: Sequence[Record]) -> None:
        """Gives every record its action, by what is there already and by the other rows."""
        raise NotImplementedError

    def present(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        """Which of these values (by place) are documents by now: name."""
        raise NotImplementedError

    def prepare(self, values: Mapping[str, Any]) -> None:
        """What must be so before the row's document is written."""

    def unit(self, row: Row) -> str | None:
        """The OPD of the row: by SIASN id, by words, by the heading above it, or the import's own."""
        by_id = self.units.by_siasn(row.raw("unor_id")) if row.raw("unor_id") else None
        found = by_id or self._unit_in_words(row)
        if found and self.scope.opds is not None and found not in self.scope.opds:
            row.problem("opd", "opd_outside", self.units.by_name[found].nama_opd)
            return None
        return found

    def _unit_in_words(self, row: Row) -> str | None:
        written = row.text("opd")
        if not written:
            return self._unit_of_section(row) or self.scope.opd
        try:
            found, differs = self.units.find(written)
        except BadValue as bad:
            row.problem("opd", bad.code, bad.proposal, text(written), group=True)
            return None
        if differs:
            row.problem(
                "opd", "opd_taken", self.units.by_name[found].nama_opd, severity=PERINGATAN, group=True
            )
        return found

    def _unit_of_section(self, row: Row) -> str | None:
        if not row.line.section or "opd" in row.columns:
            return None
        try:
            return self.units.find(row.line.section)[0]
        except BadValue:
            return None

    def settle(self, record: Record, stored: Mapping[str, Any] | None) -> None:
        """New, changed or the same."""
        if record.broken:
            record.action = DITOLAK
        elif stored is None:
            record.action = BARU
        else:
            record.target = stored["name"]
            self.forget_guesses(record, stored)
            record.before = self.difference(record.values, stored)
            record.action = BERUBAH if record.before else SAMA

    def forget_guesses(self, record: Record, stored: Mapping[str, Any]) -> None:
        """What the sheet does not say was guessed for new records (``facts["guessed"]``); what is registered knows better."""
        for field in record.facts.get("guessed", ()):
            if stored.get(field) not in (None, ""):
                record.values.pop(field, None)
        record.problems = [problem for problem in record.problems if problem.code not in GUESSES]

    def difference(self, values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
        """What is stored in the fields that the sheet gives and that differ. An empty cell changes nothing."""
        return {
            field: plain(stored.get(field))
            for field in self.compared
            if values.get(field) not in (None, "") and not same(values[field], stored.get(field))
        }


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat()[:10] if isinstance(value, date | datetime) else value


def same(one: Any, other: Any) -> bool:
    one, other = plain(one), plain(other)
    if isinstance(one, float) or isinstance(other, float):
        return round(float(one or 0), DECIMALS) == round(float(other or 0), DECIMALS)
    return str(one if one is not None else "") == str(other if other is not None else "")


def digest(values: Mapping[str, Any]) -> str:
    """Of a row's values: a decision holds for these."""
    source = json.dumps({key: plain(value) for key, value in values.items()}, sort_keys=True, default=str)
    return hashlib.sha256(source.encode()).hexdigest()[:32]


def repeated(records: Sequence[Record], field: str, code: str, column: str = "") -> None:
    """Refuses rows whose value stands in a row above already."""
    seen: dict[Any, int] = {}
    for record in records:
        value = record.values.get(field)
        if not value:
            continue
        if value in seen:
            record.refuse(code, str(seen[value]), field=column or field)
        else:
            seen[value] = record.row
