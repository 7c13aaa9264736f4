"""The layers and the house's limits, held by reading the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2]
PACKAGE = APP.name
FILES = sorted(path for path in APP.rglob("*.py") if "node_modules" not in path.parts)
CODE = [path for path in FILES if "tests" not in path.relative_to(APP).parts]
TESTS = [path for path in FILES if path.name.startswith("test_")]
ENGINES = ("geofence", "worktime", "evidence", "signals", "tabular", "disclosure")
ENGINE_CODE = [path for path in CODE if path.relative_to(APP).parts[0] in ENGINES]
# What talks to a disk, a clock of the machine, a network or another process.
OUTSIDE_WORLD = {
    "frappe", "requests", "urllib", "http", "socket", "ssl", "subprocess", "os", "pathlib", "shutil", "tempfile", "redis",
    "sqlite3", "pymysql", "threading", "asyncio", "multiprocessing", "logging", "random", "time",
}  # fmt: skip
SQL_CALLS = ("sql", "multisql", "sql_list", "sql_ddl")
# Desk's tree view reads with GET and POST alike.
ANY_METHOD = {"kepegawaian/doctype/opd/opd.py:get_children"}


def name_of(path: Path) -> str:
    return path.relative_to(APP).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imports(tree: ast.AST, module: str) -> Iterator[str]:
    """Full dotted names of all that a module imports; ``from a import b`` gives ``a.b``, which may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = module.split(".")[: -node.level] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def imported_by(path: Path) -> list[str]:
    parts = path.relative_to(APP.parent).with_suffix("").parts
    return list(imports(parsed(path), ".".join(parts)))


def belongs(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


# Text that the query builder has written once, to be run many times: kehadiran/pencatatan/plan.py.
FROM_BUILDER = {"fields.statement"}


def glued_sql(tree: ast.AST) -> list[str]:
    """Calls of ``….db.sql(…)`` whose statement is anything but a plain string."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in SQL_CALLS and ast.unparse(node.func.value).endswith("db"):
            statement = node.args[0] if node.args else None
            plain = isinstance(statement, ast.Constant) and isinstance(statement.value, str)
            if not (plain or (statement and ast.unparse(statement) in FROM_BUILDER)):
                found.append(ast.unparse(node)[:120])
    return found


def whitelist_mark(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    return next((mark for mark in marks if mark.startswith("frappe.whitelist")), None)


def unannotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    spec = function.args
    arguments = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    names = [argument.arg for argument in arguments if argument is not None and argument.annotation is None]
    missing = [name for name in names if name not in ("self", "cls")]
    return missing if function.returns is not None else [*missing, "return"]


def asserts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """An assert, ``pytest.raises``, a unittest assertion, or a helper of the test file that is named so."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            if called in ("raises", "fail") or called.startswith(("assert", "expect")):
                return True
    return False


@pytest.mark.parametrize("path", ENGINE_CODE, ids=name_of)
def test_engines_know_nothing_of_framework_disk_or_network(path):
    assert [name for name in imported_by(path) if name.split(".")[0] in OUTSIDE_WORLD] == []


@pytest.mark.parametrize("path", ENGINE_CODE, ids=name_of)
def test_engines_know_nothing_of_their_callers(path):
    known = [f"{PACKAGE}.{engine}" for engine in ENGINES]
    ours = [name for name in imported_by(path) if belongs(name, PACKAGE)]
    assert [name for name in ours if not any(belongs(name, engine) for engine in known)] == []


def test_there_are_engines_to_hold():
    assert any(path.parent.name == "geofence" for path in ENGINE_CODE)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_imports_the_endpoints(path):
    if path.relative_to(APP).parts[0] != "api":
        assert [name for name in imported_by(path) if belongs(name, f"{PACKAGE}.api")] == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_only_hooks_name_an_endpoint(path):
    if path.name != "hooks.py":
        assert [text for text in strings(parsed(path)) if text.startswith(f"{PACKAGE}.api.")] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_small(path):
    is_test = path not in CODE
    assert path.read_text(encoding="utf-8").count("\n") <= (600 if is_test else 400)
    if not is_test:
        long = [node.name for node in functions(parsed(path)) if node.end_lineno - node.lineno >= 40]
        assert long == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_every_whitelisted_function_is_annotated_documented_and_bound_to_methods(path):
    for function in functions(parsed(path)):
        mark = whitelist_mark(function)
        if mark is None:
            continue
        assert ast.get_docstring(function), f"{function.name} has no docstring"
        assert unannotated(function) == [], function.name
        open_to_any = f"{name_of(path)}:{function.name}" in ANY_METHOD
        assert "methods=" in mark or open_to_any, f"{function.name}: {mark}"


@pytest.mark.parametrize("path", sorted((APP / "api").glob("*.py")), ids=name_of)
def test_endpoints_query_nothing_themselves(path):
    """Annotate, check, delegate."""
    reached = {ast.unparse(node) for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert reached & {"frappe.db", "frappe.qb", "frappe.get_all", "frappe.get_list"} == set()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_statement_is_glued_together(path):
    assert glued_sql(parsed(path)) == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_every_function_says_what_it_takes_and_gives(path):
    loose = {function.name: unannotated(function) for function in functions(parsed(path))}
    assert {name: missing for name, missing in loose.items() if missing and name != "__init__"} == {}


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "__init__.py"], ids=name_of)
def test_no_logic_hides_in_init(path):
    assert all(isinstance(node, ast.Expr | ast.Assign) for node in parsed(path).body)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_asserts(path):
    tests = [function for function in functions(parsed(path)) if function.name.startswith("test_")]
    assert [function.name for function in tests if not asserts(function)] == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import frappe.utils", "frappe.utils"),
        ("from frappe import _", "frappe._"),
        ("from . import absensi", "spbe_attendance.api.absensi"),
        ("from .absensi import catat", "spbe_attendance.api.absensi.catat"),
        ("from ..api import sesi", "spbe_attendance.api.sesi"),
        ("def f():\n    from spbe_attendance import api", "spbe_attendance.api"),
    ],
)
def test_the_reader_sees_imports_of_every_spelling(source, name):
    assert list(imports(ast.parse(source), "spbe_attendance.api.module")) == [name]


@pytest.mark.parametrize(
    ("source", "glued"),
    [
        ('frappe.db.sql(f"select {x}")', True),
        ('frappe.db.sql("select %s" % x)', True),
        ('frappe.db.sql("select {}".format(x))', True),
        ('frappe.db.sql("select " + x)', True),
        ("frappe.db.sql(statement)", True),
        ('frappe.db.sql("select %s", (x,))', False),
        ('other.sql(f"select {x}")', False),
    ],
)
def test_the_reader_tells_glued_statements_from_plain_ones(source, glued):
    assert bool(glued_sql(ast.parse(source))) is glued
