"""What a phone's requests cost each machine of the cluster: CPU time per request, out of the kernel's accounts of its processes.

``SPBE_TEST_SITE=… SPBE_LOGINS=… env/bin/python -m tests.hosts.cost --requests 400`` prints the table of docs/scale.md and the same figures as
JSON for tests/load/scale.py. Times of CPU hardly depend on what else the machine does; rates do, so none are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.client import CATAT, HARI_INI, Client, inside, picture, punch
from tests.hosts.cluster import Cluster, running
from tests.hosts.network import Host

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
TIERS = ("web", "database", "replica", "redis", "balancer")
CLIENTS = 6
# Whatever these do is not for one request: they are paused while requests are counted.
BACKGROUND = ("worker", "schedule", "kabar")


def cpu_ms(host: Host) -> float:
    """Of all processes of a machine, those that ended counted with their parents."""
    own = Path(f"/proc/{host.pid}/ns/pid").readlink()
    total = 0
    for folder in Path("/proc").iterdir():
        try:
            if not folder.name.isdigit() or (folder / "ns" / "pid").readlink() != own:
                continue
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        total += sum(int(field) for field in fields[11:15])
    return total * TICK_MS


def spent(cluster: Cluster) -> dict[str, float]:
    machines = {
        "web": list(cluster.webs),
        "database": [cluster.databases.primary],
        "replica": [cluster.databases.replica],
        "redis": [cluster.redis],
        "balancer": [cluster.network.gateway],
    }
    return {tier: sum(cpu_ms(host) for host in machines[tier]) for tier in TIERS}


class Person:
    """A log-in through the balancer, and what its phone sends."""

    def __init__(self, cluster: Cluster, user: dict) -> None:
        self.client = Client(cluster.stack(), user)
        self.point = inside(self.client.message("GET", HARI_INI))
        self.photo = picture(60)
        self.sent: list[dict] = []

    def home(self) -> None:
        self.client.message("GET", HARI_INI)

    def punch(self) -> None:
        body = punch(self.point, foto_sha256=hashlib.sha256(self.photo).hexdigest())
        self.client.message("POST", CATAT, json=body)
        self.sent.append(body)

    def upload(self) -> None:
        self.client.upload(self.sent.pop()["id_klien"], self.photo)


def measure(cluster: Cluster, requests: int) -> dict[str, dict[str, float]]:
    """{request: {tier: CPU in ms per request}}. Uploads are those of the punches before them."""
    users = [user for user in cluster.site.users if user["role"] == "Pegawai SPBE"][:CLIENTS]
    people = [Person(cluster, user) for user in users]
    each = requests // len(people)
    steps: dict[str, Callable[[Person], None]] = {
        "home": Person.home,
        "punch": Person.punch,
        "photo": Person.upload,
    }
    found = {}
    with ThreadPoolExecutor(len(people)) as pool:
        for name, step in steps.items():
            if name != "photo":
                list(pool.map(step, people))  # what is remembered is there, as in the middle of a morning
            before = spent(cluster)
            list(pool.map(lambda person, step=step: [step(person) for _each in range(each)], people))
            after = spent(cluster)
            found[name] = {tier: (after[tier] - before[tier]) / (each * len(people)) for tier in TIERS}
    return found


def table(found: dict[str, dict[str, float]]) -> str:
    head = f"| CPU ms per request | {' | '.join(TIERS)} |\n|---|{'---|' * len(TIERS)}"
    rows = [f"| {name} | {' | '.join(f'{row[tier]:.2f}' for tier in TIERS)} |" for name, row in found.items()]
    return "\n".join([head, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, logins = os.environ["SPBE_TEST_SITE"], Path(os.environ["SPBE_LOGINS"])
        with running(Path(folder), site, logins) as cluster:
            for host in cluster.webs:
                for part in BACKGROUND:
                    host.stop(part)
            found = measure(cluster, options.requests)
    print(table(found))
    print(json.dumps({name: {tier: round(row[tier], 2) for tier in TIERS} for name, row in found.items()}))
    print("load", " ".join(f"{each:.1f}" for each in os.getloadavg()), "on", os.cpu_count(), "cores")


if __name__ == "__main__":
    main()
