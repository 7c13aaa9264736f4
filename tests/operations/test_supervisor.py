"""The rendered supervisor configuration, really run: every part stands, and one that is killed comes back."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from config.dev.paths import ENV

from . import bench
from .production import DOMAIN, Rendered, proxy, rendered

MAIN = """[supervisord]
nodaemon=true
user=root
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid
childlogdir={folder}
environment=PATH="{path}"
[unix_http_server]
file={folder}/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://{folder}/s.sock
[include]
files={parts}/supervisor/*.conf
"""
READY = "/api/method/spbe_attendance.api.kesehatan.siap"


@dataclass(frozen=True)
class Supervisor:
    conf: Path
    parts: Rendered

    def status(self) -> dict[str, tuple[str, str]]:
        """Name -> state and the rest of its line."""
        told = subprocess.run(
            ["supervisorctl", "-c", self.conf, "status"], capture_output=True, text=True, timeout=30
        )
        rows = [line.split(None, 2) for line in told.stdout.splitlines() if line.startswith("spbe-absensi:")]
        return {
            row[0].removeprefix("spbe-absensi:spbe-absensi-"): (row[1], " ".join(row[2:])) for row in rows
        }

    def pid(self, name: str) -> int:
        state, rest = self.status()[name]
        return int(rest.split()[1].rstrip(",")) if state == "RUNNING" else 0

    def all_run(self) -> bool:
        found = self.status()
        return bool(found) and {state for state, _rest in found.values()} == {"RUNNING"}


@pytest.fixture(scope="module")
def supervisor(site, tmp_path_factory) -> Iterator[Supervisor]:
    folder = tmp_path_factory.mktemp("supervisor")
    # Its own Redis beside that of the bench.
    own = {f"redis_{name}": f"redis://127.0.0.1:{bench.free_port()}" for name in ("cache", "queue")}
    parts = rendered(folder / "produksi", site, **own)
    conf = folder / "supervisord.conf"
    conf.write_text(
        MAIN.format(folder=folder, parts=parts.folder, path=f"{ENV / 'bin'}:/usr/local/bin:/usr/bin:/bin")
    )
    with bench.running(["supervisord", "-c", str(conf)], folder / "supervisord.out"), proxy(parts):
        found = Supervisor(conf, parts)
        bench.wait(found.all_run, "all parts", 120)
        yield found


def test_every_part_stands_for_longer_than_a_moment(supervisor):
    pids = {name: supervisor.pid(name) for name in supervisor.status()}
    time.sleep(15)
    assert {name: supervisor.pid(name) for name in pids} == pids
    assert set(pids) >= {"web", "socketio", "penjadwal", "kabar", "pekerja-1", "redis-cache", "redis-queue"}


def test_the_web_server_is_back_after_it_was_killed(supervisor):
    url = f"https://{DOMAIN}:{supervisor.parts.https}{READY}"

    def status() -> int:
        return requests.get(url, timeout=30, verify=str(supervisor.parts.certificate)).status_code

    bench.wait(lambda: status() == 200, "the site")
    before = supervisor.pid("web")
    subprocess.run(["kill", "-9", str(before)], check=True)
    bench.wait(lambda: supervisor.pid("web") not in (0, before), "another gunicorn")
    bench.wait(lambda: status() == 200, "the site again")
