"""Rows of staff against the register: by number, and by how alike they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe

from spbe_attendance.kepegawaian.identity import IdentityError, parse_nip
from spbe_attendance.kepegawaian.impor.kind import plain
from spbe_attendance.kepegawaian.impor.records import BARU, PUTUSAN, PUTUSKAN, Record
from spbe_attendance.tabular.names import alike, letters

NUMBERS = ("nip", "nik", "siasn_id", "nomor_pegawai")
FIELDS = (
    "name", "nip", "nik", "siasn_id", "nomor_pegawai", "nama", "gelar_depan", "gelar_belakang", "status_kepegawaian", "jenis_kelamin",
    "tanggal_lahir", "opd", "jabatan", "golongan", "status", "nomor_hp",
)  # fmt: skip
Person = Mapping[str, Any]


@dataclass
class Register:
    """Persons by each of their numbers, by what names those who have none, and by birth date."""

    by_number: dict[str, dict[str, Person]] = field(default_factory=lambda: {name: {} for name in NUMBERS})
    by_person: dict[tuple[str, str, str], list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> Register:
        """Everybody: a number is unique over all OPD, whoever imports. What others may see of it is the caller's care."""
        return cls.of(_query().run(as_dict=True))

    @classmethod
    def load_some(cls, rows: Sequence[Mapping[str, Any]]) -> Register:
        """Only those who may be one of these."""
        table = frappe.qb.DocType("Pegawai")
        wanted = table.nama.isin([row.get("nama") or "" for row in rows] or [""])
        for number in NUMBERS:
            given = [row[number] for row in rows if row.get(number)]
            if given:
                wanted |= table[number].isin(given)
        return cls.of(_query().where(wanted).run(as_dict=True))

    @classmethod
    def of(cls, rows: Iterable[Person]) -> Register:
        register = cls()
        for row in rows:
            for number in NUMBERS:
                if row[number]:
                    register.by_number[number][row[number].lower()] = row
            register.by_person[person_key(row)].append(row)
            if row["tanggal_lahir"]:
                register.by_birth[str(plain(row["tanggal_lahir"]))].append(row)
        return register

    def find(self, values: Mapping[str, Any]) -> tuple[Person | None, str]:
        """(the person, code of what speaks against it). Numbers decide; who has none is known by name, birth date and OPD."""
        found = {}
        for number in NUMBERS:
            row = self.by_number[number].get(str(values.get(number) or "").lower())
            if row:
                found[row["name"]] = row
        if len(found) > 1:
            return None, "numbers_of_two"
        if found:
            (row,) = found.values()
            if values.get("nik") and row["nik"] and values["nik"] != row["nik"]:
                return None, "nik_differs"
            return row, ""
        if values.get("nip") or values.get("nik"):
            return None, ""
        same = [row for row in self.by_person.get(person_key(values), []) if not row["nip"]]
        return (same[0], "") if len(same) == 1 else (None, "")


def _query() -> Any:
    table = frappe.qb.DocType("Pegawai")
    return frappe.qb.from_(table).select(*[table[name] for name in FIELDS])


def person_key(values: Mapping[str, Any]) -> tuple[str, str, str]:
    return (
        letters(values.get("nama") or ""),
        str(plain(values.get("tanggal_lahir")) or ""),
        values.get("opd") or "",
    )


def find_alike(records: Sequence[Record], register: Register) -> None:
    """New people who may be there already, or stand twice in the sheet: same birth date, similar name, no number against it."""
    in_sheet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.action != BARU:
            continue
        born = str(plain(record.values.get("tanggal_lahir")) or "")
        if not born:
            continue
        for row in register.by_birth.get(born, []):
            if doubtful(record.values, row) and alike(record.values["nama"], row["nama"]):
                record.candidate = row["name"]
                record.warn("alike_stored", row["nama"], severity=PUTUSKAN)
                break
        else:
            for other in in_sheet[born]:
                if doubtful(record.values, other.values) and alike(
                    record.values["nama"], other.values["nama"]
                ):
                    record.warn("alike_sheet", other.label, str(other.row), severity=PUTUSKAN)
                    break
        if any(problem.severity == PUTUSKAN for problem in record.problems):
            record.action = PUTUSAN
        in_sheet[born].append(record)


def doubtful(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two NIK are two people; two NIP are, unless one is a PNS's and one a PPPK's, which one person may have had in turn."""
    if one.get("nik") and other.get("nik") and one["nik"] != other["nik"]:
        return False
    if one.get("nip") and other.get("nip") and one["nip"] != other["nip"]:
        return kind_of(one["nip"]) != kind_of(other["nip"])
    return True


def kind_of(nip: str) -> str:
    try:
        return parse_nip(nip).kind
    except IdentityError:
        return ""
