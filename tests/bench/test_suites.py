"""Suites beside each other: everything is reported, in one piece each, and one failure anywhere is a non-zero exit."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from config.dev.testing import Suite, Suites


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def says(text: str, code: int = 0) -> list[str]:
    return python(f"import sys; print({text!r}); sys.exit({code})")


@pytest.mark.parametrize(("first", "second", "code"), [(0, 0, 0), (3, 0, 1), (0, 3, 1)])
def test_each_is_reported_and_any_failure_is_the_exit_status(
    capfd: pytest.CaptureFixture[str], first: int, second: int, code: int
):
    suites = Suites()
    with suites.beside(Suite("A", says("of A", first)), Suite("B", says("of B", second))):
        suites.add("C", says("of C"))
    assert suites.summary() == code
    lines = capfd.readouterr().out.splitlines()
    assert lines.index("── A") + 1 == lines.index("of A")
    assert lines.index("── B") + 1 == lines.index("of B")
    assert "of C" in lines
    assert lines[-1] == f"suites: {3 - code} passed, {code} failed"


def test_they_run_while_the_body_runs(tmp_path: Path):
    """Each waits for the other's file: one after the other would never end well."""
    wait = "import pathlib, sys, time\n"
    wait += "pathlib.Path(sys.argv[1]).touch()\n"
    wait += "end = time.monotonic() + 20\n"
    wait += "while not pathlib.Path(sys.argv[2]).exists(): assert time.monotonic() < end; time.sleep(0.05)"
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    suites = Suites()
    with suites.beside(Suite("A", [*python(wait), one, other])):
        suites.add("B", [*python(wait), other, one])
    assert [result.passed for result in suites.results] == [True, True]


def test_a_body_that_breaks_off_ends_them(tmp_path: Path):
    began = time.monotonic()
    mark = tmp_path / "second"
    with (
        pytest.raises(KeyboardInterrupt),
        Suites().beside(
            Suite("A", python("import time; time.sleep(60)")),
            Suite("B", python(f"open({str(mark)!r}, 'w')")),
        ),
    ):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20
    assert not mark.exists()


def test_what_comes_afterwards_runs_after_the_last_and_a_failure_of_it_is_no_silence(
    capfd: pytest.CaptureFixture[str],
):
    suites, seen = Suites(), []
    with suites.beside(
        Suite("A", says("of A")), afterwards=lambda: seen.append([r.title for r in suites.results])
    ):
        pass
    assert seen == [["A"]]
    with pytest.raises(ZeroDivisionError), suites.beside(afterwards=lambda: 1 // 0):
        pass
