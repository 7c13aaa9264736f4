"""./dev load: scenarios of tests/load, each on a copy of one site and with a stack of its own; figures go to docs/benchmarks*.md."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import building, ospackages, testing, worlds
from .console import say
from .paths import PYTHON, ROOT

DOCS = ROOT / "docs"
Arguments = Sequence[str]


@dataclass(frozen=True)
class Scenario:
    """``name``: on the command line, of its page and its figures. ``arguments``: beside what all scenarios get; ``browser``: needs one."""

    name: str
    module: str
    stacks: int
    arguments: Callable[[argparse.Namespace], Arguments] = lambda _options: ()
    browser: bool = False


def seconds(options: argparse.Namespace) -> Arguments:
    return ("--seconds", str(options.seconds))


def morning(options: argparse.Namespace) -> Arguments:
    return ("--staff", str(options.staff), "--minutes", str(options.minutes))


def rows(options: argparse.Namespace) -> Arguments:
    return (*seconds(options), "--rows", str(options.rows))


SCENARIOS = (
    Scenario("absen", "run", 1, seconds),
    Scenario("ringkasan", "ringkasan", 1),
    Scenario("senin", "monday", 1, morning),
    Scenario("rekap", "rekap", 0),
    Scenario("impor", "impor", 0),
    Scenario("pwa", "pwa", 1, browser=True),
    Scenario("baris", "rows", 2, rows),
)
NAMES = [scenario.name for scenario in SCENARIOS]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "scenarios", nargs="*", metavar="SCENARIO", help=f"{', '.join(NAMES)}; all if left out"
    )
    parser.add_argument("--seconds", type=int, default=8, help="length of one block (8)")
    parser.add_argument("--staff", type=int, default=10_000, help="people of the Monday (10000)")
    parser.add_argument("--minutes", type=float, default=10, help="in which they arrive (10)")
    parser.add_argument("--rows", type=int, default=5_000_000, help="rows of Absensi (5000000)")


def run(options: argparse.Namespace) -> int:
    chosen = [scenario for scenario in SCENARIOS if scenario.name in (options.scenarios or NAMES)]
    browser = ospackages.TEST if any(scenario.browser for scenario in chosen) else {}
    own = building.build(None, extra={"wrk": "wrk", **browser})
    building.front_end(own)
    codes = []
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        name = held.enter_context(testing.throwaway_site(tests=False))
        world = held.enter_context(worlds.filled(name))
        for scenario in chosen:
            say(f"\n── {scenario.name}")
            codes.append(measured(scenario, world, own, folder, options))
        codes.append(summary(folder, name, options))
    return max(codes, key=abs)


def measured(
    scenario: Scenario, world: worlds.World, own: bool, folder: Path, options: argparse.Namespace
) -> int:
    """Its exit status. What one scenario writes is nothing to the next."""
    with ExitStack() as held:
        copies = [
            held.enter_context(worlds.copied_world(world)) for _number in range(max(scenario.stacks, 1))
        ]
        stacks = [
            held.enter_context(testing.running_stack(copy, own, label=f"stack-load-{number}"))
            for number, copy in enumerate(copies[: scenario.stacks])
        ]
        command = [str(PYTHON), "-m", f"tests.load.{scenario.module}", "--host", copies[0].site]
        for prefix, copy, where in zip(("", "full-"), copies, stacks, strict=False):
            command += [f"--{prefix}url", where["SPBE_URL"], f"--{prefix}logins", str(copy.logins)]
            command += ["--full", copy.site] if prefix else []
        command += ["--out", str(DOCS / f"benchmarks-{scenario.name}.md")]
        command += ["--figures", str(folder / f"{scenario.name}.json"), *scenario.arguments(options)]
        return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode


def summary(folder: Path, site: str, options: argparse.Namespace) -> int:
    called = " ".join(["./dev load", *options.scenarios])
    command = [str(PYTHON), "-m", "tests.load.summary", "--folder", str(folder), "--host", site]
    return subprocess.run([*command, "--command", called], cwd=ROOT, stdin=subprocess.DEVNULL).returncode
