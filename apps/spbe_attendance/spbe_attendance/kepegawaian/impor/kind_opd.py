"""A row of the tree of OPD: by code, or as SIASN gives its units (Id, NamaUnor, DiatasanId)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import frappe

from spbe_attendance.kepegawaian.impor.kind import Kind, repeated
from spbe_attendance.kepegawaian.impor.records import PERINGATAN, Problem, Record, Row
from spbe_attendance.kepegawaian.impor.scope import Scope
from spbe_attendance.kepegawaian.impor.units import Units
from spbe_attendance.tabular.names import initials
from spbe_attendance.tabular.titles import normal

DEEPEST = 30


class KindOpd(Kind):
    doctype = "OPD"
    compared = ("nama_opd", "singkatan", "unor_id", "induk", "is_group")

    def __init__(self, scope: Scope, units: Units):
        super().__init__(scope, units)
        self.stored = {row.name: row for row in units.rows}

    def record(self, row: Row) -> Record:
        record = row.record
        name = row.text("nama_opd")
        if not name:
            row.problem("nama_opd", "unit_name_missing")
        record.values = {
            "nama_opd": name,
            "kode": row.text("kode"),
            "singkatan": row.text("singkatan"),
            "unor_id": row.text("unor_id", 64),
        }
        record.facts = {"induk": row.text("induk"), "unor_induk": row.text("unor_induk", 64)}
        record.label = name
        return record

    def match(self, records: Sequence[Record]) -> None:
        sound = [record for record in records if not record.broken]
        repeated(sound, "kode", "code_twice")
        repeated(sound, "unor_id", "siasn_twice")
        sound = [record for record in sound if not record.broken]
        known = {record.row: self.find(record.values) for record in sound}
        self.give_codes(sound, known)
        place = self.give_parents(sound)
        for record in records:
            stored = known.get(record.row)
            record.values = {key: value for key, value in record.values.items() if value}
            self.settle(record, stored)
            record.facts["depth"] = place.get(record.row, 0)

    def find(self, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """By SIASN id, by code, by a name that only one has."""
        by_id = self.units.by_siasn(values.get("unor_id"))
        if by_id:
            return self.stored[by_id]
        kode = normal(values.get("kode") or "")
        if kode:
            return next((row for row in self.stored.values() if normal(row.kode) == kode), None)
        wanted = normal(values.get("nama_opd") or "")
        same = [row for row in self.stored.values() if normal(row.nama_opd) == wanted]
        if values.get("unor_id"):
            same = [row for row in same if not row.unor_id]
        return same[0] if len(same) == 1 else None

    def give_codes(self, records: Sequence[Record], known: Mapping[int, Mapping[str, Any] | None]) -> None:
        """The code is the unit's name for ever; a sheet without codes gets them from SIASN's id or from the first letters."""
        taken = {row.kode for row in self.stored.values()} | {record.values["kode"] for record in records}
        for record in records:
            stored = known[record.row]
            if stored:
                record.values["kode"] = stored["kode"]
            elif not record.values["kode"]:
                siasn = record.values["unor_id"]
                code = f"U-{siasn[-8:].upper()}" if siasn else initials(record.label, taken)
                if code in taken:
                    code = initials(code, taken)
                record.values["kode"] = code
                taken.add(code)
                record.warn("code_made", group=True)

    def give_parents(self, records: Sequence[Record]) -> dict[int, int]:
        """Sets ``induk`` and ``is_group``; answers the depth of each row within the sheet: parents come first."""
        by_siasn = {
            record.values["unor_id"].lower(): record for record in records if record.values["unor_id"]
        }
        by_word: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            for word in {normal(record.values["kode"]), normal(record.label)}:
                by_word[word].append(record)
        above: dict[int, Record] = {}
        for record in records:
            parent = self.parent_of(record, by_siasn, by_word)
            if isinstance(parent, Record):
                above[record.row] = parent
                record.values["induk"] = parent.values["kode"]
                parent.values["is_group"] = 1
            elif parent:
                record.values["induk"] = parent
                if not self.stored[parent].is_group:
                    record.problems.append(_grouped(record, self.stored[parent].nama_opd))
        return {record.row: self.depth(record, above) for record in records}

    def parent_of(
        self, record: Record, by_siasn: Mapping[str, Record], by_word: Mapping[str, Sequence[Record]]
    ) -> Record | str | None:
        siasn, words = record.facts["unor_induk"].lower(), normal(record.facts["induk"])
        if siasn:
            parent = by_siasn.get(siasn) or self.units.by_siasn(siasn)
            # The uppermost unit names the agency itself, which is no unit.
            if not parent and len(by_siasn) > 1 and not _is_root(siasn, record, by_siasn):
                record.refuse("parent_unknown", field="unor_induk")
            return None if parent is record else parent
        if not words or words == normal(record.label):
            return None
        in_sheet = by_word.get(words, ())
        if len(in_sheet) == 1:
            return in_sheet[0]
        stored = [
            row.name for row in self.stored.values() if words in (normal(row.kode), normal(row.nama_opd))
        ]
        if len(stored) == 1 and not in_sheet:
            return stored[0]
        record.refuse("parent_ambiguous" if in_sheet or stored else "parent_unknown", field="induk")
        return None

    def depth(self, record: Record, above: Mapping[int, Record]) -> int:
        """How many of the sheet's units stand above it; one that stands below itself, or below a refused one, is refused."""
        chain: list[Record] = []
        at = record
        while at.row in above and len(chain) <= DEEPEST:
            at = above[at.row]
            chain.append(at)
            if at is record:
                break
        if (at is record and chain) or len(chain) > DEEPEST:
            record.refuse("parent_circle")
        else:
            refused = next((parent for parent in chain if parent.broken), None)
            if refused:
                record.refuse("parent_refused", str(refused.row))
        return len(chain)

    def prepare(self, values: Mapping[str, Any]) -> None:
        """A unit that gets its first unit below it."""
        parent = values.get("induk")
        if parent and not frappe.db.get_value("OPD", parent, "is_group"):
            above = frappe.get_doc("OPD", parent, for_update=True)
            above.is_group = 1
            above.save()

    def present(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        fresh = Units()
        codes = {row.kode: row.name for row in fresh.rows}
        return {at: codes[row["kode"]] for at, row in enumerate(rows) if row["kode"] in codes}


def _grouped(record: Record, parent: str) -> Problem:
    return Problem(record.row, None, "", "becomes_group", "", PERINGATAN, (parent,), True)


def _is_root(siasn: str, record: Record, by_siasn: Mapping[str, Record]) -> bool:
    """One unit alone stands below what is not in the sheet."""
    return all(other is record or other.facts["unor_induk"].lower() != siasn for other in by_siasn.values())
