"""All measurements. One that fails takes no other with it: trouble is when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import frappe

from spbe_attendance import __version__
from spbe_attendance.pemantauan.kesehatan import background, machine, parts, records
from spbe_attendance.pemantauan.kesehatan.measure import Measured

GROUPS: dict[str, Callable[[], Iterable[Measured]]] = {
    "komponen": parts.measured,
    "antrean": background.queues,
    "penjadwal": background.scheduler,
    "segel": records.seals,
    "hitung_ulang": records.recomputing,
    "absensi": records.punches,
    "foto": records.photos,
    "disk": machine.disk,
    "cadangan": machine.backups,
    "sertifikat": machine.certificate,
    "jam": machine.clocks,
    "koneksi": machine.connections,
    "redis": machine.memories,
}


def everything() -> Iterator[Measured]:
    yield Measured("versi_info", 1.0, {"aplikasi": __version__, "frappe": frappe.__version__})
    yield Measured("mode_baca", float(bool(frappe.flags.read_only)))
    for name, group in GROUPS.items():
        found: list[Measured] = []
        try:
            found.extend(group())
            succeeded = True
        except Exception:
            frappe.logger("kesehatan").warning("Measuring %s failed", name, exc_info=True)
            succeeded = False
        yield from found
        yield Measured("pemeriksaan_berhasil", float(succeeded), {"kelompok": name})
