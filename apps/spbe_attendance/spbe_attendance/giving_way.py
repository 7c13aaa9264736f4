"""Processes that nobody waits for give way to those that answer people."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")


def give_way(nice: int) -> None:
    """``nice``: as in nice(2). Where the kernel shares processors among sessions before it looks at processes (sched_autogroup,
    sched(7)) that counts within a session only, so a session that is this process's own is made as nice."""
    os.nice(nice)
    if os.getsid(0) == os.getpid():
        # Other kernels have no such file, and some systems let nobody write it.
        with suppress(OSError):
            AUTOGROUP.write_text(str(nice))
