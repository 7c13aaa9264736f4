"""Running other programs: output kept in a log, the last lines shown when one fails."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from .console import DevError
from .paths import LOGS, ROOT

running: set[subprocess.Popen[bytes]] = set()
aborted = threading.Event()
FULL_DISK = ("No space left on device", "ENOSPC", "Errcode: 28")
NO_SPACE_BYTES = 1_000_000
NO_ANSWER = (
    "No matching distribution found",
    "Failed to fetch",
    "Failed to establish a new connection",
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
)


def run(
    command: Sequence[str | Path],
    *,
    log: str,
    what: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    timeout: float = 900,
) -> None:
    """Run to the end; raise DevError with the reason and the log's name if it fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    if aborted.is_set():
        raise DevError("Stopped.")
    with path.open("wb") as output:
        try:
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise DevError(f"{what} needs the program {command[0]}, which is not installed.") from error
        running.add(child)
        try:
            child.communicate(stdin.encode() if stdin is not None else None, timeout=timeout)
        except subprocess.TimeoutExpired as error:
            raise DevError(
                f"{what} took longer than {timeout:.0f} s and was ended; see logs/{path.name}."
            ) from error
        finally:
            running.discard(child)
            _end(child)
    if child.returncode:
        raise DevError(explain(what, path))


def abort() -> None:
    """End what other threads run now and let them start nothing more: the command as a whole has failed or was stopped."""
    aborted.set()
    for child in list(running):
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """The whole group: npm alone would leave what it started."""
    if child.poll() is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        try:
            child.wait(5)
            return
        except subprocess.TimeoutExpired:
            continue


def explain(what: str, log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    text = "\n".join(lines)
    # On a full disk the log itself may have stayed empty.
    if any(mark in text for mark in FULL_DISK) or shutil.disk_usage(log.parent).free < NO_SPACE_BYTES:
        return f"{what} failed because the disk is full: free some space and run the same command again."
    if any(mark in text for mark in NO_ANSWER):
        return (
            f"{what} failed because the package registry did not answer or lacks a package: "
            f"check the network and run the same command again (whole output: logs/{log.name})."
        )
    # A program's own traceback is for the log; what it ends with says what happened.
    tail = "\n    ".join(lines[-1:] if "Traceback (most recent call last):" in text else lines[-8:])
    return f"{what} failed (whole output: logs/{log.name}):\n    {tail}"


def output(command: Sequence[str | Path], *, cwd: Path = ROOT) -> str:
    """What a quick program prints; empty if it is not there or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=60
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
