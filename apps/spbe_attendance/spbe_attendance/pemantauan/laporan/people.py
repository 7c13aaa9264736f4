"""How persons are named and ordered on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe.utils.caching import request_cache

from spbe_attendance.overrides.database_query import hidden_fields

# Pangkat of PNS by golongan/ruang; PPPK have golongan but no pangkat.
PANGKAT = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tk. I",
    "I/c": "Juru",
    "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tk. I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tk. I",
    "III/c": "Penata",
    "III/d": "Penata Tk. I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tk. I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
# What reports show of a person. NIK is not among it: no report shows it.
FIELDS = (
    "name",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "nip",
    "nomor_pegawai",
    "golongan",
    "jabatan",
    "opd",
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def read(names: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
    """``FIELDS`` by name of Pegawai, of everybody without ``names``. One statement."""
    filters = {} if names is None else {"name": ["in", list(names) or [""]]}
    return {row.name: row for row in frappe.get_all("Pegawai", filters, list(FIELDS), order_by=None)}


def full_name(person: Mapping[str, Any]) -> str:
    """With titles: "Dr. Nama, S.Sos."."""
    name = " ".join(part for part in (person.get("gelar_depan"), person.get("nama")) if part)
    return f"{name}, {person['gelar_belakang']}" if person.get("gelar_belakang") else name


def number(person: Mapping[str, Any]) -> str:
    """NIP or NI PPPK; for those without one the number that the system gave, never the NIK."""
    return str(person.get("nip") or person.get("nomor_pegawai") or "")


def shown_number(person: Mapping[str, Any]) -> str:
    """``number`` for those who may read NIP; leaders see names."""
    return "" if _numbers_hidden(frappe.session.user) else number(person)


@request_cache
def _numbers_hidden(user: str) -> bool:
    return "nip" in hidden_fields("Pegawai", user)


def rank(person: Mapping[str, Any]) -> str:
    """ "Penata Muda (III/a)"; golongan alone for PPPK."""
    grade = str(person.get("golongan") or "")
    name = PANGKAT.get(grade)
    return f"{name} ({grade})" if name else grade


def order(person: Mapping[str, Any]) -> tuple[int, str, str, str]:
    """Highest golongan first, then by name, as staff lists of an office are kept."""
    roman, _slash, letter = str(person.get("golongan") or "").partition("/")
    return (
        -_roman(roman),
        _descending(letter),
        str(person.get("nama") or "").casefold(),
        str(person.get("name") or ""),
    )


def _roman(text: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in text]
    after = [*values, 0][1:]
    return sum(-value if value < later else value for value, later in zip(values, after, strict=True))


def _descending(letter: str) -> str:
    return "".join(chr(ord("z") - ord(character.lower()) + ord("a")) for character in letter[:1]) or "~"
