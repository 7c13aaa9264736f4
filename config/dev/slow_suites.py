"""./dev test --faults and its like: suites of tests/ that take long or break things, left out of the default run.

To add one: a folder of tests/ and a row of SUITES.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from . import building, processes, services, testing, worlds
from .console import DevError

Surroundings = Callable[[], AbstractContextManager[dict[str, str]]]


@contextmanager
def demo_site() -> Iterator[dict[str, str]]:
    """MariaDB and Redis run, with a throw-away site full of demo data; which parts of the stack run is the suite's own choice."""
    with testing.throwaway_site() as name, worlds.filled(name) as world:
        yield {**testing.at(world.site), "SPBE_HOST": world.site, "SPBE_LOGINS": str(world.logins)}


@contextmanager
def site_to_break() -> Iterator[dict[str, str]]:
    """The same for a suite that ends services and starts them again: these go with it, and the site is removed by what runs."""
    with demo_site() as environment:
        try:
            yield environment
        finally:
            services.stop()
            services.start()


@dataclass(frozen=True)
class SlowSuite:
    """``flag``: its option, and its folder below tests/. ``surroundings``: the environment in which pytest runs.

    ``programs``: program -> Debian package, beside what every test needs. ``alone``: it ends parts that a running bench uses, too.
    """

    flag: str
    title: str
    surroundings: Surroundings
    programs: tuple[tuple[str, str], ...] = ()
    alone: bool = False

    @property
    def folder(self) -> str:
        return f"tests/{self.flag}"


SUITES = (
    SlowSuite("faults", "Parts killed under load", site_to_break, (("faketime", "faketime"),), alone=True),
    SlowSuite(
        "hosts",
        "Several machines, in namespaces of the kernel",
        demo_site,
        programs=(("ip", "iproute2"), ("nsenter", "util-linux")),
    ),
    SlowSuite(
        "operations",
        "Production as it is installed, watched, backed up and upgraded",
        demo_site,
        programs=(
            ("promtool", "prometheus"),
            ("supervisord", "supervisor"),
            ("logrotate", "logrotate"),
            ("restic", "restic"),
            ("systemd-analyze", "systemd"),
            ("openssl", "openssl"),
        ),
    ),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    for suite in SUITES:
        parser.add_argument(
            f"--{suite.flag}",
            action="append_const",
            dest="slow",
            const=suite,
            help=f"{suite.title} ({suite.folder}), instead of the default suites",
        )


def run(chosen: Sequence[SlowSuite], extra: Sequence[str]) -> int:
    """One after the other, each in surroundings of its own; the exit status."""
    if any(suite.alone for suite in chosen) and processes.running_pid("start"):
        raise DevError("This suite ends the database of this bench: end the running stack first, ./dev stop.")
    programs = {program: package for suite in chosen for program, package in suite.programs}
    building.front_end(building.build(None, tests=True, extra=programs))
    suites = testing.Suites()
    for suite in chosen:
        with suite.surroundings() as environment:
            suites.add(suite.title, [*testing.PYTEST, suite.folder, *extra], env=environment)
    return suites.summary()
