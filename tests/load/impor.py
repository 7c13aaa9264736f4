"""A register of ten thousand invented persons as an office writes it: dry run, import with accounts, second run, undoing.

Called by ``./dev load``. Everything stays on the site: run it on a throw-away one. Times are of this process from call to commit, with
the machine's load beside.
"""

from __future__ import annotations

import argparse
import io
import os
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from openpyxl import Workbook

from . import figures

ROOT = Path(__file__).resolve().parents[2]
STAFF, UNITS = 10_000, 300
TITLES = [
    "NO",
    "NIP",
    "NIK",
    "NAMA LENGKAP",
    "STATUS",
    "L/P",
    "TEMPAT, TGL LAHIR",
    "UNIT KERJA",
    "JABATAN",
    "GOL",
]
FIRST = (
    "Anwar",
    "Bunga",
    "Chairil",
    "Dewi",
    "Edi",
    "Fitri",
    "Guntur",
    "Halimah",
    "Indra",
    "Jamilah",
    "Kurnia",
    "Lestari",
    "Mulyadi",
    "Nurul",
)
LAST = (
    "Rekaan",
    "Cempaka",
    "Tanjung",
    "Kencana",
    "Gunawan",
    "Handayani",
    "Wibowo",
    "Sari",
    "Lesmana",
    "Putri",
    "Sandi",
    "Ningsih",
)
Line = tuple[str, float, float, str]


def main() -> None:
    options = read_options()
    os.chdir(ROOT / "sites")
    import frappe

    frappe.init(site=options.host, sites_path=".")
    frappe.connect()
    frappe.set_user("Administrator")
    lines = measure(frappe, options.staff)
    options.out.write_text(page(lines, options.staff))
    figures.save(
        figures.of_seconds("impor", [(what, wall, target) for what, wall, _c, target in lines]),
        options.figures,
    )
    print(f"Written: {options.out}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument("--staff", type=int, default=STAFF, help=f"invented persons ({STAFF})")
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve(), help="page to write")
    parser.add_argument(
        "--figures", type=lambda text: Path(text).resolve(), help="JSON file of the figures to write"
    )
    return parser.parse_args()


def measure(frappe: Any, staff: int) -> list[Line]:
    """(what, seconds, seconds of this process, target)."""
    from spbe_attendance.tests.factories import make_opd

    units = [make_opd(nama_opd=f"Unit Beban {number}").nama_opd for number in range(UNITS)]
    frappe.db.commit()
    content = sheet(staff, units)
    first, again = (make(frappe, content) for _time in range(2))
    lines = [
        timed("dry run", lambda: work(frappe, first, "periksa"), "≤ 60 s"),
        timed("import, accounts included", lambda: work(frappe, first, "impor"), "≤ 300 s"),
        timed("dry run of the same sheet again", lambda: work(frappe, again, "periksa"), "≤ 60 s"),
        timed("import of the same sheet again: nothing changes", lambda: work(frappe, again, "impor"), "–"),
    ]
    assert frappe.db.get_value("Impor Data", first, "jumlah_baru") == staff
    assert frappe.db.count("Pegawai", {"user": ["is", "set"]}) >= staff
    assert frappe.db.get_value("Impor Data", again, ["jumlah_baru", "jumlah_berubah", "jumlah_sama"]) == (
        0,
        0,
        staff,
    )
    lines.append(timed("undoing all of it", lambda: work(frappe, first, "batalkan"), "–"))
    assert not frappe.db.count("Impor Data Baris", {"impor": first, "keadaan": ["!=", "Dibatalkan"]})
    return lines


def sheet(staff: int, units: list[str]) -> bytes:
    """Two title rows, a numbered header, one person in five without NIP."""
    chance = random.Random(14)
    book = Workbook(write_only=True)
    rows = book.create_sheet("Data")
    for row in (
        ["DAFTAR PEGAWAI"],
        ["PEMERINTAH KABUPATEN KEPULAUAN MERANTI"],
        TITLES,
        list(range(1, len(TITLES) + 1)),
    ):
        rows.append(row)
    for number in range(staff):
        rows.append(person(number, units, chance))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def person(number: int, units: list[str], chance: random.Random) -> list[Any]:
    born = date(1970, 1, 1) + timedelta(days=chance.randrange(11_000))
    sex = chance.choice((1, 2))
    civil = number % 5 != 0
    serial = number % 999 + 1
    nip = f"{born:%Y%m%d}{born.year + 25}{chance.randrange(1, 13):02d}{sex}{serial:03d}"
    day = born.day + (40 if sex == 2 else 0)
    nik = f"{1401 + number // 9000:04d}{number % 89 + 10:02d}{day:02d}{born:%m%y}{number % 9999 + 1:04d}"
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(FIRST)} {chance.choice(LAST)}, S.Kom"
    return [
        number + 1, f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if civil else None, nik, name.upper(), "PNS" if civil else "HONORER",
        "L" if sex == 1 else "P", f"Selatpanjang, {born:%d-%m-%Y}", units[number % len(units)], "Pelaksana", "III/a" if civil else "-",
    ]  # fmt: skip


def make(frappe: Any, content: bytes) -> str:
    from spbe_attendance.tests.impor_world import make_impor

    doc = make_impor(content, buat_akun=1)
    frappe.db.commit()
    return doc.name


def work(frappe: Any, name: str, task: str) -> None:
    """As the job does it, in this process."""
    from spbe_attendance.kepegawaian.impor import job

    job.JOB.say(frappe.get_doc(job.DOCTYPE, name), "Antre", task=task)
    job.run(name, task, "id")
    status = frappe.db.get_value(job.DOCTYPE, name, ["status", "ringkasan"])
    print(*status, flush=True)


def timed(what: str, call: Callable[[], Any], target: str) -> Line:
    wall, cpu = perf_counter(), process_time()
    call()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    print(f"{what:50s} {wall:7.2f} s  own CPU {cpu:7.2f} s  target {target}", flush=True)
    return what, wall, cpu, target


def page(lines: list[Line], staff: int) -> str:
    load = " / ".join(f"{value:.1f}" for value in os.getloadavg())
    rows = "\n".join(f"| {what} | {wall:.1f} | {cpu:.1f} | {target} |" for what, wall, cpu, target in lines)
    return (
        f"# Benchmarks of the import\n\nMeasured by `./dev load`: an XLSX of {staff:,} invented persons in {UNITS} units, {os.cpu_count()} cores, "
        f"load of the machine (1, 5, 15 minutes) at the end {load}. Seconds from call to commit; *own CPU* is the Python process alone, "
        "database and Redis stand beside it.\n\n"
        f"| what | s | own CPU s | target |\n|---|---|---|---|\n{rows}\n"
    )


if __name__ == "__main__":
    main()
