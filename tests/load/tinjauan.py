"""The scan of the review queue over ten thousand new punches with photos, beside a month of earlier ones, on the site that is named.

    env/bin/python tests/load/tinjauan.py --host uji.localhost

Everything stays on the site: run it on a throw-away one.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import secrets
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 9, 30)
DAYS, STAFF, UNITS = 20, 10_000, 40
CHEATS = 100  # one in so many stands on the spot of others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument("--staff", type=int, default=STAFF, help=f"invented persons ({STAFF})")
    parser.add_argument("--reuse", action="store_true", help="staff and history of an earlier run")
    options = parser.parse_args()
    os.chdir(ROOT / "sites")
    import frappe

    frappe.init(site=options.host, sites_path=".")
    frappe.connect()
    frappe.set_user("Administrator")
    names = earlier_staff(frappe) if options.reuse else make_history(frappe, options.staff)
    measure(frappe, names)


def earlier_staff(frappe: Any) -> list[str]:
    found = frappe.get_all("Pegawai", {"nama": ["like", "Orang Rekaan%"]}, ["name", "nama"])
    return [row.name for row in sorted(found, key=lambda row: int(row.nama.split()[-1]))]


def make_history(frappe: Any, staff: int) -> list[str]:
    from spbe_attendance.tests import rekap_world as world

    units = [{"nama_opd": f"Tinjau {n}", "kode": f"TINJAU-{secrets.token_hex(4)}"} for n in range(UNITS)]
    names = world.bulk_staff(staff, world.bulk("OPD", units))
    rng = random.Random(1)
    for back in range(DAYS, 0, -1):
        day = DAY - timedelta(days=back)
        keep(frappe, world, [*punches(names, day, 7, rng), *punches(names, day, 16, rng)], looked=True)
    return names


def measure(frappe: Any, names: list[str]) -> None:
    from spbe_attendance.kehadiran.tinjauan import scan
    from spbe_attendance.tests import rekap_world as world

    rng = random.Random(2)
    pictures = photos(frappe, rng, len(names))
    fresh = list(punches(names, DAY, 7, rng, pictures))
    keep(frappe, world, fresh, looked=False)
    with world.counted() as sent:
        wall, cpu = perf_counter(), process_time()
        looked = scan.run()
        wall, cpu = perf_counter() - wall, process_time() - cpu
    found = frappe.db.count("Tinjauan Absensi", {"pegawai": ["in", names]})
    load = os.getloadavg()[0]
    print(
        f"{looked} punches in {wall:.1f} s, own CPU {cpu:.1f} s, {len(sent)} statements, {found} in the queue, load {load:.1f}"
    )
    wall = perf_counter()
    print(f"again: {scan.run()} punches in {perf_counter() - wall:.2f} s")


def punches(
    names: list[str], day: date, hour: int, rng: random.Random, pictures: list[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Every person at a place of the own with the jitter of a receiver; some on one and the same spot."""
    for number, name in enumerate(names):
        accuracy = round(rng.uniform(4, 18), 1)
        spot = 1.0 + number % UNITS * 0.01, 102.7
        honest = number % CHEATS
        jitter = (
            (rng.gauss(0, accuracy * 4.5e-6), rng.gauss(0, accuracy * 4.5e-6))
            if honest
            else (1.2345e-4, 5.4321e-4)
        )
        moment = datetime.combine(day, time(hour)) + timedelta(seconds=rng.uniform(0, 1800))
        yield {
            "pegawai": name,
            "opd": None,
            "tanggal": day,
            "jenis": "Masuk" if hour < 12 else "Pulang",
            "status": "Sah",
            "sumber": "PWA",
            "waktu": moment,
            "waktu_awal": moment,
            "waktu_akhir": moment,
            "waktu_tiba": moment,
            "latitude": round(spot[0] + jitter[0], 7),
            "longitude": round(spot[1] + jitter[1], 7),
            "akurasi": accuracy,
            "putusan_lokasi": "Dalam",
            "perangkat": f"{name} Linux; Android 10; K",
            "foto": pictures[number % len(pictures)] if pictures else None,
            "foto_status": "Ada" if pictures else "Tidak Diminta",
        }


def keep(frappe: Any, world: Any, rows: list[dict[str, Any]], *, looked: bool) -> None:
    stamp = datetime.combine(DAY, time(0)) if looked else None
    made = world.bulk("Absensi", [{**row, "isyarat_pada": stamp} for row in rows])
    if looked:
        world.bulk("Ciri Absensi", [known(name, row) for name, row in zip(made, rows, strict=True)])
    frappe.db.commit()


def known(name: str, row: dict[str, Any]) -> dict[str, Any]:
    from spbe_attendance.signals import photo
    from spbe_attendance.signals.position import cell

    bits = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    pieces = {f"potong_{place}": piece for place, piece in enumerate(photo.pieces(bits))}
    spot = "{},{}".format(*cell(row["latitude"], row["longitude"]))
    about = {field: row[field] for field in ("pegawai", "tanggal", "foto_status")}
    return {
        "name": name,
        "absensi": name,
        **about,
        "sel": spot,
        "gawai": row["pegawai"],
        "sidik_foto": f"{bits:016x}",
        **pieces,
    }


def photos(frappe: Any, rng: random.Random, count: int) -> list[str]:
    """Pictures of 480 × 640 as phones send them, on disk, no two alike."""
    made = []
    folder = Path(frappe.get_site_path("private", "files"))
    for _number in range(count):
        image = Image.new("RGB", (480, 640), tuple(rng.choices(range(256), k=3)))
        pen = ImageDraw.Draw(image)
        for _shape in range(12):
            x, y = rng.randrange(480), rng.randrange(640)
            pen.ellipse(
                (x, y, x + rng.randrange(60, 300), y + rng.randrange(60, 300)),
                fill=tuple(rng.choices(range(256), k=3)),
            )
        target = io.BytesIO()
        image.save(target, "JPEG", quality=60)
        name = f"{secrets.token_hex(16)}.jpg"
        (folder / name).write_bytes(target.getvalue())
        made.append(f"/private/files/{name}")
    return made


if __name__ == "__main__":
    main()
