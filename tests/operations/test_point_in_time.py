"""Back to the moment before an accident: a dump, and what the binary log of the rendered MariaDB wrote since then. As docs/deploy.md tells it."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.dev import site as sites

from . import bench
from .production import rendered

COPY = (
    "create temporary table satu as select * from `tabAbsensi` limit 1;"
    "update satu set name = '{name}', id_klien = '{name}', kunci_perangkat = null;"
    "insert into `tabAbsensi` select * from satu; drop temporary table satu;"
)


@dataclass(frozen=True)
class Server:
    """A MariaDB of its own under the rendered configuration."""

    socket: Path
    binlog: Path

    def sql(self, statements: str, database: str = "absensi") -> str:
        return self.feed(statements.encode(), database)

    def feed(self, text: bytes, database: str = "absensi") -> str:
        command = ["mariadb", "--no-defaults", f"--socket={self.socket}", "-uroot", "-N", "-B", database]
        done = subprocess.run(command, input=text, capture_output=True, timeout=300)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout.decode().strip()

    def position(self) -> tuple[str, str]:
        name, place, *_rest = self.sql("show master status", "mysql").split("\t")
        return name, place


@pytest.fixture(scope="module")
def server(site, tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("titik")
    parts = rendered(folder, site)
    data = parts.wishes.data / "mysql"
    shutil.rmtree(data)
    who = f"--user={getpass.getuser()}"
    install = [
        "mariadb-install-db",
        "--no-defaults",
        who,
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    # Relative: a socket's path must be short.
    command = [
        "mariadbd",
        f"--defaults-file={parts.folder}/mariadb/60-spbe-absensi.cnf",
        who,
        f"--datadir={data}",
    ]
    command += ["--socket=m.sock", f"--port={bench.free_port()}", "--bind-address=127.0.0.1"]
    with bench.running(command, folder / "mariadbd.log"):
        bench.wait(lambda: (data / "m.sock").exists(), "MariaDB")
        found = Server(data / "m.sock", data)
        found.sql("create database absensi", "mysql")
        yield found


@pytest.fixture(scope="module")
def dump(site, server, tmp_path_factory) -> Path:
    """The site's tables go in, and a dump that knows its place in the binary log comes out."""
    folder = tmp_path_factory.mktemp("dump")
    sites.dump(site, folder / "situs.sql")
    server.feed((folder / "situs.sql").read_bytes())
    command = [
        "mariadb-dump",
        "--no-defaults",
        f"--socket={server.socket}",
        "-uroot",
        "--single-transaction",
        "--master-data=2",
    ]
    with (folder / "penuh.sql").open("wb") as target:
        subprocess.run([*command, "absensi"], stdout=target, check=True, timeout=300)
    return folder / "penuh.sql"


def coordinates(dump: Path) -> tuple[str, str]:
    """File and position that the dump names in its head."""
    (line,) = [one for one in dump.read_text().splitlines()[:60] if "CHANGE MASTER TO" in one]
    words = line.replace("'", "").replace(";", "").replace(",", "").split()
    values = dict(word.split("=") for word in words if "=" in word)
    return values["MASTER_LOG_FILE"], values["MASTER_LOG_POS"]


def test_punches_after_the_dump_come_back_and_the_accident_does_not(server, dump):
    first, start = coordinates(dump)
    server.sql(COPY.format(name="setelah-cadangan-1"))
    server.sql("flush binary logs", "mysql")
    server.sql(COPY.format(name="setelah-cadangan-2"))
    before = server.sql("select count(*) from `tabAbsensi`")
    last, stop = server.position()
    server.sql("delete from `tabAbsensi`; drop table `tabRekap Harian`")
    assert server.sql("select count(*) from `tabAbsensi`") == "0"

    server.sql("drop database absensi; create database absensi", "mysql")
    # What is put back must not be written to the log that is being read.
    server.feed(b"set sql_log_bin = 0;\n" + dump.read_bytes())
    logs = sorted(path for path in server.binlog.glob("spbe-binlog.0*") if first <= path.name <= last)
    assert len(logs) == 2
    played = subprocess.run(
        ["mariadb-binlog", "--no-defaults", f"--start-position={start}", f"--stop-position={stop}", *logs],
        capture_output=True,
        timeout=120,
        env={**os.environ, "TZ": "UTC"},
    )
    assert played.returncode == 0, played.stderr
    server.feed(b"set sql_log_bin = 0;\n" + played.stdout)
    assert server.sql("select count(*) from `tabAbsensi`") == before
    assert server.sql("select count(*) from `tabAbsensi` where name like 'setelah-cadangan-%'") == "2"
    assert int(server.sql("select count(*) from `tabRekap Harian`")) > 0


def test_the_server_keeps_what_it_acknowledged(server):
    names = "'innodb_flush_log_at_trx_commit', 'sync_binlog', 'innodb_doublewrite', 'binlog_format', 'collation_server'"
    found = dict(
        line.split("\t")
        for line in server.sql(f"show variables where variable_name in ({names})", "mysql").splitlines()
    )
    assert found == {
        "innodb_flush_log_at_trx_commit": "1",
        "sync_binlog": "1",
        "innodb_doublewrite": "ON",
        "binlog_format": "ROW",
        "collation_server": "utf8mb4_unicode_ci",
    }
