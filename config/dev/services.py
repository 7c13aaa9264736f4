"""The private MariaDB and Redis: own data, sockets and ports, loopback only."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import ports, processes
from .console import DevError, step
from .ospackages import which
from .paths import LOGS, STATE
from .shell import output, run
from .store import stamp, stamped

DATA = STATE / "mariadb"
# Relative to the data folder: an absolute path of a deep clone is longer than a socket may be.
SOCKET = "mariadb.sock"
# A starting server deletes every "#sql…" file of its temporary folder, also those that another one is using.
TEMPORARY = STATE / "mariadb-tmp"
SECRET = STATE / "mariadb-root.json"
REDIS = ("redis_cache", "redis_queue")
LAYOUT = "1"


def root_password() -> str:
    return json.loads(SECRET.read_text())["password"]


def server_user() -> str:
    """Whoever runs the tool: a user of its own could not enter a clone below a private folder."""
    return pwd.getpwuid(os.geteuid()).pw_name


def start() -> dict[str, int]:
    """Start what is not running yet; the ports by name."""
    running = all(processes.running_pid(name) for name in ("mariadb", *REDIS))
    allotted = ports.allot(running)
    if running:
        return allotted
    with step("MariaDB and Redis"):
        for name in ("mariadb", *REDIS):
            processes.stop(name)
        allotted = ports.allot(False)
        make_data()
        start_mariadb(allotted["mariadb"])
        for name in REDIS:
            start_redis(name, allotted[name])
    return allotted


def stop() -> bool:
    return any([processes.stop(name) for name in (*REDIS, "mariadb")])


@contextlib.contextmanager
def session() -> Iterator[dict[str, int]]:
    """Services for the length of a command: those that run already stay, those started here are ended."""
    mine = not all(processes.running_pid(name) for name in ("mariadb", *REDIS))
    try:
        yield start()
    finally:
        if mine:
            stop()


def make_data() -> None:
    mark = STATE / "stamps" / "mariadb"
    if stamped(mark, LAYOUT) and DATA.is_dir():
        return
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    TEMPORARY.mkdir(exist_ok=True)
    SECRET.write_text(json.dumps({"password": secrets.token_urlsafe(18)}))
    SECRET.chmod(0o600)
    run(
        [
            "mariadb-install-db",
            "--no-defaults",
            f"--user={server_user()}",
            f"--datadir={DATA}",
            f"--tmpdir={TEMPORARY}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        log="mariadb-install",
        what="Making the database files",
    )
    run(
        [
            which("mariadbd") or "mariadbd",
            "--no-defaults",
            f"--user={server_user()}",
            f"--datadir={DATA}",
            f"--tmpdir={TEMPORARY}",
            "--bootstrap",
            "--skip-networking",
        ],
        log="mariadb-first",
        what="Preparing the database's users",
        stdin=_bootstrap_sql(),
    )
    stamp(mark, LAYOUT)


def _bootstrap_sql() -> str:
    """In bootstrap mode the grant tables are plain tables until FLUSH PRIVILEGES loads them. One statement a line."""
    secret = root_password()  # letters, digits, - and _ only
    return "\n".join(
        (
            "DELETE FROM mysql.global_priv WHERE User='';",
            "FLUSH PRIVILEGES;",
            f"CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{secret}';",
            "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;",
            f"ALTER USER 'root'@'localhost' IDENTIFIED BY '{secret}';",
            "",
        )
    )


def start_mariadb(port: int) -> None:
    TEMPORARY.mkdir(exist_ok=True)
    processes.spawn(
        "mariadb",
        [
            which("mariadbd") or "mariadbd",
            "--no-defaults",
            f"--user={server_user()}",
            f"--datadir={DATA}",
            f"--tmpdir={TEMPORARY}",
            f"--socket={SOCKET}",
            f"--port={port}",
            f"--pid-file={DATA}/mariadbd.pid",
            "--bind-address=127.0.0.1",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_ci",
            "--skip-name-resolve",
            "--max-connections=200",
            # Whoever waits for a row holds a web worker; a phone waits 20 s for its answer.
            "--innodb-lock-wait-timeout=10",
            # A web host that vanishes leaves its locks behind; nobody who still works is silent for so long between two statements.
            "--idle-write-transaction-timeout=300",
            # What another session has just written is read with a lock, not refused (the default of MariaDB 11.6.2 and later).
            "--loose-innodb-snapshot-isolation=OFF",
            # What a receipt stands for is on the disk. The default; said because everything rests on it.
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=512M",
            "--max-allowed-packet=64M",
        ],
    )
    wait("mariadb", "MariaDB", lambda: ports.answers(port))


def start_redis(name: str, port: int) -> None:
    folder = STATE / name
    folder.mkdir(parents=True, exist_ok=True)
    durable = (
        ["--appendonly", "yes"]
        if name == "redis_queue"
        else ["--save", "", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]
    )
    processes.spawn(
        name,
        [
            which("redis-server") or "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--dir",
            folder,
            *durable,
        ],
    )
    wait(name, "Redis", lambda: output(["redis-cli", "-h", "127.0.0.1", "-p", str(port), "ping"]) == "PONG")


def wait(name: str, title: str, ready: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if processes.running_pid(name) is None:
            break
        if ready():
            return
        time.sleep(0.1)
    raise DevError(f"{title} did not start. Last lines of logs/{name}.log:\n    {tail(LOGS / f'{name}.log')}")


def tail(path: Path, lines: int = 8) -> str:
    text = path.read_text(errors="replace") if path.is_file() else ""
    return "\n    ".join(text.splitlines()[-lines:])
