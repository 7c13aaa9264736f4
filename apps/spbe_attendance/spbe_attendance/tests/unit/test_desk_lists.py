"""Every list that somebody works with has settings for a phone, words beside its colours, and says what to do when it is empty."""

import json
import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2]
EMPTY = (APP / "public" / "js" / "kosong.bundle.js").read_text(encoding="utf-8")
# What the framework's administrator alone sees is no list of work.
NOT_WORK = {"System Manager", "Administrator"}


def worked_with(doc) -> bool:
    readers = {row["role"] for row in doc["permissions"] if row.get("read")}
    return not doc.get("istable") and not doc.get("issingle") and bool(readers - NOT_WORK)


DOCS = {
    doc["name"]: path
    for path in sorted(APP.glob("*/doctype/*/*.json"))
    if worked_with(doc := json.loads(path.read_text(encoding="utf-8")))
}


def settings(doctype: str) -> str:
    path = DOCS[doctype].with_name(f"{DOCS[doctype].stem}_list.js")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@pytest.mark.parametrize("doctype", DOCS)
def test_a_phone_has_a_second_line_of_words(doctype):
    assert re.search(r"describe_rows|simple_list|permohonan\.list_settings", settings(doctype))


@pytest.mark.parametrize("doctype", DOCS)
def test_an_empty_list_says_what_to_do(doctype):
    assert re.search(rf'^\t"?{re.escape(doctype)}"?: __\(', EMPTY, re.MULTILINE)


@pytest.mark.parametrize("doctype", DOCS)
def test_a_list_can_be_filtered_without_building_a_filter(doctype):
    fields = json.loads(DOCS[doctype].read_text(encoding="utf-8"))["fields"]
    shown = [field for field in fields if field["fieldtype"] not in ("Section Break", "Column Break", "HTML")]
    assert any(field.get("in_standard_filter") for field in fields) or len(shown) < 6


@pytest.mark.parametrize("doctype", [name for name in DOCS if "get_indicator" in settings(name)])
def test_colours_come_with_a_word(doctype):
    for returned in re.findall(r"\[\s*([^\[\],]+),\s*[^\]]*?(?:green|gray)", settings(doctype)):
        assert re.match(r"__\(|doc\.|word|\"–\"|label|text", returned.strip()), returned
