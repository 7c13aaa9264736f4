"""``./dev start`` killed at any moment and run again ends well, and leaves no process behind.

Takes many minutes and is left out by default:  env/bin/python -m pytest -q tests/bench -m slow_bench
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import free_port, wait_until_none

SEED = int(os.environ.get("SPBE_KILL_SEED", "1"))
KILLS = int(os.environ.get("SPBE_KILLS", "10"))
# A whole first start with a warm cache takes about this long; every second kill falls late, into site, demo and stack.
SPAN_S = 45.0

pytestmark = pytest.mark.slow_bench


class Bench:
    """A clone whose ``./dev start`` is started, watched and ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder.parent / "output"

    def start(self) -> subprocess.Popen[bytes]:
        with self.output.open("wb") as log:
            return subprocess.Popen(
                ["./dev", "start", "--port", str(self.port)],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_up(self, child: subprocess.Popen[bytes], seconds: float = 600) -> None:
        deadline = time.monotonic() + seconds
        while "is up after" not in self.output.read_text():
            assert child.poll() is None and time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.2)

    def log_in(self) -> set[int]:
        """The answers to each demo user's log-in."""
        values = json.loads((self.folder / "sites" / "demo-logins.json").read_text())
        answers = set()
        for user in [values["users"][0], values["users"][-1]]:
            request = urllib.request.Request(
                values["url"] + "/api/method/login",
                data=json.dumps({"usr": user["username"], "pwd": user["password"]}).encode(),
                headers={"Host": values["host"], "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=30) as answer:
                answers.add(answer.status)
        return answers

    def said(self) -> str:
        return self.output.read_text()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, clone: Callable[[Path], Path]) -> Iterator[Bench]:
    made = Bench(clone(tmp_path_factory.mktemp("robust") / "absensi"))
    yield made
    subprocess.run(["./dev", "stop"], cwd=made.folder, stdin=subprocess.DEVNULL, timeout=120)


def test_killed_at_random_moments_it_ends_well_at_last(bench: Bench):
    moments = random.Random(SEED)
    for number in range(KILLS):
        child = bench.start()
        seconds = moments.uniform(0.2, SPAN_S if number % 2 else SPAN_S / 3)
        try:
            child.wait(seconds)
            pytest.fail(f"Ended by itself after kill {number} of seed {SEED}:\n{bench.said()}")
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(60)
        left = wait_until_none(bench.folder, 30)
        assert left == {}, f"after kill {number} at {seconds:.1f} s: {left}\n{bench.said()}"
    child = bench.start()
    bench.wait_until_up(child)
    assert bench.log_in() == {200}
    subprocess.run(["./dev", "stop"], cwd=bench.folder, stdin=subprocess.DEVNULL, timeout=120, check=True)
    assert child.wait(60) == 0
    assert wait_until_none(bench.folder, 10) == {}


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_running_stack_leaves_nothing(bench: Bench, ending: str):
    child = bench.start()
    bench.wait_until_up(child)
    os.kill(child.pid, signal.Signals[ending])
    child.wait(60)
    assert wait_until_none(bench.folder, 30) == {}
    assert "Traceback" not in bench.said()


def test_stop_during_the_building_ends_it(bench: Bench):
    (bench.folder / ".bench" / "stamps" / "pwa").unlink(missing_ok=True)
    child = bench.start()
    time.sleep(2)
    subprocess.run(["./dev", "stop"], cwd=bench.folder, stdin=subprocess.DEVNULL, timeout=120, check=True)
    assert child.wait(60) != 0
    assert wait_until_none(bench.folder, 10) == {}
    assert "Traceback" not in bench.said()
