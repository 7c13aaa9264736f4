"""Machines made of the kernel's namespaces: a network, host name, mounts and processes of its own each, joined by a bridge.

The bridge is on the gateway, where the balancer runs, too; whoever runs the tests has a cable to it. Nothing outlives the test: every
namespace hangs on one process, that one dies with the test, and its end takes processes, mounts and cables along.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
UNSHARE = ("unshare", "--net", "--uts", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
BRIDGE = "br0"


def missing() -> str:
    """Why there can be no machines here; empty where there can."""
    if os.geteuid() != 0:
        return "namespaces and cables of their own need root"
    tried = subprocess.run(
        [*UNSHARE, "ip", "link", "add", "cable0", "type", "veth", "peer", "name", "cable1"],
        capture_output=True,
        text=True,
    )
    return "" if tried.returncode == 0 else f"this system permits no namespaces: {tried.stderr.strip()}"


def until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Raises AssertionError when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Host:
    """One machine. ``address`` is the one on the common net; ``log`` the folder of what its programs print."""

    def __init__(self, name: str, log: Path) -> None:
        self.name, self.log, self.address = name, log, ""
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self._holder = subprocess.Popen(
            [*UNSHARE, "sleep", "infinity"],
            preexec_fn=_die_with_parent,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: children(self._holder.pid), f"{name}: namespaces", 10)
        self.pid = children(self._holder.pid)[0]
        until(lambda: self.own_network(), f"{name}: network", 10)
        self.run("hostname", name)
        self.run("ip", "link", "set", "lo", "up")

    def own_network(self) -> bool:
        """False while the new process is still the old one."""
        mine = Path(f"/proc/{self.pid}/ns/net").readlink()
        return (
            mine != Path("/proc/self/ns/net").readlink()
            and Path(f"/proc/{self.pid}/comm").read_text() == "sleep\n"
        )

    def command(self, *words: str | Path) -> list[str]:
        enter = ("nsenter", "-t", str(self.pid), "-n", "-u", "-m", "-p", f"-w{Path.cwd()}", "--")
        return [*enter, *(str(word) for word in words)]

    def run(
        self, *words: str | Path, env: Mapping[str, str] | None = None, stdin: str = "", seconds: float = 180
    ) -> str:
        """What a program prints here. Raises AssertionError with all of it when it fails."""
        done = subprocess.run(
            self.command(*words),
            env={**os.environ, **(env or {})},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert done.returncode == 0, f"{self.name}: {words[0]}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout

    def begin(self, *words: str | Path) -> subprocess.Popen[str]:
        """A program that somebody talks with, or whose end is waited for: its input and output are pipes."""
        return subprocess.Popen(
            self.command(*words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )

    def start(self, part: str, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        """A program that stays, until it is stopped or the machine is gone."""
        with (self.log / f"{self.name}-{part}.log").open("ab") as output:
            self.parts[part] = subprocess.Popen(
                self.command(*words),
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def send(self, part: str, number: int = signal.SIGTERM) -> None:
        for pid in children(self.parts[part].pid):
            os.kill(pid, number)

    def stop(self, part: str, number: int = signal.SIGTERM) -> None:
        """And wait for its end."""
        self.send(part, number)
        self.parts.pop(part).wait(30)

    def runs(self, part: str) -> bool:
        return part in self.parts and self.parts[part].poll() is None

    def printed(self, part: str) -> str:
        return (self.log / f"{self.name}-{part}.log").read_text(errors="replace")

    def end(self) -> None:
        """As if the power were cut: init of the namespace dies and takes everything along."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._holder.wait(20)
        for part in self.parts.values():
            part.wait(20)


class Network:
    """Hosts on one net, 10.x.y.0/24, with the gateway in the middle."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.net = f"10.{200 + secrets.randbelow(55)}.{secrets.randbelow(255)}"
        self.hosts: dict[str, Host] = {}
        self.gateway = self.hosts["gateway"] = Host("gateway", log)
        self.gateway.address = f"{self.net}.10"
        self._in_gateway("ip", "link", "add", BRIDGE, "type", "bridge")
        self._in_gateway("ip", "addr", "add", f"{self.gateway.address}/24", "dev", BRIDGE)
        self._in_gateway("ip", "link", "set", BRIDGE, "up")
        self.client = f"{self.net}.1"
        self._cable("tests", os.getpid(), cable := f"spbe{secrets.token_hex(3)}")
        self._ip("addr", "add", f"{self.client}/24", "dev", cable)
        self._ip("link", "set", cable, "up")

    def add(self, name: str, number: int) -> Host:
        host = self.hosts[name] = Host(name, self.log)
        host.address = f"{self.net}.{number}"
        self._cable(name, host.pid, "eth0")
        host.run("ip", "addr", "add", f"{host.address}/24", "dev", "eth0")
        host.run("ip", "link", "set", "eth0", "up")
        return host

    def _cable(self, name: str, pid: int, far: str) -> None:
        """From the bridge to the network of that process."""
        near = f"to-{name}"
        self._in_gateway("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", str(pid))
        self._in_gateway("ip", "link", "set", near, "master", BRIDGE, "up")

    def _in_gateway(self, *words: str) -> None:
        # Its network alone: process numbers are to be those of the whole machine.
        subprocess.run(["nsenter", "-t", str(self.gateway.pid), "-n", "--", *words], check=True, timeout=10)

    @staticmethod
    def _ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, timeout=10)

    def pull(self, host: Host) -> None:
        """The cable is out: nothing is answered, nothing is refused."""
        self._in_gateway("ip", "link", "set", f"to-{host.name}", "down")

    def plug(self, host: Host) -> None:
        self._in_gateway("ip", "link", "set", f"to-{host.name}", "up")

    @contextlib.contextmanager
    def cut_off(self, host: Host) -> Iterator[None]:
        self.pull(host)
        try:
            yield
        finally:
            self.plug(host)

    def end(self) -> None:
        for host in reversed(self.hosts.values()):
            host.end()


def shell(script: str) -> Sequence[str]:
    return ("sh", "-ec", script)
