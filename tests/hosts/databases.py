"""The database host and its replica: real MariaDB, replication by GTID, accounts bound to the hosts that may use them."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymysql

from tests.hosts.network import Host, Network, until

PORT = 3306
COMMON = (
    "--no-defaults",
    "--user=root",
    "--socket=mariadb.sock",
    f"--port={PORT}",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_ci",
    "--skip-name-resolve",
    "--innodb-buffer-pool-size=192M",
    "--max-allowed-packet=64M",
    "--innodb-lock-wait-timeout=10",
    "--slave-net-timeout=5",
)
PRIMARY = ("--server-id=1", "--log-bin=binlog", "--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1")
REPLICA = ("--server-id=2", "--read-only=1", "--innodb-flush-log-at-trx-commit=2")


class Databases:
    """``root`` may connect from where the tests run."""

    def __init__(self, network: Network, folder: Path) -> None:
        self.network, self.folder, self.password = network, folder, secrets.token_urlsafe(18)
        self.primary, self.replica = network.add("db", 20), network.add("replica", 21)
        for host in (self.primary, self.replica):
            self._make(host)
        self._replicate()

    def _make(self, host: Host) -> None:
        data = self.folder / host.name
        data.mkdir()
        new = ("--no-defaults", "--user=root", f"--datadir={data}", "--skip-test-db")
        host.run("mariadb-install-db", *new, "--auth-root-authentication-method=normal")
        accounts = (
            "DELETE FROM mysql.global_priv WHERE User='' OR (User='root' AND Host<>'localhost');",
            "FLUSH PRIVILEGES;",
            f"CREATE USER 'root'@'{self.network.client}' IDENTIFIED BY '{self.password}';",
            f"GRANT ALL ON *.* TO 'root'@'{self.network.client}' WITH GRANT OPTION;",
            f"CREATE USER 'salinan'@'{self.network.net}.21' IDENTIFIED BY '{self.password}';",
            f"GRANT REPLICATION SLAVE ON *.* TO 'salinan'@'{self.network.net}.21';",
            f"ALTER USER 'root'@'localhost' IDENTIFIED BY '{self.password}';",
            "",
        )
        first = ("mariadbd", "--no-defaults", "--user=root", f"--datadir={data}", "--bootstrap")
        host.run(*first, stdin="\n".join(accounts))
        self.start(host)

    def start(self, host: Host) -> None:
        options = PRIMARY if host is self.primary else REPLICA
        where = (f"--datadir={self.folder / host.name}", f"--bind-address={host.address}")
        host.start("mariadb", "mariadbd", *COMMON, *where, *options)
        until(lambda: self.answers(host), f"{host.name}: MariaDB")

    def stop(self, host: Host) -> None:
        host.stop("mariadb")

    def _replicate(self) -> None:
        self.at(
            self.replica,
            f"CHANGE MASTER TO MASTER_HOST='{self.primary.address}', MASTER_PORT={PORT}, MASTER_USER='salinan', "
            f"MASTER_PASSWORD='{self.password}', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1",
        )
        self.at(self.replica, "START SLAVE")
        until(lambda: self.state()["Slave_IO_Running"] == "Yes", "replication")

    def connect(self, host: Host, database: str | None = None) -> pymysql.Connection:
        return pymysql.connect(
            host=host.address,
            port=PORT,
            user="root",
            password=self.password,
            database=database,
            autocommit=True,
            charset="utf8mb4",
            connect_timeout=3,
            cursorclass=pymysql.cursors.DictCursor,
        )

    def answers(self, host: Host) -> bool:
        try:
            self.connect(host).close()
        except pymysql.OperationalError:
            return False
        return True

    def at(
        self, host: Host, statement: str, *values: Any, database: str | None = None
    ) -> list[dict[str, Any]]:
        with contextlib.closing(self.connect(host, database)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def load(self, database: str, password: str, tables: Path) -> None:
        """A site's database, and its account for the web hosts. The names are made here: letters, digits, - and _ only."""
        account = f"'{database}'@'{self.network.net}.%'"
        self.at(self.primary, f"CREATE DATABASE `{database}`")
        self.at(self.primary, f"CREATE USER {account} IDENTIFIED BY '{password}'")
        self.at(self.primary, f"GRANT ALL PRIVILEGES ON `{database}`.* TO {account}")
        command = [
            "mariadb",
            "--no-defaults",
            f"--host={self.primary.address}",
            f"--port={PORT}",
            "--user=root",
            database,
        ]
        with tables.open("rb") as source:
            subprocess.run(
                command, stdin=source, env={**os.environ, "MYSQL_PWD": self.password}, check=True, timeout=300
            )

    def state(self) -> dict[str, Any]:
        return self.at(self.replica, "SHOW SLAVE STATUS")[0]

    def caught_up(self) -> None:
        """Until the replica has what the primary has now."""
        position = self.at(self.primary, "SELECT @@gtid_binlog_pos AS position")[0]["position"]
        waited = self.at(self.replica, "SELECT MASTER_GTID_WAIT(%s, 60) AS waited", position)[0]["waited"]
        assert waited == 0, self.state()

    @contextlib.contextmanager
    def lagging(self) -> Iterator[None]:
        """The replica takes notice of nothing more, and goes on answering."""
        self.caught_up()
        self.at(self.replica, "STOP SLAVE SQL_THREAD")
        # Something that it does not have.
        self.at(self.primary, "CREATE OR REPLACE DATABASE sesudahnya")
        try:
            yield
        finally:
            self.at(self.replica, "START SLAVE SQL_THREAD")
            self.caught_up()

    def statements(self, host: Host) -> int:
        """Answered so far, this question excluded."""
        found = self.at(host, "SHOW GLOBAL STATUS LIKE 'Questions'")
        return int(found[0]["Value"])


def dump(common: dict[str, Any], database: str, target: Path, password: str) -> None:
    """The tables of a site of the bench that the tests were started on, passwords included."""
    command = [
        "mariadb-dump",
        "--no-defaults",
        f"--host={common['db_host']}",
        f"--port={common['db_port']}",
        "--user=root",
    ]
    command += ["--single-transaction", "--skip-comments", f"--result-file={target}", database]
    subprocess.run(command, env={**os.environ, "MYSQL_PWD": password}, check=True, timeout=300)


def root_password(bench: Path) -> str:
    return json.loads((bench / ".bench" / "mariadb-root.json").read_text())["password"]
