"""Every field of every DocType is classified: whoever adds one says whether it is personal data, and docs/privasi/ropa.md follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spbe_attendance.privasi import register, ropa

APP = Path(__file__).resolve().parents[2]
DOCUMENT = APP.parents[2] / "docs" / "privasi" / "ropa.md"
SHOWS_NOTHING = {"Section Break", "Column Break", "HTML", "Tab Break", "Button", "Heading", "Fold"}
# Fields of these names or kinds tell of a person, wherever they turn up.
TELLING = {"nik", "nip", "nomor_hp", "tanggal_lahir"}
FILES = sorted(APP.glob("*/doctype/*/*.json"))
DOCTYPES = {
    definition["name"]: definition
    for path in FILES
    if (definition := json.loads(path.read_text(encoding="utf-8"))).get("doctype") == "DocType"
}
WITHOUT = register.raw()["tanpa_data_pribadi"]


def fields(doctype: str) -> dict[str, dict]:
    return {
        field["fieldname"]: field
        for field in DOCTYPES[doctype]["fields"]
        if field["fieldtype"] not in SHOWS_NOTHING
    }


def tells_of_a_person(field: dict) -> bool:
    links = field["fieldtype"] == "Link" and field.get("options") in ("Pegawai", "User", "Registrasi Pegawai")
    picture = field["fieldtype"] == "Attach Image" and field["fieldname"] == "foto"
    return links or picture or field["fieldname"] in TELLING


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_every_doctype_is_classified_once(doctype):
    assert (doctype in register.entries()) + (doctype in WITHOUT) == 1, (
        f"{doctype}: say in setup/data/personal_data.json which of its fields are personal data"
    )


@pytest.mark.parametrize("doctype", WITHOUT)
def test_what_is_said_to_have_no_personal_data_has_no_field_that_tells_of_a_person(doctype):
    assert [name for name, field in fields(doctype).items() if tells_of_a_person(field)] == []


@pytest.mark.parametrize("entry", register.entries().values(), ids=lambda entry: entry.doctype)
def test_every_field_is_named_once_and_none_is_invented(entry):
    named = [name for names in entry.fields.values() for name in names]
    assert sorted(named) == sorted(fields(entry.doctype))


@pytest.mark.parametrize("entry", register.entries().values(), ids=lambda entry: entry.doctype)
def test_what_tells_of_a_person_is_not_called_anything_else(entry):
    told = {name for name, field in fields(entry.doctype).items() if tells_of_a_person(field)}
    assert told & set(entry.of_kind(register.OTHER)) == set()


@pytest.mark.parametrize("entry", register.entries().values(), ids=lambda entry: entry.doctype)
def test_every_doctype_is_either_handed_out_or_says_why_not(entry):
    assert bool(entry.owner) != bool(entry.withheld)
    assert entry.purpose and entry.basis and entry.kept
    assert set(entry.fields) <= set(register.raw()["jenis"])


def test_fields_with_a_nik_are_read_by_those_alone_who_must():
    """Permlevel 1 is BKPSDM's; hidden hashes are nobody's."""
    open_to_all = [
        (entry.doctype, name)
        for entry in register.entries().values()
        for name in entry.of_kind(register.NIK)
        if not fields(entry.doctype)[name].get("permlevel") and not fields(entry.doctype)[name].get("hidden")
    ]
    assert open_to_all == []


def test_the_record_of_processing_is_the_register():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert ropa.renewed(text) == text, f"python -m {ropa.__name__} docs/privasi/ropa.md"


def test_the_assessment_names_every_kind_of_data():
    text = (DOCUMENT.parent / "dpia.md").read_text(encoding="utf-8")
    assert [kind for kind in register.raw()["jenis"] if f"**{kind}**" not in text] == ["lain"]
