"""./dev: the commands and their options."""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import (
    audit,
    building,
    chain,
    environments,
    framework,
    leftovers,
    loading,
    ports,
    processes,
    services,
    shell,
    site,
    slow_suites,
    stack,
    testing,
)
from .console import DevError, friendly_errors, say
from .paths import ENV, LOGINS, READY, ROOT, SITES, STATE

START_DEMO = {"pegawai": 300, "hari": 30, "seed": 1}


def parser() -> argparse.ArgumentParser:
    main_parser = argparse.ArgumentParser(prog="./dev", description="SPBE Absensi: build, run, test.")
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    start = commands.add_parser("start", help="build what is missing and run everything")
    start.add_argument(
        "--frappe",
        type=Path,
        metavar="PATH",
        help="use this Frappe 15 or 16 checkout, with its own bundler and socket server",
    )
    start.add_argument("--port", type=int, default=None, help="web port (8000)")
    start.add_argument("--site", default=None, help=f"name of the site ({building.DEFAULT_SITE})")
    start.add_argument("--no-demo", action="store_true", help="no demo data")
    commands.add_parser("stop", help="end everything that start runs")
    test = commands.add_parser("test", help="lint, unit, integration, front-end and browser tests")
    test.add_argument("--quick", action="store_true", help="leave out what needs a browser")
    slow_suites.add_options(test)
    test.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    load = commands.add_parser("load", help="measure all that can be measured, on throw-away sites")
    loading.add_options(load)
    demo = commands.add_parser("demo", help="load demo data")
    demo.add_argument("--pegawai", type=int, default=300)
    demo.add_argument("--hari", type=int, default=30)
    demo.add_argument("--seed", type=int, default=1)
    checks = commands.add_parser(
        "audit", help="known weaknesses of packages, secrets in files, bills of materials"
    )
    checks.add_argument("--sbom", action="store_true", help="the bills of materials only")
    verify = commands.add_parser("verify-chain", help="export the sealed punches and verify them offline")
    verify.add_argument("--site", default=None, help="name of the site")
    verify.add_argument("--opd", default=None, help="code of an OPD, its units included; all if left out")
    verify.add_argument("--month", default=None, metavar="YYYY-MM", help="from the beginning if left out")
    verify.add_argument("--keep", type=Path, default=None, metavar="FILE", help="keep the export there")
    verify.add_argument(
        "--root",
        nargs=3,
        action="append",
        default=[],
        metavar=("OPD", "PERIOD", "HEX"),
        help="a printed root; PERIOD is YYYY-MM-DD or YYYY-MM",
    )
    bench = commands.add_parser("bench", help="the real bench CLI: ./dev bench --site … migrate")
    bench.add_argument("arguments", nargs=argparse.REMAINDER)
    return main_parser


def main() -> None:
    arguments = sys.argv[1:]
    os.chdir(ROOT)
    with friendly_errors():
        if arguments[:1] not in ([], ["stop"], ["-h"], ["--help"]):
            leftovers.guard()
        if arguments[:1] == ["bench"]:  # argparse would take bench's own options for ours
            return bench(arguments[1:])
        options = parser().parse_args(arguments)
        signal.signal(signal.SIGTERM, _interrupt)
        COMMANDS[options.command](options)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def start(options: argparse.Namespace) -> None:
    began = time.monotonic()
    stack.refuse_second()
    before = building.remembered()
    port = options.port or before.get("port", 8000)
    name = options.site or before.get("site", building.DEFAULT_SITE)
    ports.require_free(port)
    site.check_name(name)
    if options.frappe:
        framework.check_checkout(options.frappe)
    processes.write_pid("start", os.getpid())
    say("Building")
    try:
        own = building.build(options.frappe)
        allotted = services.start()
        site.write_config(allotted, port, name)
        prepare(name, port, own, demo=not options.no_demo)
        (STATE / "start.json").write_text(json.dumps({"port": port, "site": name}))
        say("Running")
        child = stack.launch(name, port, allotted, own)
        stack.wait_until_served(child, name, port, allotted["gunicorn"])
        READY.write_text(address(port))
        announce(name, port, time.monotonic() - began)
        stack.follow(child)
    finally:
        stack.stop()
        services.stop()
        processes.forget("start")


def prepare(name: str, port: int, own: bool, *, demo: bool) -> None:
    """The site needs one core, the front end the other: side by side. The first failure is the one told."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        parts = [pool.submit(building.front_end, own), pool.submit(make_site, name, port, demo)]
        try:
            for part in concurrent.futures.as_completed(parts):
                part.result()
        except BaseException:
            shell.abort()
            raise


def make_site(name: str, port: int, demo: bool) -> None:
    site.make(name)
    site.migrate(name)
    site.enable_scheduler(name)
    mark = SITES / name / ".demo"
    if demo and not (mark.is_file() and LOGINS.is_file()):
        site.demo(name, address(port), **START_DEMO)
        mark.touch()
    site.point_logins_at(port)


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def announce(name: str, port: int, seconds: float) -> None:
    host = name if name.endswith(".localhost") else "127.0.0.1"
    say(f"\nSPBE Absensi is up after {seconds:.0f} s")
    say(f"  PWA   http://{host}:{port}/absen")
    say(f"  Desk  http://{host}:{port}/app/spbe-absensi")
    if LOGINS.is_file():
        say(f"\n  Demo log-ins (all of them: {LOGINS.relative_to(ROOT)})")
        seen: dict[str, int] = {}
        for user in json.loads(LOGINS.read_text())["users"]:
            seen[user["role"]] = seen.get(user["role"], 0) + 1
            if seen[user["role"]] <= 2:
                say(f"    {user['role']:<15} {user['username']:<22} {user['password']}")
    else:
        say(f"  Administrator's password is in sites/{name}/.admin")
    say("\n  Output of all parts: logs/stack.log. Ctrl-C or ./dev stop ends everything.\n")


def stop(_options: argparse.Namespace) -> None:
    owner = processes.stop("start", patience=45)
    owner = processes.stop("stack", patience=30) or owner
    ended = services.stop()
    leftovers.sweep()
    READY.unlink(missing_ok=True)
    say("Stopped." if owner or ended else "Nothing was running.")


def test(options: argparse.Namespace) -> None:
    if options.slow:
        sys.exit(slow_suites.run(options.slow, options.pytest))
    sys.exit(testing.run(options))


def load(options: argparse.Namespace) -> None:
    sys.exit(loading.run(options))


def demo(options: argparse.Namespace) -> None:
    environments.check_python()
    for name, low, high in (("pegawai", 40, 20_000), ("hari", 1, 400)):
        if not low <= getattr(options, name) <= high:
            raise DevError(f"--{name} takes a number from {low} to {high}.", 2)
    before = building.remembered()
    with services.session():
        site.demo(
            before.get("site", building.DEFAULT_SITE),
            address(before.get("port", 8000)),
            options.pegawai,
            options.hari,
            options.seed,
        )
    say(f"Log-ins: {LOGINS.relative_to(ROOT)}")


def verify_chain(options: argparse.Namespace) -> None:
    environments.check_python()
    name = options.site or building.remembered().get("site", building.DEFAULT_SITE)
    with services.session():
        sys.exit(chain.verify(name, options))


def bench(arguments: list[str]) -> None:
    environments.check_python()
    program = environments.install_bench_cli()
    with services.session():
        path = f"{ENV / 'bin'}{os.pathsep}{program.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run([str(program), *arguments], cwd=ROOT, env={**os.environ, "PATH": path})
    sys.exit(done.returncode)


def look_for_weaknesses(options: argparse.Namespace) -> None:
    building.build(None)
    sys.exit(audit.run_all(options))


COMMANDS = {
    "start": start,
    "stop": stop,
    "test": test,
    "load": load,
    "demo": demo,
    "verify-chain": verify_chain,
    "audit": look_for_weaknesses,
}
