"""The parts of the Procfile on a site, each started again two seconds after its end, as an init system does; and the ways to end one."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from config.dev import ports, processes, services, stack, testing
from config.dev.paths import CONFIG, LOGS, PYTHON, ROOT, SITES

# Seconds; as config/production/systemd: Restart=always, RestartSec=2.
PAUSE = 2.0
BEGIN = """
import sys
import frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
frappe.set_user("Administrator")
words = sys.argv[2:]
"""
PARTS = ("web", "proxy", "worker", "schedule", "kabar")


def procfile() -> dict[str, str]:
    lines = (CONFIG / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


class Part(threading.Thread):
    """One line of the Procfile. Children end with the thread that started them: this one lives as long as they do."""

    def __init__(self, name: str, command: str, environment: dict[str, str]) -> None:
        super().__init__(name=name, daemon=True)
        self.command, self.environment = command, environment
        self.starts = 0
        self.ended = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.log = LOGS / f"faults-{name}.log"

    def run(self) -> None:
        while not self.ended.is_set():
            with self.log.open("ab") as log:
                self.child = subprocess.Popen(
                    ["/bin/sh", "-c", self.command],
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=processes._die_with_parent,
                )
            self.starts += 1
            while self.child.poll() is None and not self.ended.wait(0.1):
                pass
            if not self.ended.wait(PAUSE):
                continue
            if self.child.poll() is None:
                self.child.terminate()
                try:
                    self.child.wait(15)
                except subprocess.TimeoutExpired:
                    self.child.kill()
                    self.child.wait()

    def stop(self) -> None:
        self.ended.set()
        self.join(30)

    def pid(self) -> int:
        assert self.child is not None and self.child.poll() is None, f"{self.name} does not run: {self.log}"
        return self.child.pid


@dataclass
class Machine:
    site: str
    url: str
    allotted: dict[str, int]
    environment: dict[str, str]
    parts: dict[str, Part] = field(default_factory=dict)

    def start(self, *names: str, **more: str) -> None:
        """``more``: variables of the environment for these parts."""
        for name in names:
            self.parts[name] = Part(name, procfile()[name], {**self.environment, **more})
            self.parts[name].start()

    def stop(self, *names: str) -> None:
        for name in names or tuple(self.parts):
            self.parts.pop(name).stop()

    def replace(self, name: str, **more: str) -> None:
        """Ended in order and started with these variables of the environment."""
        self.stop(name)
        self.start(name, **more)
        self.wait_until_served()

    def wait_until_served(self) -> None:
        until(self.is_served, 60, "no page was served")

    def is_served(self) -> bool:
        return ports.answers(self.allotted["gunicorn"]) and stack.page(
            f"{self.url}/api/method/ping", self.site
        )

    def web_workers(self) -> list[psutil.Process]:
        return psutil.Process(self.parts["web"].pid()).children()

    def python(self, program: str, *words: object) -> str:
        """What a program says that runs on the site as Administrator, with ``frappe`` and ``words``; committed at its end."""
        command = [str(PYTHON), "-c", BEGIN + program + "\nfrappe.db.commit()\n", self.site, *map(str, words)]
        done = subprocess.run(command, cwd=SITES, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def kill_worker(self) -> None:
        """With the child that does the job: nobody is left to say that it failed."""
        worker = psutil.Process(self.parts["worker"].pid())
        kill(worker, *worker.children(recursive=True))

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command of the framework on the site, without waiting for its end."""
        log = (LOGS / "faults-bench.log").open("ab")
        with log:
            return subprocess.Popen(
                self._command(*arguments), cwd=SITES, stdout=log, stderr=subprocess.STDOUT
            )

    def bench(self, *arguments: str) -> None:
        done = subprocess.run(self._command(*arguments), cwd=SITES, capture_output=True, text=True)
        assert done.returncode == 0, f"{arguments}: {done.stdout[-1500:]} {done.stderr[-1500:]}"

    def _command(self, *arguments: str) -> list[str]:
        return [str(PYTHON), "-m", "frappe.utils.bench_helper", "frappe", "--site", self.site, *arguments]

    def log(self, name: str) -> str:
        return (LOGS / f"faults-{name}.log").read_text(errors="replace")


def kill(*found: psutil.Process) -> None:
    """All at once: none may take over what another was doing."""
    for process in found:
        process.send_signal(signal.SIGKILL)


def kill_service(name: str) -> None:
    pid = processes.running_pid(name)
    assert pid, f"{name} does not run"
    os.kill(pid, signal.SIGKILL)
    until(lambda: processes.running_pid(name) is None, 10, f"{name} outlived SIGKILL")


def start_service(name: str, allotted: dict[str, int]) -> None:
    """As the init system would, with what the service has on the disk."""
    if name == "mariadb":
        services.start_mariadb(allotted[name])
    else:
        services.start_redis(name, allotted[name])


@contextmanager
def service_away(name: str, allotted: dict[str, int], seconds: float) -> Iterator[None]:
    """Killed at the beginning, back after the body and not before so many seconds."""
    back = time.monotonic() + seconds
    kill_service(name)
    try:
        yield
    finally:
        time.sleep(max(0.0, back - time.monotonic()))
        start_service(name, allotted)


def until(true: Callable[[], object], seconds: float, complaint: str, *, step: float = 0.1) -> float:
    """Seconds until it held. Fails the test with the complaint when it does not."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"{complaint} (after {seconds:.0f} s)"
        time.sleep(step)
    return time.monotonic() - began


@contextmanager
def running(site: str, names: Sequence[str] = PARTS) -> Iterator[Machine]:
    allotted = {**services.start(), **testing.free_ports("gunicorn", "punches", "socketio", "web")}
    environment = stack.environment(site, allotted["web"], allotted, True, "faults")
    machine = Machine(site, f"http://127.0.0.1:{allotted['web']}", allotted, environment)
    machine.bench("enable-scheduler")
    try:
        machine.start(*names)
        machine.wait_until_served()
        yield machine
    finally:
        machine.stop()
