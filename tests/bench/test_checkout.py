"""``./dev start --frappe PATH``: a checkout's own bundler and socket server are used, and nothing is written into it."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.dev.paths import NODE
from config.dev.store import files_below

from .conftest import free_port, wait_until_none
from .standin import make_checkout

SITE = "kantor.localhost"


@dataclass(frozen=True)
class Started:
    folder: Path
    checkout: Path
    before: set[Path]
    port: int

    def get(self, path: str) -> tuple[int, bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": SITE})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()

    def log(self, name: str) -> str:
        return (self.folder / "logs" / name).read_text(errors="replace")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, clone: Callable[[Path], Path]) -> Iterator[Started]:
    base = tmp_path_factory.mktemp("checkout")
    folder = clone(base / "absensi")
    checkout = make_checkout(base / "elsewhere" / "frappe")
    # The stand-in server is this repository's own, which looks for its packages here.
    (folder / "config" / "node" / "node_modules").symlink_to(NODE / "node_modules")
    before = set(files_below(checkout))
    port = free_port()
    command = ["./dev", "start", "--frappe", checkout, "--port", port, "--site", SITE, "--no-demo"]
    output = base / "output"
    with output.open("wb") as log:
        child = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 600
        while "is up after" not in output.read_text():
            assert child.poll() is None and time.monotonic() < deadline, output.read_text()
            time.sleep(0.2)
        yield Started(folder, checkout, before, port)
    finally:
        subprocess.run(["./dev", "stop"], cwd=folder, stdin=subprocess.DEVNULL, timeout=120)
        child.wait(60)
    assert wait_until_none(folder, 20) == {}


def test_pages_are_served_and_the_site_has_the_given_name(started: Started):
    assert started.get("/api/method/ping") == (200, b'{"message":"pong"}')
    status, page = started.get("/login")
    assert status == 200
    assert b"login.bundle" in page
    assert (started.folder / "sites" / SITE / "site_config.json").is_file()
    assert not (started.folder / "sites" / "demo-logins.json").exists()


def test_the_bundles_are_those_of_the_checkouts_bundler(started: Started):
    assets = started.folder / "sites" / "assets"
    assert (assets / "built-by-checkout").read_text() == str(started.folder / "apps" / "frappe" / "esbuild")
    table = json.loads((assets / "assets.json").read_text())
    for name in ("desk.bundle.js", "desk.bundle.css"):
        assert started.get(table[name])[0] == 200
    assert any(address.startswith("/assets/spbe_attendance/") for address in table.values())
    assert started.get("/assets/frappe/images/frappe-framework-logo.svg")[0] == 200


def test_the_pwa_is_served_beside_them(started: Started):
    assert started.get("/absen")[0] == 200
    assert started.get("/assets/spbe_attendance/frontend/manifest.webmanifest")[0] == 200


def test_the_socket_server_is_the_checkouts_and_knows_the_bench(started: Started):
    assert f"realtime of the checkout, bench {started.folder}," in started.log("stack.log")
    status, body = started.get("/socket.io/?EIO=4&transport=polling")
    assert status == 200
    assert b'"sid"' in body


def test_nothing_was_written_into_the_checkout(started: Started):
    assert set(files_below(started.checkout)) == started.before
