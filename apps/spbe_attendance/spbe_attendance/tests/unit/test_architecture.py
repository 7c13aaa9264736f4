"""The layers and the house's limits, held by reading the code itself."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2]
FILES = [path for path in APP.rglob("*.py") if "node_modules" not in path.parts]
CODE = [path for path in FILES if "tests" not in path.parts]
ENGINES = ("geofence", "worktime", "evidence")


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(
    "path", [path for path in CODE if path.relative_to(APP).parts[0] in ENGINES], ids=str
)
def test_engines_know_nothing_of_the_framework(path):
    assert not [name for name in imports(path) if name.split(".")[0] == "frappe"]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(APP)))
def test_nothing_imports_the_endpoints(path):
    assert not [name for name in imports(path) if name.startswith("spbe_attendance.api")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_files_and_functions_stay_small(path):
    limit = 600 if "tests" in path.parts else 400
    assert path.read_text(encoding="utf-8").count("\n") <= limit
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef) and "tests" not in path.parts:
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("path", sorted((APP / "api").glob("*.py")), ids=lambda path: path.name)
def test_every_endpoint_is_annotated_documented_and_bound_to_a_method(path):
    for node in parsed(path).body:
        marks = [ast.unparse(mark) for mark in getattr(node, "decorator_list", [])]
        if any("whitelist" in mark for mark in marks):
            assert any("methods=" in mark for mark in marks), node.name
            assert ast.get_docstring(node), node.name
            assert node.returns is not None, node.name
            arguments = [
                *node.args.args,
                *node.args.kwonlyargs,
                *([node.args.kwarg] if node.args.kwarg else []),
            ]
            assert all(argument.annotation for argument in arguments), node.name


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "__init__.py"], ids=str)
def test_no_logic_hides_in_init(path):
    assert all(isinstance(node, ast.Expr | ast.Assign) for node in parsed(path).body)
