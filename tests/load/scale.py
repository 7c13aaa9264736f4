"""A Monday morning of many regencies on one cluster, simulated: ``env/bin/python -m tests.load.scale`` prints the table of docs/scale.md.

Measured is what a request costs (tests/hosts/cost.py, COST below); everything else here is arithmetic on it. Two models:

- ``exact``: each request of one regency on its own way through the cores of the web hosts and then of the database, first come, first
  served, times of service spread exponentially around the measured mean.
- ``stepped``: seconds instead of requests, for hundreds of regencies: what arrives in a second and is not worked off waits for the next
  one. Within a second it knows no waiting, so that its waits are those of overload. Held against ``exact`` in tests/hosts/test_scale.py.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

SEED = 7
STAFF = 10_000
# CPU in ms per request, with the command and the machine in docs/scale.md.
COST = {
    "home": {"web": 19.33, "database": 3.57, "redis": 1.00},
    "punch": {"web": 6.74, "database": 1.00, "redis": 0.43},
    "photo": {"web": 10.31, "database": 1.60, "redis": 0.57},
}
TIERS = ("web", "database", "redis")
# Of ten people: who comes when, in seconds before 07:30 of their own time. Nearly all within 15 minutes; some early, some late.
EARLY, RUSH, LATE = (0.15, 3600, 900), (0.80, 900, 0), (0.05, 0, -3600)
# Shares of the regencies, and hours by which their 07:30 is earlier than in the west.
ZONES = ((0.59, 0), (0.29, 1), (0.12, 2))
PHOTO_AFTER = 30.0
DAY = 7.5 * 3600
# Cores of a host, and how much of them may be busy in the busiest minute.
CORES, BUSY = 16, 0.6
# Redis answers with one thread.
REDIS_BUSY = 0.5


@dataclass(frozen=True)
class Load:
    """What one host or one group of hosts is given: core-seconds in each second, from the first second on."""

    first: int
    seconds: Sequence[float]

    def busiest(self, width: int = 60) -> float:
        """Cores kept busy in the busiest stretch of so many seconds."""
        window = sum(self.seconds[:width])
        most = window
        for entering, leaving in zip(self.seconds[width:], self.seconds, strict=False):
            window += entering - leaving
            most = max(most, window)
        return most / width


def arrivals(people: int, zone: int, chance: random.Random) -> Iterator[float]:
    """When each person opens the app: seconds after midnight in the west."""
    for _person in range(people):
        dice, share = chance.random(), 0.0
        for part, begin, end in (EARLY, RUSH, LATE):
            share += part
            if dice < share:
                # The later, the more: most come in the last minutes.
                early = chance.triangular(end, begin, end) if part == RUSH[0] else chance.uniform(end, begin)
                yield DAY - early - zone * 3600
                break


def requests(moments: Iterable[float], chance: random.Random) -> Iterator[tuple[float, str]]:
    """The phone's home screen, the punch ten to thirty seconds later, the photo after that."""
    for moment in moments:
        punch = moment + chance.uniform(10, 30)
        yield moment, "home"
        yield punch, "punch"
        yield punch + chance.uniform(0, PHOTO_AFTER), "photo"


def exact(people: int, web: int, database: int, seed: int = SEED) -> list[float]:
    """Seconds from arrival to answer of every punch, sorted, for one regency on that many cores."""
    chance = random.Random(seed)
    waiting = sorted(requests(arrivals(people, 0, chance), chance))
    through_web = sorted(
        (done, begun, kind)
        for begun, kind, done in station(((at, kind, at) for at, kind in waiting), web, "web", chance)
    )
    entering = ((done, kind, begun) for done, begun, kind in through_web)
    return sorted(
        done - begun
        for begun, kind, done in station(entering, database, "database", chance)
        if kind == "punch"
    )


def station(
    entering: Iterable[tuple[float, str, float]], cores: int, tier: str, chance: random.Random
) -> Iterator[tuple[float, str, float]]:
    """(begun, kind, done) of requests that enter in the order of their time, each on the core that is free first."""
    free = [0.0] * cores
    for at, kind, begun in entering:
        mean = COST[kind][tier] / 1000
        done = max(at, heapq.heappop(free)) + (chance.expovariate(1 / mean) if mean else 0.0)
        heapq.heappush(free, done)
        yield begun, kind, done


def demand(regencies: int, seed: int = SEED) -> dict[str, Load]:
    """Of all regencies together on each tier."""
    chance = random.Random(seed)
    first, length = int(DAY) - 4 * 3600, 6 * 3600
    seconds = {tier: [0.0] * length for tier in TIERS}
    for share, zone in ZONES:
        # One regency's morning, as often as there are such regencies: their people's chance is not one's own.
        alike = round(regencies * share)
        curve = one_morning(zone, first, length)
        for at, counts in enumerate(curve):
            drawn = {kind: poisson(alike * count, chance) for kind, count in counts.items()}
            for tier in TIERS:
                seconds[tier][at] += sum(number * COST[kind][tier] for kind, number in drawn.items()) / 1000
    return {tier: Load(first, seconds[tier]) for tier in TIERS}


@cache
def one_morning(zone: int, first: int, length: int) -> list[dict[str, float]]:
    """Expected requests by second, out of the mean of several mornings of one regency."""
    mornings, chance = 5, random.Random(SEED + zone)
    curve = [dict.fromkeys(COST, 0.0) for _second in range(length)]
    for _morning in range(mornings):
        for moment, kind in requests(arrivals(STAFF, zone, chance), chance):
            curve[int(moment) - first][kind] += 1 / mornings
    return curve


def poisson(mean: float, chance: random.Random) -> int:
    if mean <= 0:
        return 0
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, number, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        number, product = number + 1, product * chance.random()
    return number


def stepped(load: Load, cores: float) -> float:
    """The longest wait in seconds when so many cores work it off."""
    backlog = longest = 0.0
    for given in load.seconds:
        backlog = max(0.0, backlog + given - cores)
        longest = max(longest, backlog / cores)
    return longest


def hosts(busy: float, most: float = BUSY) -> int:
    return max(1, math.ceil(busy / (CORES * most)))


def row(regencies: int) -> list[str]:
    """Cells are benches with a Redis each: a process of Frappe knows one Redis for the caches of all its sites."""
    loads = demand(regencies)
    peak = {tier: loads[tier].busiest() for tier in TIERS}
    people = peak["web"] / sum(COST[kind]["web"] for kind in COST) * 1000
    cells = max(1, math.ceil(peak["redis"] / REDIS_BUSY))
    return [
        f"{regencies:,}",
        f"{regencies * STAFF:,}",
        f"{people:,.0f}",
        f"{peak['web']:.1f}",
        f"{peak['database']:.1f}",
        f"{peak['redis']:.2f}",
        f"{cells}",
        f"{cells * (hosts(peak['web'] / cells) + 1)}",
        f"{cells * hosts(peak['database'] / cells)}",
        wait(stepped(loads["web"], peak["web"] * 0.8)),
        wait(stepped(loads["web"], peak["web"] * 0.5)),
    ]


def wait(seconds: float) -> str:
    return "none" if seconds < 0.05 else f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def one_regency() -> str:
    """Seconds from arrival to answer of a punch, with every request on its own way."""
    lines = [("web cores", "database cores", "p50", "p95", "p99", "longest"), ("---",) * 6]
    for web, database in ((1, 1), (2, 1), (4, 2)):
        found = exact(STAFF, web, database)
        times = [found[int(len(found) * share)] for share in (0.5, 0.95, 0.99)] + [found[-1]]
        lines.append((str(web), str(database), *(f"{1000 * time:.0f} ms" for time in times)))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


HEAD = (
    "regencies", "people", "people/s", "web cores busy", "database cores busy", "Redis cores busy", "cells", "web hosts",
    "database hosts", "longest wait with 4/5 of the web cores", "with half of them",
)  # fmt: skip


def table(sizes: Sequence[int]) -> str:
    lines = [HEAD, ["---"] * len(HEAD), *(row(size) for size in sizes)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regencies", type=int, nargs="+", default=[1, 10, 50, 100, 250, 500])
    sizes = parser.parse_args().regencies
    print(one_regency(), table(sizes), sep="\n\n")


if __name__ == "__main__":
    main()
