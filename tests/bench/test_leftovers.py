"""Whatever ends a command, what it started ends too, down to the children of children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import processes_of, wait_until_none

OWNER = """
import subprocess, time
from config.dev import leftovers
leftovers.guard()
for _ in range(2):
    subprocess.Popen(["sh", "-c", "sleep 300 & trap '' TERM; wait"], start_new_session=True)
print("started", flush=True)
time.sleep(300)
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, clone: Callable[[Path], Path]) -> Path:
    return clone(tmp_path_factory.mktemp("leftovers") / "absensi")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_guard_ends_what_a_killed_command_left(fresh: Path, number: signal.Signals):
    owner = subprocess.Popen(
        [sys.executable, "-B", "-c", OWNER],
        cwd=fresh,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # A shell ignores SIGINT for what it runs in the background, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert owner.stdout.readline() == b"started\n"
    deadline = time.monotonic() + 60
    while sum("sleep 300" in line for line in processes_of(fresh).values()) < 4:
        assert time.monotonic() < deadline, processes_of(fresh)
        time.sleep(0.05)
    os.kill(owner.pid, number)
    owner.wait(60)
    owner.stdout.close()
    assert wait_until_none(fresh, 60) == {}
