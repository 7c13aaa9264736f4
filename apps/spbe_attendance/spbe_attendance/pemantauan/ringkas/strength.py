"""Roll calls and other events of a day, beside the numbers of attendance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import frappe

from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.apel import events, results

if TYPE_CHECKING:
    from spbe_attendance.pemantauan.ringkas.summary import View

FIELDS = ("nama_kegiatan", *results.FIELDS)


def of_day(view: View) -> list[dict[str, Any]]:
    """HTTP contract ``apel``: who is invited and not exempt, and who has come, among the units in view."""
    rows = frappe.get_all(
        "Kegiatan Apel",
        {"tanggal": view.day, "status": ["!=", events.CANCELLED]},
        list(FIELDS),
        order_by="mulai, name",
    )
    if not rows:
        return []
    units = view.units
    counted: Counter[tuple[str, str]] = Counter()
    for result in results.of_events(rows):
        if result.opd in units:
            counted[result.kegiatan, result.hasil] += 1
            counted[result.kegiatan, "semua"] += 1
    return [
        {
            "name": row["name"],
            "nama": row["nama_kegiatan"],
            "mulai": times.clock(row["mulai"]),
            "selesai": times.clock(row["selesai"]),
            "diharapkan": counted[row["name"], "semua"] - counted[row["name"], results.EXEMPT],
            "hadir": counted[row["name"], results.PRESENT],
        }
        for row in rows
        if counted[row["name"], "semua"]
    ]
