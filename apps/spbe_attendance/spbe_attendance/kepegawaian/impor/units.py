"""Which OPD a text means: its code, name, abbreviation or SIASN id, as people write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import frappe

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.names import nearest, office
from spbe_attendance.tabular.titles import normal

FIELDS = ["name", "kode", "nama_opd", "singkatan", "unor_id", "induk", "is_group"]


class Units:
    """``allowed``: the OPD that may be written into; None for all. ``chosen``: what people have said a text means."""

    def __init__(self, allowed: Collection[str] | None = None, chosen: Mapping[str, str] | None = None):
        self.rows = frappe.get_all("OPD", fields=FIELDS, order_by="lft")
        self.by_name = {row.name: row for row in self.rows}
        self.allowed = None if allowed is None else set(allowed)
        self.chosen = {normal(written): opd for written, opd in (chosen or {}).items() if opd}
        self.unknown: dict[str, dict[str, Any]] = {}
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._office: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            for word in (row.kode, row.nama_opd, row.singkatan):
                if word:
                    self._exact[normal(word)].add(row.name)
            self._office[office(row.nama_opd)].add(row.name)
        self._siasn = {row.unor_id.lower(): row.name for row in self.rows if row.unor_id}
        self._found: dict[str, tuple[str, bool] | BadValue] = {}

    def by_siasn(self, unor_id: object) -> str | None:
        return self._siasn.get(text(unor_id).lower())

    def find(self, written: object) -> tuple[str, bool]:
        """Name, and whether the words differ from the register's. Raises BadValue: opd_unknown, opd_ambiguous."""
        words = text(written)
        found = self._found.get(words)
        if found is None:
            try:
                found = self._find(words)
            except BadValue as bad:
                found = bad
            self._found[words] = found
        if isinstance(found, BadValue):
            if found.code == "opd_unknown":
                self.unknown[words]["count"] += 1
            raise found
        return found

    def _find(self, words: str) -> tuple[str, bool]:
        key = normal(words)
        if key in self.chosen and self.chosen[key] in self.by_name:
            return self.chosen[key], False
        for table, word, differs in ((self._exact, key, False), (self._office, office(words), True)):
            names = self._preferred(table.get(word, set()))
            if len(names) == 1:
                return next(iter(names)), differs
            if names:
                codes = ", ".join(sorted(self.by_name[name].kode for name in names)[:5])
                raise BadValue("opd_ambiguous", codes)
        near = nearest(words, {office(row.nama_opd): row.name for row in self._choice()})
        self.unknown[words] = {"count": 0, "near": near}
        raise BadValue("opd_unknown", ", ".join(self.by_name[name].nama_opd for name in near))

    def _preferred(self, names: set[str]) -> set[str]:
        """Of several with one name, those that may be written into."""
        return names & self.allowed or names if self.allowed is not None else names

    def _choice(self) -> list[Any]:
        return [row for row in self.rows if self.allowed is None or row.name in self.allowed]
