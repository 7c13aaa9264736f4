"""Long-running children: they end with their parent, whatever ends it, and a pid file tells others about them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from .paths import LOGS, PIDS, ROOT

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(name: str, command: Sequence[str | Path], *, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own, output to logs/<name>.log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    write_pid(name, child.pid)
    return child


def write_pid(name: str, pid: int) -> None:
    PIDS.mkdir(parents=True, exist_ok=True)
    (PIDS / f"{name}.pid").write_text(f"{pid} {birth(pid)}")


def birth(pid: int) -> str:
    """The kernel's start time of a process: tells a process from a later one with the same number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def running_pid(name: str) -> int | None:
    """The pid of a named process of this bench that still lives."""
    try:
        pid, _, born = (PIDS / f"{name}.pid").read_text().partition(" ")
    except OSError:
        return None
    return int(pid) if pid.isdigit() and born and birth(int(pid)) == born and not zombie(int(pid)) else None


def zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return True


def stop(name: str, *, patience: float = 25) -> bool:
    """End a named process; true if it was running. Killed when it does not listen."""
    pid = running_pid(name)
    if pid is not None:
        send(pid, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while running_pid(name) is not None and time.monotonic() < deadline:
            reap(pid)
            time.sleep(0.05)
        if running_pid(name) is not None:
            send(pid, signal.SIGKILL)
            reap(pid)
    forget(name)
    return pid is not None


def forget(name: str) -> None:
    (PIDS / f"{name}.pid").unlink(missing_ok=True)


def reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def send(pid: int, number: int) -> None:
    """A signal to a process that may have ended meanwhile."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
