"""A second process on the site of the tests: what two workers do at once, or one that is killed, needs real ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import frappe

# ``words``: what the test gave along.
BEGIN = """
import sys
import frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
words = sys.argv[2:]
"""
READY = """
print("ready", flush=True)
sys.stdin.readline()
"""


class Worker:
    """``prepare`` runs at once and makes it ready, ``work`` when ``go`` is called; both are Python, with ``frappe`` connected and the
    given ``words``."""

    def __init__(self, work: str, words: Sequence[object] = (), *, prepare: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + prepare + READY + work, frappe.local.site, *map(str, words)],
            cwd=Path.cwd(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        assert self.process.stdout.readline() == "ready\n"

    def go(self) -> Worker:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self

    def told(self, patience: float = 180) -> str:
        """All that it printed, once it has ended well."""
        text = self.process.communicate(timeout=patience)[0]
        assert self.process.returncode == 0
        return text

    def kill_once(self, begun: Callable[[], object], patience: float = 60) -> None:
        """In the middle of its work, as when the power fails."""
        until = time.monotonic() + patience
        while not begun() and time.monotonic() < until:
            time.sleep(0.01)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)
