"""./dev test: every suite on a throw-away site, one summary, any failure a non-zero exit."""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from . import building, environments, ports, services, site, stack, worlds
from .console import say
from .paths import ENV, FRONTEND, PYTHON, ROOT, SITES

APP_TESTS = "apps/spbe_attendance/spbe_attendance/tests"
PHONES = ("test_offline_*.py", "test_journeys*.py")
PHONE_PARTS = ("web", "proxy", "realtime", "worker")
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
PYTEST = [str(PYTHON), "-m", "pytest", "-q", "--durations=12", "--durations-min=5"]
# A page that is drawn anew under the test's hand is no fault of the app: one more try, and the summary names who needed it.
BROWSER = [*PYTEST, "--reruns", "1", "-rfER"]
# Each clone begins elsewhere, for the reason given in ports.py; below the ports that the kernel gives out.
_candidates = itertools.count(27601 + zlib.crc32(str(ROOT).encode()) % 4000)


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
        made: list[worlds.World] = []
        # Before tests write to the site that they are taken from.
        second = held.enter_context(worlds.copied_site(name))
        untouched = "" if options.quick else held.enter_context(worlds.copied_site(name))

        def fill() -> None:
            made.extend(held.enter_context(worlds.worlds(untouched, 3)))

        # Two halves on a site each, and what needs neither site nor stack: tests wait more than they compute.
        one, other = integration(name, extra), integration(second, extra, half=1)
        beside = without_site(extra, name, options.quick)
        with suites.beside(other), suites.beside(*beside, afterwards=fill if untouched else None):
            suites.add(one.title, one.command, env=one.env)
        if made:
            whole_system(suites, made, own, extra)
    return suites.summary()


def integration(name: str, extra: list[str], *, half: int = 0) -> Suite:
    """Every second file of the integration tests, on that site."""
    files = [str(path) for path in sorted((ROOT / APP_TESTS / "integration").glob("test_*.py"))[half::2]]
    return Suite(f"Frappe integration tests, half {half + 1}", [*PYTEST, *files, *extra], env=at(name))


def at(name: str) -> dict[str, str]:
    return {"SPBE_TEST_SITE": name, "SPBE_SITES": str(SITES)}


def whole_system(suites: Suites, made: Sequence[worlds.World], own: bool, extra: list[str]) -> None:
    """Desk, phones and attacks have a site and a web server each: what one writes would be in the way of the others."""
    desk, phones, attacked = made
    with running_stack(desk, own) as at_desk:
        side_by_side(suites, at_desk, phones, attacked, own, extra)
        # By itself, with the other stacks gone: it judges how long the page keeps the processor busy.
        suites.add("Speed and accessibility", [*PYTEST, "tests/lighthouse", *extra], env=at_desk)


def side_by_side(
    suites: Suites,
    at_desk: dict[str, str],
    phones: worlds.World,
    attacked: worlds.World,
    own: bool,
    extra: list[str],
) -> None:
    with (
        running_stack(phones, own, label="stack-phones", parts=PHONE_PARTS) as at_phones,
        # The others' workers take the jobs of this site, too.
        running_stack(attacked, own, label="stack-attacked", parts=("web", "proxy")) as there,
    ):
        e2e = ROOT / "tests" / "e2e"
        journeys = [str(path) for pattern in PHONES for path in sorted(e2e.glob(pattern))]
        rest = [*BROWSER, "tests/e2e", *(f"--ignore-glob=*/{pattern}" for pattern in PHONES), *extra]
        attacks = Suite("Attacks and roles, over HTTP", [*PYTEST, "tests/security", *extra], env=there)
        walked = Suite("Phones, in Chromium", [*BROWSER, *journeys, *extra], env=at_phones)
        with suites.beside(attacks), suites.beside(walked):
            suites.add("Whole system, in Chromium", rest, env=at_desk)


def without_site(extra: list[str], name: str, quick: bool) -> list[Suite]:
    found = [
        Suite("Python unit tests, no bench", [*PYTEST, f"{APP_TESTS}/unit", *extra]),
        Suite("Front-end unit tests", ["npm", "test"], cwd=FRONTEND),
        Suite("Bundle builder and realtime server", ["node", "--test", "config/assets/", "config/realtime/"]),
    ]
    if not quick:
        bench = [*PYTEST, "tests/bench", "-m", "not slow_bench", *extra]
        found.append(Suite("Other benches and checkouts", bench, env=at(name)))
    return found


def static() -> list[Suite]:
    ruff = str(ENV / "bin" / "ruff")
    return [
        Suite("Python lint", [ruff, "check", "--quiet", "."]),
        Suite("Python format", [ruff, "format", "--check", "--quiet", "."]),
        Suite("Front-end lint and format", ["npm", "run", "lint"], cwd=FRONTEND),
        Suite("Front-end types", ["npm", "run", "typecheck"], cwd=FRONTEND),
        Suite("No secret in a file", [str(PYTHON), "-m", "config.dev.audit"]),
    ]


@contextmanager
def throwaway_site(*, tests: bool = True) -> Iterator[str]:
    """A fresh site of random name, removed afterwards with its database. ``tests``: with the framework's permission for them, which no
    production has: the framework then asks Redis about each statement."""
    name = worlds.random_name()
    with services.session() as allotted:
        before = building.remembered()
        default = before.get("site", building.DEFAULT_SITE)
        site.write_config(allotted, before.get("port", 8000), default)
        site.make(name)
        try:
            if tests:
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
    world: worlds.World, own: bool, *, label: str = "stack-test", parts: Sequence[str] = ()
) -> Iterator[dict[str, str]]:
    """The whole stack or parts of it on that site, on free ports; what tests read from the environment."""
    allotted = {**ports.allot(True), **free_ports("gunicorn", "punches", "socketio", "web")}
    url = f"http://127.0.0.1:{allotted['web']}"
    child = stack.launch(world.site, allotted["web"], allotted, own, label=label, parts=parts)
    try:
        stack.wait_until_served(child, world.site, allotted["web"], allotted["gunicorn"])
        yield {
            **at(world.site),
            "SPBE_URL": url,
            "SPBE_HOST": world.site,
            "SPBE_LOGINS": str(world.logins),
        }
    finally:
        stack.stop(label)


def free_ports(*names: str) -> dict[str, int]:
    """No number twice in the life of this command: a part that still starts does not hold its port yet."""
    return {name: next(port for port in _candidates if ports.is_free(port)) for name in names}
