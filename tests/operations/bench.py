"""What these tests do with the bench: Frappe's own commands, rows of a site, free ports, programs that are ended again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pymysql

from config.dev.paths import PYTHON, SITES

BENCH = [str(PYTHON), "-m", "frappe.utils.bench_helper", "frappe"]


def frappe(*arguments: str, env: Mapping[str, str] | None = None, patience: float = 600) -> str:
    """What a command of bench prints; it must end well."""
    done = subprocess.run(
        [*BENCH, *arguments],
        cwd=SITES,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=patience,
    )
    assert done.returncode == 0, (arguments, done.stdout[-3000:], done.stderr[-3000:])
    return done.stdout


def common() -> dict[str, Any]:
    return json.loads((SITES / "common_site_config.json").read_text())


def config(site: str) -> dict[str, Any]:
    return json.loads((SITES / site / "site_config.json").read_text())


@contextlib.contextmanager
def configured(site: str, **values: Any) -> Iterator[None]:
    """The site's configuration with these values, for the length of a block."""
    path = SITES / site / "site_config.json"
    before = path.read_text()
    path.write_text(json.dumps(json.loads(before) | values, indent=1))
    try:
        yield
    finally:
        path.write_text(before)


def connect(site: str) -> pymysql.Connection:
    own = config(site)
    return pymysql.connect(
        host="127.0.0.1",
        port=common()["db_port"],
        user=own["db_name"],
        password=own["db_password"],
        database=own["db_name"],
        charset="utf8mb4",
        autocommit=True,
    )


def rows(site: str, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connect(site) as connection, connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait(ready: Callable[[], object], what: str, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while not ready():
        assert time.monotonic() < until, f"{what}: not within {patience:.0f} s"
        time.sleep(0.2)


@contextlib.contextmanager
def running(
    command: Sequence[str], log: Path, *, cwd: Path = SITES, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program for the length of a block; it is ended in good order, as systemd does."""
    with log.open("ab") as target:
        child = subprocess.Popen(
            list(command),
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
