"""Every rule can be told, in both languages."""

import ast
import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from spbe_attendance.worktime.explain import TEMPLATES, english
from spbe_attendance.worktime.types import Reason

APP = Path(__file__).resolve().parents[2]


def told():
    """Keys and numbers of arguments of all reasons that the engine's code builds; None where a star hides the number."""
    for path in (APP / "worktime").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                arguments = node.args[1] if len(node.args) > 1 else ast.Tuple([])
                counted = isinstance(arguments, ast.Tuple) and not any(
                    isinstance(item, ast.Starred) for item in arguments.elts
                )
                for constant in ast.walk(node.args[0]):
                    if isinstance(constant, ast.Constant):
                        yield constant.value, len(arguments.elts) if counted else None


def test_every_reason_has_its_sentence_and_every_sentence_its_reason():
    assert {key for key, _count in told()} == set(TEMPLATES)


@pytest.mark.parametrize(("key", "count"), sorted((key, count) for key, count in told() if count is not None))
def test_a_reason_brings_what_its_sentence_needs(key, count):
    assert english(Reason(key, ("x",) * count)).count("x") >= count
    if count:
        with pytest.raises(IndexError):
            english(Reason(key, ("x",) * (count - 1)))


def test_every_sentence_has_an_indonesian_row():
    with (APP / "translations" / "id.csv").open(encoding="utf-8", newline="") as source:
        known = {row[0] for row in csv.reader(source) if row}
    assert sorted(set(TEMPLATES.values()) - known) == []


def test_arguments_are_plain_and_services_format_them():
    reason = Reason("permit", ("CT", date(2026, 11, 9), datetime(2026, 11, 10, 7, 30), Decimal("0.5")))
    assert english(reason) == "Approved CT, 2026-11-09 to 2026-11-10 07:30; letter 0.5."
