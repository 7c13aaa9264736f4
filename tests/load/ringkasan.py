"""The Command Center for ten thousand invented persons: cold and warm, and what watching screens cost a punch. Called by ``./dev load``.

Everything stays on the site: run it on a throw-away one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from . import crowd, figures, machine, pace, people, report
from .run import Wrk, say

STAFF, OFFICES, UNITS, SCREENS = 10_000, 40, 300, 500
ROUNDS, ASKED = 16, 7
CONNECTIONS = 16
# Each worker imports the geometry with its first punch.
WARM_UP = 12
# Before each block: while screens connect the herald has time to rest, and would begin with a telling more than in a block without.
RUN_IN = 3
SUMMARY = "/api/method/spbe_attendance.api.pemantauan.ringkasan"
SCRIPT = Path(__file__).with_name("screens.mjs")


@dataclass(frozen=True)
class Asked:
    """One way of asking: seconds, and CPU seconds of the web workers and of the database, of each answer."""

    what: str
    target: str
    seconds: list[float]
    web: list[float]
    database: list[float]


@dataclass(frozen=True)
class Watched:
    """A block of punches. ``piece``: seconds of a fixed piece of work meanwhile (pace.py). CPU seconds: ``relay`` of the socket
    server, ``herald`` of the process that counts and tells, ``clients`` of the screens themselves, which stand elsewhere in an office."""

    screens: int
    block: report.Block
    piece: float
    messages: int
    relay: float
    herald: float
    clients: float


def main() -> None:
    options = read_options()
    frappe = crowd.site_of(options.host)
    day = working_day(date.today())
    root = make_world(frappe, options.staff, day)
    users = json.loads(options.logins.read_text())["users"]
    leader = people.log_in(options.url, options.host, next(u for u in users if u["role"] == "Pimpinan"))
    web = machine.Watched(lambda: machine.web_processes(options.url))
    database = machine.Watched(machine.database_processes)
    asked = ask_all(frappe, leader, day, web, database)
    sessions = crowd.gathered(frappe, options.url, options.host)
    blocks = watch_all(options, sessions, leader, root, web, database)
    with machine.connect(options.host) as connection:
        facts = machine.facts(connection, len(web.find()) - 1)
    options.out.write_text(page(asked, blocks, options, facts))
    figures.save(figures_of(asked, blocks, options), options.figures)
    print(f"Written: {options.out}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running stack, loopback only")
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument("--logins", required=True, type=Path, help="file of demo log-ins")
    parser.add_argument("--staff", type=int, default=STAFF, help=f"invented persons ({STAFF})")
    parser.add_argument("--screens", type=int, default=SCREENS, help=f"watching screens ({SCREENS})")
    parser.add_argument("--seconds", type=int, default=5, help="length of one block (5)")
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve(), help="page to write")
    parser.add_argument(
        "--figures", type=lambda text: Path(text).resolve(), help="JSON file of the figures to write"
    )
    options = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is missing: apt-get install wrk")
    return options


def working_day(today: date) -> date:
    """The last one before today: on a free day nothing is due, and less is to be judged."""
    return next(
        day for day in (today - timedelta(days=number) for number in range(1, 8)) if day.weekday() < 5
    )


def make_world(frappe: Any, staff: int, day: date) -> str:
    """Offices and units below the regency, their people, and both punches of everybody on the day. Answers the regency's OPD."""
    from spbe_attendance.tests import rekap_world as world

    root = frappe.db.get_value("OPD", {"induk": ["is", "not set"]})
    offices = world.bulk("OPD", [unit(f"Kantor {n}", f"LK-{n}", root) for n in range(OFFICES)])
    units = world.bulk("OPD", [unit(f"Unit {n}", f"LU-{n}", offices[n % OFFICES]) for n in range(UNITS)])
    names = world.bulk_staff(staff, units)
    rows = []
    for number, name in enumerate(names):
        home = {"opd": units[number % UNITS]}
        moment = datetime.combine(day, time(7)) + timedelta(minutes=number % 45)
        rows.append(world.punch_row(name, "Masuk", moment, **home))
        rows.append(world.punch_row(name, "Pulang", datetime.combine(day, time(16, 10)), **home))
    for start in range(0, len(rows), 4000):
        world.bulk("Absensi", rows[start : start + 4000])
    frappe.db.commit()
    return str(root)


def unit(name: str, code: str, above: str) -> dict[str, Any]:
    return {"nama_opd": name, "kode": code, "induk": above, "is_group": 1}


def ask_all(
    frappe: Any, leader: people.Session, day: date, web: machine.Watched, database: machine.Watched
) -> list[Asked]:
    """Cold: after a flush of everything that is kept for the page. Warm: the same question again."""
    ways: dict[str, Asked] = {}
    # Every worker has imported what it needs, as on any morning.
    for _ask in range(4 * len(web.find())):
        leader.http.get(leader.url + SUMMARY, params={"tanggal": day.isoformat()}, timeout=60)
    for _round in range(ASKED):
        for what, target in (("cold", "≤ 0.4 s"), ("warm", "≤ 0.1 s")):
            if what == "cold":
                flush(frappe)
            before = web.seconds(), database.seconds()
            began = perf_counter()
            answer = leader.http.get(leader.url + SUMMARY, params={"tanggal": day.isoformat()}, timeout=60)
            seconds = perf_counter() - began
            answer.raise_for_status()
            way = ways.setdefault(what, Asked(what, target, [], [], []))
            way.seconds.append(seconds)
            way.web.append(web.seconds() - before[0])
            way.database.append(database.seconds() - before[1])
        print(*(f"{way.what} {way.seconds[-1]:.3f} s" for way in ways.values()), flush=True)
    return list(ways.values())


def flush(frappe: Any) -> None:
    found = list(frappe.cache.scan_iter(match=frappe.cache.make_key("spbe_ringkas:*")))
    if found:
        frappe.cache.delete(*found)


def watch_all(
    options: argparse.Namespace,
    sessions: list[people.Session],
    leader: people.Session,
    root: str,
    web: machine.Watched,
    database: machine.Watched,
) -> list[Watched]:
    """Blocks of punches, in turn without screens and with them."""
    found = []
    with ExitStack() as held:
        file = Path(held.enter_context(tempfile.TemporaryDirectory())) / "sessions"
        people.write(sessions, file)
        wrk = Wrk(options.url, options.host, file, web, database)
        wrk.block("punch", CONNECTIONS, WARM_UP)
        piece = held.enter_context(pace.measured())
        for turn in range(ROUNDS):
            # A table that grows and a machine that tires favour neither.
            for count in (0, options.screens) if turn % 2 == 0 else (options.screens, 0):
                with screens(options, leader, count, root) as (told, clients):
                    found.append(block(wrk, options, count, told, clients, piece))
    return found


def block(
    wrk: Wrk,
    options: argparse.Namespace,
    count: int,
    told: Callable[[], int],
    clients: list[int],
    piece: Callable[[], float],
) -> Watched:
    relay = machine.processes_of(options.url, "server.mjs")
    herald = machine.processes_of(options.url, "spbe-kabar")
    wrk.block("punch", CONNECTIONS, RUN_IN)
    told()
    piece()
    before = [machine.cpu_seconds(some) for some in (relay, herald, clients)]
    measured = say(wrk.block("punch", CONNECTIONS, options.seconds))
    after = [machine.cpu_seconds(some) for some in (relay, herald, clients)]
    taken, messages = piece(), told()
    if count and not messages:
        raise SystemExit("Nothing was told to the screens: there is nothing to measure.")
    print(f"    {count} screens, {messages} messages, a piece of work {1000 * taken:.3f} ms", flush=True)
    spent = (late - early for early, late in zip(before, after, strict=True))
    return Watched(count, measured, taken, messages, *spent)


@contextmanager
def screens(
    options: argparse.Namespace, leader: people.Session, count: int, root: str
) -> Iterator[tuple[Callable[[], int], list[int]]]:
    """What tells how many messages came, and the processes of the screens."""
    if not count:
        yield lambda: 0, []
        return
    process = subprocess.Popen(
        ["node", str(SCRIPT), options.url, options.host, str(count), root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        process.stdin.write(f"sid={leader.sid}\n")
        process.stdin.flush()
        if process.stdout.readline() != "ready\n":
            raise SystemExit("The screens could not connect.")

        def told() -> int:
            process.stdin.write("\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield told, [process.pid]
    finally:
        process.kill()
        process.wait()


def page(
    asked: list[Asked], blocks: list[Watched], options: argparse.Namespace, facts: dict[str, str]
) -> str:
    load = " / ".join(f"{value:.1f}" for value in os.getloadavg())
    parts = [
        "# Benchmarks of the Command Center",
        f"Measured by `./dev load` on {date.today():%d %B %Y} with {options.staff:,} invented persons in {UNITS} units, load of the "
        f"machine (1, 5, 15 minutes) at the end {load}: where it is far above the number of cores others worked beside, and wall times "
        "say more of them than of this. CPU is that of all web workers and of the database while the answer was waited for.",
        asked_table(asked),
        blocks_table(blocks, options),
        "## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n\n".join(parts) + "\n"


def asked_table(asked: list[Asked]) -> str:
    rows = "\n".join(
        f"| {way.what} | {median(way.seconds):.3f} | {min(way.seconds):.3f} | {median(way.web):.3f} | {median(way.database):.3f} | {way.target} |"
        for way in asked
    )
    return (
        "## `ringkasan` of the whole regency, a working day with both punches of everybody\n\nOver HTTP, medians of "
        f"{ASKED} questions. *Cold*: all that Redis keeps for the page was removed before, the usual curve included.\n\n"
        f"| | s, median | s, best | web CPU s | database CPU s | target |\n|---|---|---|---|---|---|\n{rows}"
    )


def blocks_table(blocks: list[Watched], options: argparse.Namespace) -> str:
    rows = "\n".join(
        f"| {one.screens} | {one.block.rate:.1f} | {one.block.p50:.0f} | {one.block.p99:.0f} | {one.block.per_request(one.block.web_cpu):.2f} "
        f"| {one.block.per_request(one.block.database_cpu):.2f} | {one.relay:.2f} | {one.herald:.2f} | {one.clients:.2f} | {one.messages} | {1000 * one.piece:.3f} |"
        for one in blocks
    )
    low, middle, high = quantiles(losses(blocks), n=4)
    even_low, even, even_high = quantiles(losses(blocks, equal_pace=True), n=4)
    own = median(own_share(one) for one in blocks if one.screens)
    return (
        f"## Punches while {options.screens} screens watch\n\nBlocks of {options.seconds} s with {CONNECTIONS} connections, each after "
        f"{RUN_IN} s of the same that do not count, in turn without and with screens that all watch the whole regency; medians of "
        f"{len(blocks) // 2} pairs of blocks. Punches are {100 * middle:+.1f} % slower with screens, half of the pairs between "
        f"{100 * low:+.1f} and {100 * high:+.1f} %. In that is the screens' own work, {100 * own:.1f} % of all cores, which browsers do "
        f"elsewhere: without it punches are {100 * slowed_by(blocks, alone=True):+.1f} % slower (target ≤ 5 %). The socket server's share "
        f"of all cores while they watch: {100 * share_of(blocks, options.screens):.1f} %.\n\n"
        "Meanwhile a small process does a fixed piece of work again and again: its processor time tells what a second of a core that "
        f"others share is worth at that moment. At an equal worth punches are {100 * even:+.1f} % slower, half of the pairs between "
        f"{100 * even_low:+.1f} and {100 * even_high:+.1f} %. It explains large swings only, and the target is judged by the clock.\n\n"
        "| screens | punches/s | p50 ms | p99 ms | web CPU ms per punch | database CPU ms per punch | socket server CPU s | herald CPU s | screens' own CPU s | messages | piece of work, ms |\n"
        f"|---|---|---|---|---|---|---|---|---|---|---|\n{rows}"
    )


def slowed_by(blocks: list[Watched], *, alone: bool = False) -> float:
    return median(losses(blocks, alone=alone))


def losses(blocks: list[Watched], *, alone: bool = False, equal_pace: bool = False) -> list[float]:
    """Share of the punches that is lost, of each pair of blocks that stood beside each other. ``alone``: as if the screens had worked
    elsewhere, and the busy cores had answered punches in the time that the screens took for themselves. ``equal_pace``: punches in the
    time of a piece of work, not of the clock."""
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    sorted_pairs = [sorted(pair, key=lambda one: one.screens) for pair in pairs]

    def reached(one: Watched) -> float:
        return one.block.rate * (one.piece if equal_pace else 1)

    return [
        1 - reached(many) / ((1 - own_share(many) * alone) * reached(none)) for none, many in sorted_pairs
    ]


def own_share(one: Watched) -> float:
    """Of all cores in a block, the screens' own work."""
    return one.clients / (one.block.seconds * (os.cpu_count() or 1))


def share_of(blocks: list[Watched], screens: int) -> float:
    cores = os.cpu_count() or 1
    return median(one.relay / (one.block.seconds * cores) for one in blocks if one.screens == screens)


def figures_of(
    asked: list[Asked], blocks: list[Watched], options: argparse.Namespace
) -> list[figures.Figure]:
    times = {way.what: 1000 * median(way.seconds) for way in asked}
    many = options.screens
    return [
        figures.at_most("summary_cold", "`ringkasan` of 10,000 staff, cold", times["cold"], "ms", 400),
        figures.at_most("summary_warm", "the same, warm", times["warm"], "ms", 100),
        figures.Figure(
            "screens_share",
            f"{many} screens: the socket server's share of all cores",
            100 * share_of(blocks, many),
            "%",
        ),
        figures.Figure(
            "screens_slower_all",
            f"{many} screens on the same machine: punches slower by",
            100 * slowed_by(blocks),
            "%",
        ),
        figures.at_most(
            "screens_slower",
            f"{many} screens elsewhere: punches slower by",
            100 * slowed_by(blocks, alone=True),
            "%",
            5,
        ),
    ]


if __name__ == "__main__":
    main()
