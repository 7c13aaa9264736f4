"""Punches with few rows of Absensi and with five million, on two sites of one stack, in interleaved blocks. Called by ``./dev load``.

The rows are those of ten thousand people over some two years, the people who punch among them: written by the database itself, then
both sites answer the same punches.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from spbe_attendance.kehadiran.pencatatan import naming

from . import figures, machine, people
from .report import Block
from .run import Wrk, say

ROWS, SOURCES = 5_000_000, 500
# Of each person who has punches, that many with the same days; a copy of all is this many days younger than the one before.
ALIKE, FORTNIGHT = 167, 14
ROUNDS, CONNECTIONS, WARM_UP = 12, 64, 5


@dataclass(frozen=True)
class Measured:
    """``blocks``: with few rows, with many, in turn. ``seconds``: that the rows took to write; ``bytes_``: of the table."""

    rows: tuple[int, int]
    blocks: list[tuple[Block, Block]]
    seconds: float
    bytes_: int

    def ratio(self) -> float:
        return median(many.rate / few.rate for few, many in self.blocks)


def main() -> None:
    options = read_options()
    with machine.connect(options.full) as connection:
        began = perf_counter()
        fill(connection, options.rows)
        seconds = perf_counter() - began
        blocks = measure(options)
        result = Measured(
            (punches_of(options.host), punches_of(options.full)),
            blocks,
            seconds,
            table_bytes(connection),
        )
        facts = machine.facts(connection, len(machine.web_processes(options.url)) - 1)
    options.out.write_text(page(result, facts))
    figures.save(figures_of(result), options.figures)
    print(f"Written: {options.out}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the stack that serves --host")
    parser.add_argument("--host", required=True, help="the site with few rows")
    parser.add_argument("--logins", required=True, type=Path, help="file of demo log-ins")
    parser.add_argument("--full-url", required=True, help="address of the stack that serves --full")
    parser.add_argument("--full", required=True, help="the site that gets the rows, a copy of the first")
    parser.add_argument("--full-logins", required=True, type=Path)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"how many ({ROWS:,})")
    parser.add_argument("--seconds", type=int, default=8, help="length of one block (8)")
    parser.add_argument("--out", required=True, type=Path, help="page to write")
    parser.add_argument("--figures", type=Path, help="JSON file of the figures to write")
    return parser.parse_args()


def fill(connection: Any, rows: int) -> None:
    """Copies of punches, each with a name and an id of its own, of other people and older days; what they say is what punches say.

    In the order of their names, which is that of time, and with the other indexes made afterwards: the same table in minutes instead
    of hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION unique_checks = 0, foreign_key_checks = 0")
        columns = source(cursor)
        dropped, made = indexes(cursor)
        cursor.execute(f"ALTER TABLE `tabAbsensi` {dropped}")
        at_once = ALIKE * scalar(cursor, "SELECT COUNT(*) FROM asal")
        copies = -(-rows // at_once)
        listed = ", ".join(f"`{column}`" for column in columns)
        for copy in range(copies):
            chosen = ", ".join(copied(column, copy, FORTNIGHT * (copies - copy)) for column in columns)
            # One table's columns and whole numbers. Thousands in the same minute may get one name twice: the app takes another one then.
            cursor.execute(
                f"INSERT IGNORE INTO `tabAbsensi` ({listed}) SELECT {chosen} "  # noqa: S608
                f"FROM seq_0_to_{ALIKE - 1} s, asal a ORDER BY {name_of(copy, FORTNIGHT * (copies - copy))}"
            )
            print(f"{(copy + 1) * at_once:>9,} rows", flush=True)
        cursor.execute(f"ALTER TABLE `tabAbsensi` {made}")
        cursor.execute("ANALYZE TABLE `tabAbsensi`")
        print("indexes made", flush=True)


def source(cursor: Any) -> list[str]:
    """The table asal of punches to be copied, chosen by chance; returns the columns of Absensi."""
    cursor.execute("SHOW COLUMNS FROM `tabAbsensi`")
    columns = [row[0] for row in cursor.fetchall()]
    cursor.execute(
        f"CREATE TEMPORARY TABLE asal AS SELECT * FROM `tabAbsensi` ORDER BY MD5(name) LIMIT {SOURCES}"  # noqa: S608
    )
    return columns


def by_chance(copy: int, first: int, digits: int) -> str:
    """Hexadecimal digits of a copied row's own."""
    return f"SUBSTR(SHA2(CONCAT(a.name, '-', s.seq, '-{copy}'), 256), {first}, {digits})"


def name_of(copy: int, days: int) -> str:
    """As naming.timely_hash gives it to a punch that arrived then."""
    minute = f"(UNIX_TIMESTAMP(a.waktu - INTERVAL {days} DAY) - {naming.EPOCH}) DIV 60"
    start = f"LPAD(LOWER(CONV({minute}, 10, 36)), {naming.LENGTH}, '0')"
    return f"CONCAT({start}, {by_chance(copy, 1, naming.RANDOM)})"


def client_id_of(copy: int, days: int) -> str:
    """A UUID of version 7, as the app makes it when somebody punches."""
    millis = (
        f"LPAD(LOWER(HEX(CAST(1000 * UNIX_TIMESTAMP(a.waktu - INTERVAL {days} DAY) AS UNSIGNED))), 12, '0')"
    )
    parts = [f"SUBSTR({millis}, 1, 8)", f"SUBSTR({millis}, 9)", f"CONCAT('7', {by_chance(copy, 9, 3)})"]
    parts += [f"CONCAT('a', {by_chance(copy, 12, 3)})", by_chance(copy, 15, 12)]
    return f"CONCAT_WS('-', {', '.join(parts)})"


def copied(column: str, copy: int, days: int) -> str:
    """What a row of a copy has in that column; all of it happened that many days before what it is copied from."""
    older = f"INTERVAL {days} DAY"
    own = {
        "name": name_of(copy, days),
        "id_klien": client_id_of(copy, days),
        "pegawai": "IF(s.seq = 0, a.pegawai, CONCAT(a.pegawai, '-', s.seq))",
        "tanggal": f"a.tanggal - {older}",
        "waktu": f"a.waktu - {older}",
        "waktu_tiba": f"a.waktu_tiba - {older}",
        "isyarat_pada": "NOW()",
        "foto_status": "'Tidak Diminta'",
        "kunci_perangkat": "NULL",
    }
    return own.get(column, f"a.`{column}`")


def indexes(cursor: Any) -> tuple[str, str]:
    """All but the primary key of Absensi: what drops them, and what makes them again."""
    cursor.execute(
        "SELECT index_name, MIN(non_unique), GROUP_CONCAT(CONCAT('`', column_name, '`', IF(sub_part IS NULL, '', "
        "CONCAT('(', sub_part, ')'))) ORDER BY seq_in_index) FROM information_schema.statistics "
        "WHERE table_schema = DATABASE() AND table_name = 'tabAbsensi' AND index_name <> 'PRIMARY' GROUP BY index_name"
    )
    found = cursor.fetchall()
    dropped = ", ".join(f"DROP INDEX `{name}`" for name, _common, _columns in found)
    made = ", ".join(
        f"ADD {'' if common else 'UNIQUE '}INDEX `{name}` ({columns})" for name, common, columns in found
    )
    return dropped, made


def scalar(cursor: Any, query: str) -> int:
    cursor.execute(query)
    return int(cursor.fetchone()[0])


def measure(options: argparse.Namespace) -> list[tuple[Block, Block]]:
    database = machine.Watched(machine.database_processes)
    sites = (
        (options.url, options.host, options.logins),
        (options.full_url, options.full, options.full_logins),
    )
    with tempfile.TemporaryDirectory() as folder:
        clients = []
        for number, (url, host, logins) in enumerate(sites):
            file = Path(folder, str(number))
            people.write(people.log_in_all(url, host, logins), file)
            web = machine.Watched(lambda url=url: machine.web_processes(url))
            clients.append(Wrk(url, host, file, web, database))
        for client in clients:
            client.block("punch", CONNECTIONS, WARM_UP)
        blocks = []
        for turn in range(ROUNDS):
            order = clients if turn % 2 == 0 else clients[::-1]
            pair = [say(client.block("punch", CONNECTIONS, options.seconds)) for client in order]
            blocks.append((pair[0], pair[1]) if turn % 2 == 0 else (pair[1], pair[0]))
    return blocks


def punches_of(site: str) -> int:
    with machine.connect(site) as connection:
        return machine.punches(connection)


def table_bytes(connection: Any) -> int:
    with connection.cursor() as cursor:
        return scalar(
            cursor,
            "SELECT data_length + index_length FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_name = 'tabAbsensi'",
        )


def figures_of(result: Measured) -> list[figures.Figure]:
    away = abs(1 - result.ratio()) * 100
    return [
        figures.at_most("rows_change", f"punch rate at {result.rows[1]:,} rows differs by", away, "%", 10),
        figures.Figure("rows_bytes", "the table with its indexes", result.bytes_ / 2**30, "GiB"),
    ]


def page(result: Measured, facts: dict[str, str]) -> str:
    few, many = result.rows
    lines = ["| rows | punches/s | p50 ms | p99 ms | database CPU ms per punch |", "|---|---|---|---|---|"]
    for pair in result.blocks:
        for rows, block in zip(("few", "many"), pair, strict=True):
            lines.append(
                f"| {rows} | {block.rate:.1f} | {block.p50:.0f} | {block.p99:.0f} | {block.per_request(block.database_cpu):.2f} |"
            )
    parts = [
        "# Benchmarks of many rows",
        f"Measured on {date.today():%d %B %Y} by `./dev load`: two sites on one machine, {few:,} and {many:,} rows of Absensi in the end, "
        f"{CONNECTIONS} connections, blocks interleaved. With many rows the rate is **{result.ratio():.2f}** of that with few, median of "
        f"{len(result.blocks)} pairs.",
        "\n".join(lines),
        f"The rows took {result.seconds:.0f} s to write; the table and its indexes hold {result.bytes_ / 2**30:.1f} GiB beside a buffer "
        "pool of 512 MiB.",
        "## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
