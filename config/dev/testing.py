"""./dev test: every suite on a throw-away site, one summary, any failure a non-zero exit."""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from . import building, environments, ports, services, site, stack
from .console import say
from .paths import ENV, FRONTEND, PYTHON, ROOT, SITES, STATE

APP_TESTS = "apps/spbe_attendance/spbe_attendance/tests"
OFFLINE = "test_offline_*.py"
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
PYTEST = [str(PYTHON), "-m", "pytest", "-q"]
# A page that is drawn anew under the test's hand is no fault of the app: one more try, and the summary names who needed it.
BROWSER = [*PYTEST, "--reruns", "1", "-rfER"]
_candidates = itertools.count(23001)


@dataclass(frozen=True)
class Suite:
    title: str
    command: list[str]
    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    title: str
    passed: bool
    seconds: float


class Suites:
    """Runs suites, goes on after a failure, and ends with the summary."""

    def __init__(self) -> None:
        self.results: list[Result] = []

    def add(
        self, title: str, command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None
    ) -> None:
        say(f"\n── {title}")
        self._run(Suite(title, command, cwd, env or {}))

    @contextmanager
    def beside(self, *suites: Suite, afterwards: Callable[[], object] | None = None) -> Iterator[None]:
        """These and ``afterwards``, one after the other, while the body runs; what each says is shown in one piece when both
        have ended.

        A body that breaks off ends them, too.
        """
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
            outputs = [Path(folder, str(number)) for number, _suite in enumerate(suites)]
            broken_off = threading.Event()
            running = pool.submit(self._run_quietly, suites, outputs, broken_off, afterwards)
            try:
                yield
                running.result()
            except BaseException:
                broken_off.set()
                raise
            for suite, output in zip(suites, outputs, strict=True):
                say(f"\n── {suite.title}")
                say(output.read_text(errors="replace").rstrip())

    def _run_quietly(
        self,
        suites: Sequence[Suite],
        outputs: Sequence[Path],
        broken_off: threading.Event,
        afterwards: Callable[[], object] | None,
    ) -> None:
        for suite, output in zip(suites, outputs, strict=True):
            if broken_off.is_set():
                return
            with output.open("wb") as target:
                self._run(suite, target, broken_off)
        if afterwards and not broken_off.is_set():
            afterwards()

    def _run(
        self, suite: Suite, output: IO[bytes] | None = None, broken_off: threading.Event | None = None
    ) -> None:
        began = time.monotonic()
        child = subprocess.Popen(
            suite.command,
            cwd=suite.cwd,
            env={**os.environ, **suite.env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
        )
        try:
            while (code := _code_within(child, 1.0)) is None:
                if broken_off and broken_off.is_set():
                    child.terminate()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        self.results.append(Result(suite.title, code == 0, time.monotonic() - began))

    def summary(self) -> int:
        say("\n── Summary")
        for result in self.results:
            say(f"  {'✓' if result.passed else '✗'} {result.title} ({result.seconds:.0f} s)")
        failed = sum(not result.passed for result in self.results)
        say(f"\nsuites: {len(self.results) - failed} passed, {failed} failed")
        return 1 if failed else 0


def _code_within(child: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit status; None while the program runs."""
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def run(options: argparse.Namespace) -> int:
    own = building.build(None, tests=not options.quick)
    building.front_end(own)
    if not options.quick:
        environments.npm_install(LIGHTHOUSE, "Lighthouse", "--ignore-scripts")
    suites = Suites()
    extra = list(options.pytest)
    with ExitStack() as held:
        # Making a site waits for the database most of its time.
        with suites.beside(*static()):
            name = held.enter_context(throwaway_site())
        at_site = {"SPBE_TEST_SITE": name, "SPBE_SITES": str(SITES)}
        attacked: list[str] = []

        def second_site() -> None:
            attacked.append(held.enter_context(throwaway_site()))

        # Integration tests keep one core busy; what needs neither their site nor the stack takes the other.
        beside = without_site(extra, at_site, options.quick)
        with suites.beside(*beside, afterwards=None if options.quick else second_site):
            suites.add("Frappe integration tests", [*PYTEST, f"{APP_TESTS}/integration", *extra], env=at_site)
        for other in attacked:
            whole_system(suites, name, other, own, extra)
    return suites.summary()


def whole_system(suites: Suites, name: str, attacked: str, own: bool, extra: list[str]) -> None:
    """Attacks have a site and a web server of their own: what they write would be in the way of those who work in the browser."""
    with (
        running_stack(name, own) as where,
        # Jobs of every site are the worker's of the first.
        running_stack(attacked, own, label="stack-attacked", parts=("web", "proxy")) as there,
    ):
        security = [*PYTEST, "tests/security", *extra]
        # Needs no worker and no realtime, and fills the time of the second lane.
        offline = [*BROWSER, *map(str, sorted((ROOT / "tests" / "e2e").glob(OFFLINE))), *extra]
        rest = [*BROWSER, "tests/e2e", f"--ignore-glob=*/{OFFLINE}", *extra]
        with suites.beside(
            Suite("Attacks and roles, over HTTP", security, env=there),
            Suite("Phones without a network", offline, env=there),
        ):
            suites.add("Whole system, in Chromium", rest, env=where)
        # By itself: it judges how long the page keeps the processor busy.
        suites.add("Speed and accessibility", [*PYTEST, "tests/lighthouse", *extra], env=where)


def without_site(extra: list[str], at_site: dict[str, str], quick: bool) -> list[Suite]:
    found = [
        Suite("Python unit tests, no bench", [*PYTEST, f"{APP_TESTS}/unit", *extra]),
        Suite("Front-end unit tests", ["npm", "test"], cwd=FRONTEND),
        Suite("Bundle builder and realtime server", ["node", "--test", "config/assets/", "config/realtime/"]),
    ]
    if not quick:
        bench = [*PYTEST, "tests/bench", "-m", "not slow_bench", *extra]
        found.append(Suite("Other benches and checkouts", bench, env=at_site))
    return found


def load(options: argparse.Namespace) -> int:
    """tests/load on a throw-away site; the figures go to docs/benchmarks.md."""
    own = building.build(None, extra={"wrk": "wrk"})
    building.front_end(own)
    with throwaway_site() as name, running_stack(name, own) as where:
        command = [str(PYTHON), "-m", "tests.load.run", "--url", where["SPBE_URL"], "--host", name]
        command += ["--logins", where["SPBE_LOGINS"]]
        command += ["--seconds", str(options.seconds), "--out", str(ROOT / "docs" / "benchmarks.md")]
        # Afterwards, because its persons would stand beside those that punch.
        recap = [str(PYTHON), "-m", "tests.load.rekap", "--host", name]
        recap += ["--out", str(ROOT / "docs" / "benchmarks-rekap.md")]
        imports = [str(PYTHON), "-m", "tests.load.impor", "--host", name]
        imports += ["--out", str(ROOT / "docs" / "benchmarks-impor.md")]
        runs = [
            subprocess.run(each, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
            for each in (command, recap, imports)
        ]
        return max(runs, key=abs)


def static() -> list[Suite]:
    ruff = str(ENV / "bin" / "ruff")
    return [
        Suite("Python lint", [ruff, "check", "--quiet", "."]),
        Suite("Python format", [ruff, "format", "--check", "--quiet", "."]),
        Suite("Front-end lint and format", ["npm", "run", "lint"], cwd=FRONTEND),
        Suite("Front-end types", ["npm", "run", "typecheck"], cwd=FRONTEND),
    ]


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
def running_stack(
    name: str, own: bool, *, label: str = "stack-test", parts: Sequence[str] = ()
) -> Iterator[dict[str, str]]:
    """The whole stack or parts of it on that site, on free ports, with demo data; what tests read from the environment."""
    allotted = {**ports.allot(True), **free_ports("gunicorn", "socketio", "web")}
    url = f"http://127.0.0.1:{allotted['web']}"
    logins = STATE / f"logins-{name}.json"
    site.demo(name, url, 60, 10, 1, logins=logins)
    child = stack.launch(name, allotted["web"], allotted, own, label=label, parts=parts)
    try:
        stack.wait_until_served(child, name, allotted["web"], allotted["gunicorn"])
        yield {
            "SPBE_TEST_SITE": name,
            "SPBE_SITES": str(SITES),
            "SPBE_URL": url,
            "SPBE_HOST": name,
            "SPBE_LOGINS": str(logins),
        }
    finally:
        stack.stop(label)
        logins.unlink(missing_ok=True)


def free_ports(*names: str) -> dict[str, int]:
    """No number twice in the life of this command: a part that still starts does not hold its port yet."""
    return {name: next(port for port in _candidates if ports.is_free(port)) for name in names}
