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
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from math import sqrt
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from . import crowd, figures, machine, people, report
from .run import Wrk, say

STAFF, OFFICES, UNITS, SCREENS = 10_000, 40, 300, 500
# A machine among others swings: one pair of blocks stands 7 to 13 % beside the truth, the median of so many pairs 1 to 2 %.
ROUNDS, ASKED = 64, 7
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
    """A block of punches. CPU seconds: ``relay`` of the socket server, ``herald`` of the process that counts and tells, ``clients`` of
    the screens themselves, which stand elsewhere in an office."""

    screens: int
    block: report.Block
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
    with tempfile.TemporaryDirectory() as folder:
        people.write(sessions, Path(folder) / "sessions")
        wrk = Wrk(options.url, options.host, Path(folder) / "sessions", web, database)
        blocks = watch_all(options, wrk, leader, root, lambda: crowd.forget(frappe, day))
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
    options: argparse.Namespace, wrk: Wrk, leader: people.Session, root: str, forget: Callable[[], None]
) -> list[Watched]:
    """Blocks of punches, without screens and with them; each begins with a day on which nobody has punched (``forget``)."""
    found = []
    wrk.block("punch", CONNECTIONS, WARM_UP)
    for count, same in groupby(order(options.screens)):
        with screens(options, leader, count, root) as (told, clients):
            for _one in same:
                forget()
                found.append(block(wrk, options, count, told, clients))
    return found


def order(many: int) -> list[int]:
    """Screens of each block, pair by pair: 0, many; many, 0; ... A machine that tires favours neither, and neighbours of one kind
    share their screens."""
    return [count for turn in range(ROUNDS) for count in ((0, many) if turn % 2 == 0 else (many, 0))]


def block(
    wrk: Wrk, options: argparse.Namespace, count: int, told: Callable[[], int], clients: list[int]
) -> Watched:
    relay = machine.processes_of(options.url, "server.mjs")
    herald = machine.processes_of(options.url, "spbe-kabar")
    wrk.block("punch", CONNECTIONS, RUN_IN)
    told()
    before = [machine.cpu_seconds(some) for some in (relay, herald, clients)]
    measured = say(wrk.block("punch", CONNECTIONS, options.seconds))
    after = [machine.cpu_seconds(some) for some in (relay, herald, clients)]
    messages = told()
    if count and not messages:
        raise SystemExit("Nothing was told to the screens: there is nothing to measure.")
    print(f"    {count} screens, {messages} messages", flush=True)
    spent = (late - early for early, late in zip(before, after, strict=True))
    return Watched(count, measured, messages, *spent)


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
        f"| {one.block.per_request(one.block.database_cpu):.2f} | {one.relay:.2f} | {one.herald:.2f} | {one.clients:.2f} | {one.messages} |"
        for one in blocks
    )
    everything, alone = losses(blocks), losses(blocks, alone=True)
    own = median(own_share(one) for one in blocks if one.screens)
    return (
        f"## Punches while {options.screens} screens watch\n\nBlocks of {options.seconds} s with {CONNECTIONS} connections, each after "
        f"{RUN_IN} s of the same that do not count, without screens and with screens that all watch the whole regency. Before each "
        "block the day's punches are removed: it is compared with one of the same day, in which nobody has more than a dozen. Medians "
        f"of {len(everything)} pairs of blocks that stood beside each other, by the clock. Punches are {spread(everything)} slower with "
        f"screens. In that is the screens' own work, {100 * own:.1f} % of all cores, which browsers do elsewhere: without it punches are "
        f"{spread(alone)} slower (target ≤ 5 %). The socket server's share of all cores while they watch: "
        f"{100 * share_of(blocks, options.screens):.1f} %.\n\n"
        "| screens | punches/s | p50 ms | p99 ms | web CPU ms per punch | database CPU ms per punch | socket server CPU s | herald CPU s | screens' own CPU s | messages |\n"
        f"|---|---|---|---|---|---|---|---|---|---|\n{rows}"
    )


def spread(values: list[float]) -> str:
    """Of shares: the median, what half of them lie between, and where the true median lies with 95 % (ranks of the binomial)."""
    ordered, (low, middle, high) = sorted(values), quantiles(values, n=4)
    rank = max(0, int(len(ordered) / 2 - 0.98 * sqrt(len(ordered))))
    return (
        f"{100 * middle:+.1f} % (half of the pairs between {100 * low:+.1f} and {100 * high:+.1f} %, the median with 95 % probability "
        f"between {100 * ordered[rank]:+.1f} and {100 * ordered[-1 - rank]:+.1f} %)"
    )


def losses(blocks: list[Watched], *, alone: bool = False) -> list[float]:
    """Share of the punches that is lost, of each pair of blocks that stood beside each other. ``alone``: as if the screens had worked
    elsewhere, and the busy cores had answered punches in the time that the screens took for themselves."""
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    sorted_pairs = [sorted(pair, key=lambda one: one.screens) for pair in pairs]
    return [
        1 - many.block.rate / ((1 - own_share(many) * alone) * none.block.rate) for none, many in sorted_pairs
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
            100 * median(losses(blocks)),
            "%",
        ),
        figures.at_most(
            "screens_slower",
            f"{many} screens elsewhere: punches slower by",
            100 * median(losses(blocks, alone=True)),
            "%",
            5,
        ),
    ]


if __name__ == "__main__":
    main()
