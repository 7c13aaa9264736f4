"""No process outlives its command: whatever a command starts carries its mark, and a guard beside it sweeps when it is gone.

Signals alone do not reach that far: a killed ./dev cannot pass anything on, and the kernel's parent-death signal ends with the
first grandchild (npm → sh → vite). The mark is an environment variable, which every descendant inherits.

    python -m config.dev.leftovers      (the guard: waits for the end of its input, then sweeps)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import processes
from .paths import LOGS, ROOT

BENCH_MARK = "SPBE_DEV_BENCH"
OWNER_MARK = "SPBE_DEV_OWNER"
GRACE_S = 6.0
# The end of the guard's pipe that closes when this process ends, whatever ends it.
_held: list[int] = []
# OS packages are no part of the bench, and half-installed ones are worse than late ones.
UNMARKED = {BENCH_MARK: "", OWNER_MARK: ""}


def guard() -> None:
    """Mark this process as owner of all that it will start, and start the guard. The kernel closes the pipe when we end."""
    sweep()
    os.environ[BENCH_MARK] = str(ROOT)
    os.environ[OWNER_MARK] = f"{os.getpid()}:{processes.birth(os.getpid())}"
    reader, writer = os.pipe()  # neither end is inherited by other children
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "guard.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-B", "-m", "config.dev.leftovers"],
            cwd=ROOT,
            stdin=reader,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **UNMARKED},
        )
    os.close(reader)
    _held.append(writer)


def sweep(grace: float = GRACE_S) -> None:
    """End what commands of this bench that are gone have left; the services of one that still runs stay."""
    for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, grace)):
        deadline = time.monotonic() + seconds
        left = orphans()
        for pid in left:
            processes.send(pid, number)
        while left and time.monotonic() < deadline:
            time.sleep(0.05)
            left = orphans()
        if not left:
            return


def orphans() -> list[int]:
    """Processes with the mark of this bench whose owner does not live any more."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        marks = _marks(folder)
        pid, _, born = marks.get(OWNER_MARK, "").partition(":")
        if marks.get(BENCH_MARK) != str(ROOT) or not pid.isdigit():
            continue
        alive = processes.birth(int(pid)) == born and not processes.zombie(int(pid))
        if not alive and not processes.zombie(int(folder.name)):
            found.append(int(folder.name))
    return found


def _marks(folder: Path) -> dict[str, str]:
    try:
        entries = (folder / "environ").read_bytes().split(b"\0")
    except OSError:  # it ended, or is somebody else's
        return {}
    pairs = (entry.decode(errors="replace").partition("=") for entry in entries)
    return {name: value for name, _, value in pairs if name in (BENCH_MARK, OWNER_MARK)}


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    sweep()


if __name__ == "__main__":
    main()
