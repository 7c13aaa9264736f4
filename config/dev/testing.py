"""./dev test: every suite on a throw-away site, one summary, any failure a non-zero exit."""

from __future__ import annotations

import argparse
import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import building, ports, services, site, stack
from .console import say
from .paths import ENV, FRONTEND, PYTHON, ROOT, SITES, STATE

APP_TESTS = "apps/spbe_attendance/spbe_attendance/tests"
PYTEST = [str(PYTHON), "-m", "pytest", "-q"]


@dataclass(frozen=True)
class Result:
    title: str
    passed: bool
    seconds: float


class Suites:
    """Runs one suite after the other, goes on after a failure, and ends with the summary."""

    def __init__(self) -> None:
        self.results: list[Result] = []

    def add(
        self, title: str, command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None
    ) -> None:
        say(f"\n── {title}")
        began = time.monotonic()
        done = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL)
        self.results.append(Result(title, done.returncode == 0, time.monotonic() - began))

    def summary(self) -> int:
        say("\n── Summary")
        for result in self.results:
            say(f"  {'✓' if result.passed else '✗'} {result.title} ({result.seconds:.0f} s)")
        failed = sum(not result.passed for result in self.results)
        say(f"\nsuites: {len(self.results) - failed} passed, {failed} failed")
        return 1 if failed else 0


def run(options: argparse.Namespace) -> int:
    own = building.build(None, tests=not options.quick)
    building.front_end(own)
    suites = Suites()
    static(suites)
    extra = list(options.pytest)
    suites.add("Python unit tests, no bench", [*PYTEST, f"{APP_TESTS}/unit", *extra])
    suites.add("Front-end unit tests", ["npm", "test"], cwd=FRONTEND)
    suites.add("Bundle builder and realtime server", ["node", "--test", "config/assets/", "config/realtime/"])
    with throwaway_site() as name:
        at_site = {"SPBE_TEST_SITE": name, "SPBE_SITES": str(SITES)}
        suites.add("Frappe integration tests", [*PYTEST, f"{APP_TESTS}/integration", *extra], env=at_site)
        if not options.quick:
            with running_stack(name, own) as (url, logins):
                where = {**at_site, "SPBE_URL": url, "SPBE_HOST": name, "SPBE_LOGINS": str(logins)}
                bench = [*PYTEST, "tests/bench", "-m", "not slow_bench", *extra]
                suites.add("Other benches and checkouts", bench, env=at_site)
                suites.add(
                    "Whole system, in Chromium", [*PYTEST, "tests/e2e", "tests/security", *extra], env=where
                )
    return suites.summary()


def load(options: argparse.Namespace) -> int:
    """tests/load on a throw-away site; the figures go to docs/benchmarks.md."""
    own = building.build(None, extra={"wrk": "wrk"})
    building.front_end(own)
    with throwaway_site() as name, running_stack(name, own) as (url, logins):
        command = [str(PYTHON), "-m", "tests.load.run", "--url", url, "--host", name, "--logins", str(logins)]
        command += ["--seconds", str(options.seconds), "--out", str(ROOT / "docs" / "benchmarks.md")]
        # Afterwards, because its persons would stand beside those that punch.
        recap = [str(PYTHON), "-m", "tests.load.rekap", "--host", name]
        recap += ["--out", str(ROOT / "docs" / "benchmarks-rekap.md")]
        runs = [
            subprocess.run(each, cwd=ROOT, stdin=subprocess.DEVNULL).returncode for each in (command, recap)
        ]
        return max(runs, key=abs)


def static(suites: Suites) -> None:
    ruff = str(ENV / "bin" / "ruff")
    suites.add("Python lint", [ruff, "check", "--quiet", "."])
    suites.add("Python format", [ruff, "format", "--check", "--quiet", "."])
    suites.add("Front-end lint and format", ["npm", "run", "lint"], cwd=FRONTEND)
    suites.add("Front-end types", ["npm", "run", "typecheck"], cwd=FRONTEND)


@contextmanager
def throwaway_site() -> Iterator[str]:
    """A fresh site of random name, removed afterwards with its database."""
    name = f"uji-{uuid.uuid4().hex[:8]}.localhost"
    with services.session() as allotted:
        before = building.remembered()
        default = before.get("site", building.DEFAULT_SITE)
        site.write_config(allotted, before.get("port", 8000), default)
        site.make(name)
        try:
            site.frappe(
                ["--site", name, "set-config", "allow_tests", "true"],
                log="allow-tests",
                what="Allowing tests",
            )
            yield name
        finally:
            site.drop(name)


@contextmanager
def running_stack(name: str, own: bool) -> Iterator[tuple[str, Path]]:
    """The whole stack on that site, on free ports, with demo data; its address and log-in file."""
    allotted = {**ports.allot(True), **free_ports("gunicorn", "socketio", "web")}
    url = f"http://127.0.0.1:{allotted['web']}"
    logins = STATE / f"logins-{name}.json"
    site.demo(name, url, 60, 10, 1, logins=logins)
    child = stack.launch(name, allotted["web"], allotted, own, label="stack-test")
    try:
        stack.wait_until_served(child, name, allotted["web"], allotted["gunicorn"])
        yield url, logins
    finally:
        stack.stop("stack-test")
        logins.unlink(missing_ok=True)


def free_ports(*names: str) -> dict[str, int]:
    found: dict[str, int] = {}
    candidate = 23000
    for name in names:
        candidate += 1
        while not ports.is_free(candidate):
            candidate += 1
        found[name] = candidate
    return found
