"""Every source string that people see has an Indonesian row, and none has two."""

import ast
import csv
import json
import re
from collections import Counter
from pathlib import Path

from spbe_attendance.worktime import codes, explain

APP = Path(__file__).resolve().parents[2]
TABLE = APP / "translations" / "id.csv"
# Words that are Indonesian already, or the same in both languages.
SAME = {"OPD", "NIP", "NIK", "Status", "Pegawai", "lft", "rgt", "Absensi", "SPBE Absensi"}
WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
# Records that the framework shows by name and label, beside DocTypes and reports.
SHOWN = (
    "number_card",
    "dashboard_chart",
    "onboarding_step",
    "module_onboarding",
    "print_format",
    "workspace",
)
TEXTS = (
    "name",
    "label",
    "title",
    "subtitle",
    "description",
    "success_message",
    "action_label",
    "callback_title",
)
TEXTS += ("callback_message", "chart_name", "format")
ROLE = re.compile(r'^    "([^"]+)": (?:True|False),$', re.MULTILINE)
# A role of the framework, and a colour that is never shown as a word.
FRAMEWORKS = ("System Manager", "Warning")
# What a widget or a dialog is given outright, instead of through __().
JS_LABEL = re.compile(
    r"""\b(?:label|title|description|message|placeholder|primary_action_label):\s*(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
)
# A template literal, a sum or a choice inside the brackets is found in no table.
JS_UNREADABLE = re.compile(
    r"""(?<![\w.])__\(\s*(?:`|(?!["'])[^()\n]*\?\s*["'`]|(["'])(?:\\.|(?!\1).)*\1\s*\+)"""
)
JINJA_STRING = re.compile(r"""(?<![\w.])_\(\s*(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""")
JS_STRING = re.compile(r"""(?<![\w.])__\(\s*(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""")


def rows():
    with TABLE.open(encoding="utf-8", newline="") as source:
        return [row for row in csv.reader(source) if row]


def python_strings():
    for path in APP.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                argument = node.args[0]
                if isinstance(argument, ast.Constant):
                    yield argument.value
                assert not isinstance(argument, ast.JoinedStr), (
                    f"{path}: an f-string is never found in a table"
                )


def javascript_strings():
    for path in APP.rglob("*.js"):
        if "frontend" not in path.parts:
            yield from (found["text"] for found in JS_STRING.finditer(path.read_text(encoding="utf-8")))


def doctype_strings():
    for path in APP.glob("*/doctype/*/*.json"):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            yield from (field[key] for key in ("label", "description") if field.get(key))


def scripts():
    return {
        path: path.read_text(encoding="utf-8") for path in APP.rglob("*.js") if "frontend" not in path.parts
    }


def jinja_strings():
    for path in APP.rglob("*.html"):
        if "www" not in path.parts:
            yield from (found["text"] for found in JINJA_STRING.finditer(path.read_text(encoding="utf-8")))


def documents(kind):
    return [json.loads(path.read_text(encoding="utf-8")) for path in APP.glob(f"*/{kind}/*/*.json")]


def names():
    """What Desk shows of records without any __(): names, options, labels, and the words of workflows and roles."""
    for doc in documents("doctype"):
        yield doc["name"]
        yield from (link.get("group") or "" for link in doc.get("links", []))
        for field in doc["fields"]:
            if field["fieldtype"] == "Select":
                yield from (field.get("options") or "").split("\n")
    for doc in (*documents("report"), *documents("page")):
        yield from (doc["name"], doc.get("title") or "")
    for doc in (row for kind in SHOWN for row in documents(kind)):
        for row in (doc, *doc.get("links", []), *doc.get("shortcuts", []), *workspace_blocks(doc)):
            yield from (row[key] for key in TEXTS if isinstance(row.get(key), str))
    yield from workflow_words()
    yield from (role for role in ROLE.findall((APP / "setup" / "roles.py").read_text(encoding="utf-8")))
    yield from (found["text"] for text in scripts().values() for found in JS_LABEL.finditer(text))


def workspace_blocks(doc):
    """Headings: markup around their text."""
    for block in json.loads(doc.get("content") or "[]"):
        yield {"label": re.sub(r"<[^>]+>", " ", block["data"].get("text", ""))}


def workflow_words():
    """States, actions and names; conditions are expressions, with dots or spaces at an end."""
    for node in ast.walk(ast.parse((APP / "setup" / "workflow.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Step", "Table"):
            texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            words = [text for text in texts if isinstance(text, str) and text == text.strip()]
            yield from (word for word in words if "." not in word and word not in FRAMEWORKS)


def english_words():
    """Words of the table's sources that no Indonesian sentence of it has. Abbreviations are of no language."""
    table = [row for row in rows() if row[0] != row[1]]
    indonesian = {word.lower() for row in table for word in WORD.findall(row[1])}
    english = {word.lower() for row in table for word in WORD.findall(row[0]) if not word.isupper()}
    return english - indonesian


def test_names_are_indonesian_or_translated():
    """One rule in place of a row for each: the product's nouns are Indonesian in the source, so no word of a name is English."""
    known, english = {row[0] for row in rows()}, english_words()
    found = {
        name
        for name in names()
        if name not in known
        and any(word.lower() in english for word in WORD.findall(name) if not word.isupper())
    }
    assert sorted(found) == []


def test_the_rule_about_names_notices_english():
    assert {"waiting", "approval"} <= english_words()
    assert english_words().isdisjoint({"menunggu", "persetujuan", "pegawai", "lokasi"})


def test_scripts_hand_whole_sentences_to_the_translation():
    """Glued or chosen inside the brackets, a text is found in no table."""
    found = [
        f"{path.name}: {hit[0]}" for path, text in scripts().items() for hit in JS_UNREADABLE.finditer(text)
    ]
    assert found == []


def test_every_string_that_people_see_is_translated():
    wanted = {*python_strings(), *javascript_strings(), *jinja_strings(), *doctype_strings()} - SAME
    assert sorted(wanted - {row[0] for row in rows()}) == []


def test_no_source_string_ends_in_a_space():
    """Frappe looks a string up without the space around it and never finds such a row."""
    wanted = {*python_strings(), *javascript_strings(), *(row[0] for row in rows())}
    assert sorted(text for text in wanted if text != text.strip()) == []


def test_no_source_string_has_two_translations():
    assert [text for text, count in Counter(row[0] for row in rows()).items() if count > 1] == []


def test_placeholders_survive_translation():
    for source, target, *_context in rows():
        assert sorted(re.findall(r"\{\d+\}", source)) == sorted(re.findall(r"\{\d+\}", target)), source


def test_every_sentence_about_a_day_is_translated():
    """Services put the engine's templates through the translation by variable, which the readers above cannot see."""
    wanted = {*explain.TEMPLATES.values(), codes.LOCAL_CONTRACT}
    assert sorted(wanted - {row[0] for row in rows()}) == []
