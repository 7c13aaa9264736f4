"""What the tests of the bench tool share: a clone of what is committed, programs run to their end, processes found by folder."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.dev import ports
from config.dev.environments import tool_caches
from config.dev.paths import ROOT


def run(
    command: list[str | Path], *, cwd: Path, env: dict[str, str] | None = None, seconds: int = 600
) -> str:
    """Both outputs of a program that must end well."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **tool_caches(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
    )
    assert done.returncode == 0, (
        f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-4000:]}"
    )
    return done.stdout


@pytest.fixture(scope="session")
def clone() -> Callable[[Path], Path]:
    """``clone(target)``: what is committed, and nothing else."""

    def make(target: Path) -> Path:
        run(["git", "clone", "-q", f"file://{ROOT}", target], cwd=ROOT)
        return target

    return make


def processes_of(folder: Path) -> dict[int, str]:
    """pid → command line of what works in this folder, names it, or is marked as its."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            marked = f"SPBE_DEV_BENCH={folder}\0".encode() in (entry / "environ").read_bytes()
            inside = (entry / "cwd").readlink().is_relative_to(folder)
        except OSError:
            continue
        if line and (inside or marked or f"{folder}/" in line):
            found[int(entry.name)] = line
    return found


def wait_until_none(folder: Path, seconds: float) -> dict[int, str]:
    """What is still there after this time; empty as soon as nothing is."""
    deadline = time.monotonic() + seconds
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def free_port(first: int = 24200) -> int:
    return next(port for port in range(first, first + 700) if ports.is_free(port))
