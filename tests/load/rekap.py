"""Closing a day and summing a month for ten thousand invented persons, on the site that is named. Called by ``./dev load``.

Everything stays on the site: run it on a throw-away one. Times are of this process from call to commit, with the machine's load beside.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from . import figures

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 9, 7)
MONTH = "2026-09"
STAFF, UNITS = 10_000, 20


def main() -> None:
    options = read_options()
    os.chdir(ROOT / "sites")
    import frappe

    frappe.init(site=options.host, sites_path=".")
    frappe.connect()
    frappe.set_user("Administrator")
    lines = measure(frappe, options.staff)
    target = options.out
    target.write_text(page(lines, options.staff))
    figures.save(
        figures.of_seconds("rekap", [(what, wall, target) for what, wall, _c, _n, target in lines]),
        options.figures,
    )
    print(f"Written: {target}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument("--staff", type=int, default=STAFF, help=f"invented persons ({STAFF})")
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve(), help="page to write")
    parser.add_argument(
        "--figures", type=lambda text: Path(text).resolve(), help="JSON file of the figures to write"
    )
    return parser.parse_args()


def measure(frappe: Any, staff: int) -> list[tuple[str, float, float, int, str]]:
    """(what, seconds, seconds of this process, statements, target)."""
    from spbe_attendance.kehadiran.rekapitulasi import closing, month
    from spbe_attendance.tests import rekap_world as world

    opds = make_units(world)
    names = world.bulk_staff(staff, opds)
    world.bulk_punches(names, DAY)
    frappe.db.commit()
    lines = [
        timed(world, "close a day, nothing stored yet", lambda: closing.close(DAY), "≤ 10 s"),
        timed(world, "close it again, nothing changed", lambda: closing.close(DAY), "≤ 10 s"),
    ]
    copy_month(frappe)
    lines.append(timed(world, "month totals of everybody", lambda: month.totals(MONTH), "≤ 3 s"))
    few = {"pegawai": names[: staff // UNITS]}
    lines.append(
        timed(world, f"month totals of {staff // UNITS}", lambda: month.totals(MONTH, **few), "≤ 0.5 s")
    )
    lines.append(timed(world, "month totals of one OPD", lambda: month.totals(MONTH, opds[0]), "≤ 0.5 s"))
    return lines + reports(world, opds[0])


def reports(world: Any, opd: str) -> list[tuple[str, float, float, int, str]]:
    """The recap with every day of everybody, and its spreadsheet."""
    from spbe_attendance.pemantauan.cetak import sheet, xlsx
    from spbe_attendance.pemantauan.laporan import recap, registry

    one, all_of_them = {"bulan": MONTH, "opd": opd}, {"bulan": MONTH}
    recap.build(one)  # settings and metadata are in the cache, as in any worker
    lines = [
        timed(world, "recap report of one OPD", lambda: recap.build(one), "≤ 0.5 s"),
        timed(world, "recap report of everybody", lambda: recap.build(all_of_them), "≤ 3 s"),
    ]
    for name in ("Laporan Bulanan Unit", "Rekap Potongan TPP"):
        build = registry.find(name).build
        lines.append(timed(world, f"{name} of everybody", lambda build=build: build(all_of_them), "≤ 3 s"))
    lines += analytics(world)
    table = recap.build(one)
    spreadsheet = timed(
        world, "its XLSX, one OPD", lambda: xlsx.write(sheet.compose(table)), "in the background"
    )
    return [*lines, spreadsheet]


def analytics(world: Any) -> list[tuple[str, float, float, int, str]]:
    """A month of everybody counted by OPD, and a page of charts when that is done already."""
    from spbe_attendance.pemantauan.analitik import charts, months
    from spbe_attendance.pemantauan.laporan import arrivals, overview

    asked = {"bulan": MONTH}

    def page() -> None:
        for chart in (charts.trend, charts.punctuality, charts.arrivals, charts.reasons, charts.decisions):
            chart(asked)
        overview.build(asked)

    months.forget()
    return [
        timed(world, "outcomes of a month by OPD, cold", lambda: months.outcomes(DAY), "≤ 2 s"),
        timed(world, "arrivals of a month by OPD, cold", lambda: arrivals.build(asked), "≤ 2 s"),
        timed(world, "charts and overview, counted before", page, "≤ 1 s"),
    ]


def make_units(world: Any) -> list[str]:
    """OPD beside the tree of the site."""
    rows = [
        {"nama_opd": f"Beban {n}", "kode": f"BEBAN-{n}", "lft": 10**6 + 2 * n, "rgt": 10**6 + 2 * n + 1}
        for n in range(UNITS)
    ]
    return world.bulk("OPD", rows)


def copy_month(frappe: Any) -> None:
    """The closed day as the other days of its month."""
    columns = [
        column for column in frappe.db.get_table_columns("Rekap Harian") if column not in ("name", "tanggal")
    ]
    listed = ", ".join(f"`{column}`" for column in columns)
    for offset in range(1, 24):
        day = DAY + timedelta(days=offset)
        frappe.db.sql(
            f"insert into `tabRekap Harian` (name, tanggal, {listed}) "  # noqa: S608 -- columns of the table itself
            f"select substr(sha2(concat(pegawai, %(day)s), 256), 1, 20), %(day)s, {listed} "
            "from `tabRekap Harian` where tanggal = %(first)s",
            {"day": day, "first": DAY},
        )
        frappe.db.commit()


def timed(world: Any, what: str, call: Callable[[], Any], target: str) -> tuple[str, float, float, int, str]:
    with world.counted() as sent:
        wall, cpu = perf_counter(), process_time()
        call()
        wall, cpu = perf_counter() - wall, process_time() - cpu
    print(
        f"{what:36s} {wall:6.2f} s  own CPU {cpu:5.2f} s  {len(sent):4d} statements  target {target}",
        flush=True,
    )
    return what, wall, cpu, len(sent), target


def page(lines: list[tuple[str, float, float, int, str]], staff: int) -> str:
    load = " / ".join(f"{value:.1f}" for value in os.getloadavg())
    rows = "\n".join(
        f"| {what} | {wall:.2f} | {cpu:.2f} | {count} | {target} |"
        for what, wall, cpu, count, target in lines
    )
    return (
        f"# Benchmarks of the recap\n\nMeasured by `./dev load` with {staff:,} invented persons, {os.cpu_count()} cores, load of the machine "
        f"(1, 5, 15 minutes) at the end {load}. Seconds from call to commit; *own CPU* is the Python process alone.\n\n"
        f"| what | s | own CPU s | SQL statements | target |\n|---|---|---|---|---|\n{rows}\n"
    )


if __name__ == "__main__":
    main()
