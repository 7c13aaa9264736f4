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


def test_every_string_that_people_see_is_translated():
    wanted = {*python_strings(), *javascript_strings(), *doctype_strings()} - SAME
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
