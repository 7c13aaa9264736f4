"""Punches per second against the framework's own no-op, in interleaved blocks. Called by ``./dev load``.

The punches stay on the site: run it on a throw-away one, as ./dev load does.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from urllib.parse import urlsplit

from . import crowd, figures, machine, people, report

# By connections: pairs of blocks. A machine among others swings from one second to the next, and the median of four pairs with it.
ROUNDS = {64: 12, 1: 4}
WARM_UP = 3
SCRIPT = Path(__file__).with_name("punch.lua")
# Seconds: web processes that use less than a tenth of a core for the first have nothing to do; they come to that within the second.
QUIET, QUIET_WITHIN = 0.3, 30
SINGLE_ROUNDS, SINGLE_REQUESTS = 7, 20


def main() -> None:
    options = read_options()
    sessions = crowd.gathered(crowd.site_of(options.host), options.url, options.host)
    first = sessions[0].punch()
    if first.status_code != 200:
        raise SystemExit(f"A punch was refused ({first.status_code}), nothing to measure: {first.text[:500]}")
    web = machine.Watched(lambda: machine.web_processes(options.url))
    database = machine.Watched(machine.database_processes)
    if not (web.find() and database.find()):
        raise SystemExit("The stack of this bench is not running at that address: use ./dev load.")
    with tempfile.TemporaryDirectory() as folder, machine.connect(options.host) as connection:
        file = Path(folder) / "sessions"
        people.write(sessions, file)
        before = machine.punches(connection)
        wrk = Wrk(options.url, options.host, file, web, database)
        for mode in ("noop", "punch"):
            wrk.block(mode, max(ROUNDS), WARM_UP)
        waits = machine.lock_waits(connection)
        blocks = [
            say(wrk.block(mode, count, options.seconds))
            for count, rounds in ROUNDS.items()
            for turn in range(rounds)
            # A machine that tires or wakes up favours neither.
            for mode in (("noop", "punch") if turn % 2 == 0 else ("punch", "noop"))
        ]
        waits = machine.lock_waits(connection) - waits
        statements = statements_per_request(connection, sessions[0])
        rows = (before, machine.punches(connection))
        facts = machine.facts(connection, len(web.find()) - 1)
    text = report.page(blocks, statements, waits, rows, facts, f"./dev load --seconds {options.seconds}")
    options.out.write_text(text)
    figures.save(report.figures_of(blocks, statements, waits), options.figures)
    print(f"Written: {options.out}")


def resolved(text: str) -> Path:
    """The working directory changes to that of the sites."""
    return Path(text).resolve()


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running stack, loopback only")
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument(
        "--logins", required=True, type=Path, help="file of demo log-ins, which this scenario does not need"
    )
    parser.add_argument("--seconds", type=int, default=8, help="length of one block (8)")
    parser.add_argument("--out", required=True, type=resolved, help="page to write")
    parser.add_argument("--figures", type=resolved, help="JSON file of the figures to write")
    options = parser.parse_args()
    if urlsplit(options.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("--url must be an address of this machine")
    if not 1 <= options.seconds <= 120:
        parser.error("--seconds takes a number from 1 to 120")
    if not shutil.which("wrk"):
        parser.error("wrk is missing: apt-get install wrk")
    return options


class Wrk:
    """Runs bounded blocks of one kind of request."""

    def __init__(self, url: str, host: str, sessions: Path, web: machine.Watched, database: machine.Watched):
        self.url, self.host, self.sessions = url, host, sessions
        self.web, self.database = web, database

    def block(self, mode: str, connections: int, seconds: int) -> report.Block:
        threads = min(2, connections)
        command = [
            "wrk",
            f"-t{threads}",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            str(SCRIPT),
            self.url,
        ]
        command += ["--", mode, str(self.sessions), self.host, str(secrets.randbelow(2**31))]
        web, database = self.web.seconds(), self.database.seconds()
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
        web, database = self.web.seconds() - web, self.database.seconds() - database
        self.settle()
        result = next(
            (line.split()[1:] for line in done.stdout.splitlines() if line.startswith("RESULT")), None
        )
        if done.returncode or result is None:
            raise SystemExit(f"wrk failed: {(done.stderr or done.stdout)[-500:]}")
        requests, micros, refused, broken, p50, p99 = (int(value) for value in result)
        return report.Block(
            mode,
            connections,
            micros / 1e6,
            requests - refused,
            refused,
            broken,
            p50 / 1000,
            p99 / 1000,
            web,
            database,
        )

    def settle(self) -> None:
        """Until what wrk left unanswered at the end is worked off: 64 requests that would stand before those of the next block."""
        deadline = monotonic() + QUIET_WITHIN
        while monotonic() < deadline:
            before = self.web.seconds()
            sleep(QUIET)
            if self.web.seconds() - before <= QUIET / 10:
                return
        raise SystemExit(f"The web processes are still busy {QUIET_WITHIN} s after the end of a block.")


def say(block: report.Block) -> report.Block:
    print(
        f"{block.connections:3d} × {block.mode:5s}  {block.rate:7.1f}/s  p50 {block.p50:7.1f} ms  p99 {block.p99:7.1f} ms"
        f"  refused {block.refused}  broken {block.broken}",
        flush=True,
    )
    return block


def statements_per_request(
    connection: machine.pymysql.Connection, session: people.Session
) -> dict[str, float]:
    """Medians over rounds: the scheduler and others talk to the same server now and then."""
    found = {}
    for mode, request in (("noop", session.noop), ("punch", session.punch)):
        request()
        rounds = []
        for _round in range(SINGLE_ROUNDS):
            before = machine.questions(connection)
            for _request in range(SINGLE_REQUESTS):
                request().raise_for_status()
            rounds.append((machine.questions(connection) - before - 1) / SINGLE_REQUESTS)
        found[mode] = median(rounds)
    return found


if __name__ == "__main__":
    main()
