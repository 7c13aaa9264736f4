"""A row of a register of staff: numbers, name, employment, unit. docs/panduan/impor.md tells it to users."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import frappe
import phonenumbers

from spbe_attendance.kepegawaian import identity, phones
from spbe_attendance.kepegawaian.impor import people
from spbe_attendance.kepegawaian.impor.kind import Kind, repeated
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.kepegawaian.impor.records import PERINGATAN, Record, Row
from spbe_attendance.tabular import dates, names, words
from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.numbers import identifier

YOUNGEST, OLDEST = 15, 90
STATUS = {"aktif": "Aktif", "pensiun": "Pensiun", "pindah": "Pindah", "mutasi": "Pindah"}
INACTIVE = (
    "cltn",
    "tugas belajar",
    "pemberhentian",
    "uang tunggu",
    "nonaktif",
    "non aktif",
    "tidak aktif",
    "berhenti",
    "meninggal",
    "wafat",
)


FROM_NUMBERS = ("tanggal_lahir", "jenis_kelamin", "status_kepegawaian")
# What Mutasi Pegawai changes from a day on; a sheet has no day, and corrects.
DATED = {"opd", "status_kepegawaian", "status"}


class KindPegawai(Kind):
    doctype = "Pegawai"
    compared = (
        "nip", "nik", "siasn_id", "nama", "gelar_depan", "gelar_belakang", "status_kepegawaian", "jenis_kelamin", "tanggal_lahir", "opd",
        "jabatan", "golongan", "status", "nomor_hp",
    )  # fmt: skip

    def record(self, row: Row) -> Record:
        record = row.record
        nip, nik = read_nip(row), read_nik(row)
        values = {"nip": nip.value if nip else None, "nik": nik.value if nik else None}
        values |= {
            "siasn_id": row.text("siasn_id", 64) or None,
            "nomor_pegawai": row.text("nomor_pegawai", 20) or None,
        }
        values |= read_name(row)
        values["tanggal_lahir"] = self.birth(row, nip, nik)
        values["jenis_kelamin"] = read_sex(row, nip, nik)
        values["status_kepegawaian"] = read_employment(row, nip)
        values["status"] = read_status(row)
        values["opd"] = self.unit(row)
        if not values["opd"] and not record.broken:
            row.problem("opd", "opd_missing", group=True)
        values["jabatan"] = row.text("jabatan") or None
        values["golongan"] = row.read("golongan", words.grade, severity=PERINGATAN)
        values["nomor_hp"] = row.read("nomor_hp", phone, severity=PERINGATAN)
        record.values = {key: value for key, value in values.items() if value}
        record.label = str(values["nama"] or "")
        record.facts["guessed"] = [field for field in FROM_NUMBERS if row.raw(field) is None]
        return record

    def birth(self, row: Row, nip: identity.Nip | None, nik: identity.Nik | None) -> date | None:
        """As written; where nothing is, the NIP's. A difference is told and never refused: the BKN corrects dates, NIP stay."""
        today = frappe.utils.getdate()
        born = row.read("tanggal_lahir", lambda value: dates.parse(value, today))
        if born is None:
            return nip.born if nip else None
        if not YOUNGEST <= today.year - born.year <= OLDEST:
            row.problem("tanggal_lahir", "age", severity=PERINGATAN)
        if nip and nip.born != born:
            row.problem("tanggal_lahir", "born_nip", severity=PERINGATAN)
        if nik and (nik.day, nik.month, nik.year) != (born.day, born.month, born.year % 100):
            row.problem("tanggal_lahir", "born_nik", severity=PERINGATAN)
        return born

    def match(self, records: Sequence[Record]) -> None:
        sound = [record for record in records if not record.broken]
        for field, code in (
            ("nip", "nip_twice"),
            ("nik", "nik_twice"),
            ("siasn_id", "siasn_twice"),
            ("nomor_pegawai", "number_twice"),
        ):
            repeated(sound, field, code)
        register = people.Register.load()
        seen: dict[str, int] = {}
        for record in records:
            stored = None if record.broken else self.stored_person(record, register)
            if stored and stored["name"] in seen:
                record.refuse("person_twice", str(seen[stored["name"]]))
            if stored:
                seen.setdefault(stored["name"], record.row)
            self.settle(record, stored)
            if DATED & record.before.keys():
                record.warn("undated")
        people.find_alike(records, register)

    def stored_person(self, record: Record, register: people.Register) -> Mapping[str, Any] | None:
        found, doubt = register.find(record.values)
        if doubt:
            record.refuse(doubt)
            return None
        if found and self.scope.opds is not None and found["opd"] not in self.scope.opds:
            record.refuse("person_outside")
            return None
        if found and record.values.get("nip") and found["nip"] and found["nip"] != record.values["nip"]:
            record.warn("nip_changes")
        return found

    def present(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        register = people.Register.load_some(rows)
        found = ((at, register.find(values)[0]) for at, values in enumerate(rows))
        return {at: stored["name"] for at, stored in found if stored}


def read_number(row: Row, field: str, length: int, parse: Callable[[str], Any]) -> Any:
    """A parsed NIP or NIK, or None after a problem."""
    value = row.raw(field)
    if value is None:
        return None
    number = identifier(value)
    if number.known:
        row.problem(field, "damaged", group=True)
        return None
    if not number.text:
        return None
    try:
        return parse(number.text)
    except identity.IdentityError as error:
        row.problem(field, f"identity_{error.code}", str(length))
        return None


def read_nip(row: Row) -> identity.Nip | None:
    nip = read_number(row, "nip", 18, identity.parse_nip)
    if nip and nip.warnings:
        row.problem("nip", "nip_age", severity=PERINGATAN)
    return nip


def read_nik(row: Row) -> identity.Nik | None:
    return read_number(row, "nik", 16, identity.parse_nik)


def read_name(row: Row) -> dict[str, str | None]:
    """Titles have fields of their own: taken out of the name unless columns give them."""
    written = row.text("nama")
    if not written or not any(char.isalpha() for char in written):
        row.problem("nama", "name_missing")
        return {"nama": None}
    if hide(written) != written:
        row.problem("nama", "number_in_name")
        return {"nama": None}
    split = names.person(written)
    return {
        "nama": split.name,
        "gelar_depan": row.text("gelar_depan") or split.front or None,
        "gelar_belakang": row.text("gelar_belakang") or split.behind or None,
    }


def read_sex(row: Row, nip: identity.Nip | None, nik: identity.Nik | None) -> str | None:
    told = row.read("jenis_kelamin", words.sex)
    female = nip.female if nip else nik.female if nik else None
    number = None if female is None else words.FEMALE if female else words.MALE
    if told and number and told != number:
        row.problem("jenis_kelamin", "sex_differs", number, severity=PERINGATAN)
    return told or number


def read_employment(row: Row, nip: identity.Nip | None) -> str | None:
    """From the record; the number is asked only where the record says nothing, for it cannot tell part-time from full-time."""
    told = row.read("status_kepegawaian", words.employment)
    if told is None:
        if row.raw("status_kepegawaian") is not None:
            return None
        guessed = (words.PNS if nip.kind == "PNS" else words.PPPK) if nip else words.NON_ASN
        if nip is None and row.raw("nip") is not None:
            return None
        row.problem("status_kepegawaian", "employment_guessed", guessed, severity=PERINGATAN, group=True)
        return guessed
    civil = told in (words.PNS, words.CPNS)
    if nip and (civil != (nip.kind == "PNS") or told in (words.NON_ASN, words.OUTSOURCED)):
        row.problem("status_kepegawaian", "employment_differs", nip.kind, severity=PERINGATAN)
    if nip is None and row.raw("nip") is None and told not in (words.NON_ASN, words.OUTSOURCED):
        row.problem("nip", "nip_missing", severity=PERINGATAN, group=True)
    return told


def phone(value: Any) -> str:
    """As the register keeps it. A column of quantities has lost the zero in front. Raises BadValue: phone."""
    written = identifier(value).text
    try:
        number = phonenumbers.parse(written, phones.REGION)
    except phonenumbers.NumberParseException as error:
        raise BadValue("phone") from error
    if not phonenumbers.is_possible_number(number):
        raise BadValue("phone")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def read_status(row: Row) -> str | None:
    """Legal position as SIASN writes it: "PPPK Aktif", "CLTN", "Pensiun". None where the sheet says nothing."""
    written = text(row.raw("status")).lower()
    if not written:
        return None
    if any(word in written for word in INACTIVE):
        return "Nonaktif"
    for word, status in STATUS.items():
        if word in written:
            return status
    row.problem("status", "status_unknown", severity=PERINGATAN)
    return None
