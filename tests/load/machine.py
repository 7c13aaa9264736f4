"""What the machine is and what its processes have used, from /proc and the database. Linux only."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymysql

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "sites"
PROC = Path("/proc")


def all_ticks() -> tuple[int, int]:
    """Of all cores since the machine was started: (taken by others of the same host, everything)."""
    fields = [int(value) for value in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    return fields[7], sum(fields)


STOLEN = "Processor time that others of the same host took meanwhile"
# When the scenario began.
STARTED = all_ticks()


def stolen_share() -> float:
    """Of the processor time of this scenario, what other machines of the same host had."""
    stolen, everything = (now - then for now, then in zip(all_ticks(), STARTED, strict=True))
    return stolen / everything if everything else 0.0


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes, and of their children that have ended."""
    ticks = 0
    for pid in pids:
        try:
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        ticks += sum(int(value) for value in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


class Watched:
    """CPU of processes that may be replaced meanwhile: gunicorn renews its workers, and those that ended count with their master."""

    def __init__(self, find: Callable[[], list[int]]) -> None:
        self.find = find

    def seconds(self) -> float:
        return cpu_seconds(self.find())


def web_processes(url: str) -> list[int]:
    """gunicorn's master and workers of the stack that serves this address."""
    return _processes(
        lambda command, environment: "gunicorn" in command and f"SPBE_WEB_URL={url}" in environment
    )


def processes_of(url: str, word: str) -> list[int]:
    """Parts of that stack whose command has the word."""
    return _processes(lambda command, environment: word in command and f"SPBE_WEB_URL={url}" in environment)


def database_processes() -> list[int]:
    data = str(ROOT / ".bench")
    return _processes(lambda command, _environment: "mariadbd" in command and data in command)


def redis_processes() -> list[int]:
    """Redis writes its address over its command line; where it stands remains."""
    folder = ROOT / ".bench"
    found = _processes(lambda command, _environment: "redis-server" in command)
    return [pid for pid in found if folder in (PROC / str(pid) / "cwd").readlink().parents]


def proxy_processes(url: str) -> list[int]:
    """nginx writes its title over its environment; the folder of its settings is on its command line, its workers have the master."""
    folders = {_environment(pid).get("SPBE_RUN", "?") for pid in web_processes(url)}
    masters = _processes(
        lambda command, _e: "nginx: master" in command and any(f in command for f in folders)
    )
    workers = _processes(lambda command, _e: command.startswith("nginx: worker"))
    return [*masters, *(pid for pid in workers if _parent(pid) in masters)]


def _environment(pid: int) -> dict[str, str]:
    lines = (PROC / str(pid) / "environ").read_bytes().decode(errors="replace").split("\0")
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _parent(pid: int) -> int:
    return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])


def _processes(wanted: Any) -> list[int]:
    found = []
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            environment = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if wanted(command, environment):
            found.append(int(folder.name))
    return sorted(found)


def connect(site: str) -> pymysql.Connection:
    common = json.loads((SITES / "common_site_config.json").read_text())
    own = {**common, **json.loads((SITES / site / "site_config.json").read_text())}
    return pymysql.connect(
        host=own.get("db_host", "127.0.0.1"),
        port=int(own.get("db_port", 3306)),
        user=own.get("db_user") or own["db_name"],
        password=own["db_password"],
        database=own["db_name"],
        autocommit=True,
    )


def status(connection: pymysql.Connection, name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW GLOBAL STATUS LIKE %s", (name,))
        return int(cursor.fetchone()[1])


def lock_waits(connection: pymysql.Connection) -> int:
    """How often a statement has waited for another transaction's row since the server started."""
    return status(connection, "Innodb_row_lock_waits")


def questions(connection: pymysql.Connection) -> int:
    """Statements that clients have sent to the server since it started, this one included."""
    return status(connection, "Questions")


def punches(connection: pymysql.Connection) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM `tabAbsensi`")
        return int(cursor.fetchone()[0])


def facts(connection: pymysql.Connection, workers: int | None = None) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT VERSION()")
        database = str(cursor.fetchone()[0])
    return {
        "CPU": f"{os.cpu_count()} cores, {_line('/proc/cpuinfo', 'model name')}",
        "Memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.1f} GiB",
        "Kernel": platform.release(),
        "Python": platform.python_version(),
        "Frappe": _frappe_version(),
        "MariaDB": database,
        "wrk": _first_line(["wrk", "-v"]),
        **({"Web workers": str(workers)} if workers else {}),
        "Load (1, 5, 15 minutes) at the end": " / ".join(f"{value:.1f}" for value in os.getloadavg()),
        STOLEN: f"{100 * stolen_share():.1f} %",
        "Commit": _first_line(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]),
    }


def _line(path: str, key: str) -> str:
    for line in Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.partition(":")[2].strip()
    return "unknown"


def _frappe_version() -> str:
    for line in (ROOT / "apps" / "frappe" / "frappe" / "__init__.py").read_text().splitlines():
        if line.startswith("__version__"):
            return line.partition("=")[2].strip().strip("\"'")
    return "unknown"


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return ((done.stdout or done.stderr).splitlines() or ["unknown"])[0]
