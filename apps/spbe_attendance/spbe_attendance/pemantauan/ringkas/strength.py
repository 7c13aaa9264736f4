"""Roll calls and other events of a day, beside the numbers of attendance: counted with them, so that they are as fresh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe

from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.apel import events, results
from spbe_attendance.kehadiran.jadwal.source import MANY
from spbe_attendance.kehadiran.pencatatan import known

if TYPE_CHECKING:
    from spbe_attendance.pemantauan.ringkas.tally import Tally

FIELDS = ("nama_kegiatan", *results.FIELDS)


def rows_of(day: date) -> list[dict[str, Any]]:
    return frappe.get_all(
        "Kegiatan Apel",
        {"tanggal": day, "status": ["!=", events.CANCELLED]},
        list(FIELDS),
        order_by="mulai, name",
    )


def by_unit(day: date, units: Sequence[str]) -> dict[str, dict[str, list[int]]]:
    """[expected, present] of each event by unit: who is invited and not exempt, and who has come, waiting punches included."""
    rows = known.value(known.JADWAL, ("strength", day), lambda: rows_of(day))
    if not rows:
        return {}
    wanted = set(units)
    staff = (
        frappe.get_all("Pegawai", {"opd": ["in", list(units)]}, pluck="name") if len(units) <= MANY else []
    )
    found: dict[str, dict[str, list[int]]] = {}
    for result in results.of_events(rows, staff if 0 < len(staff) <= MANY else None):
        if result.opd in wanted and result.hasil != results.EXEMPT:
            counts = found.setdefault(result.opd, {}).setdefault(result.kegiatan, [0, 0])
            counts[0] += 1
            counts[1] += result.hasil == results.PRESENT
    return found


def of_day(day: date, counted: Tally) -> list[dict[str, Any]]:
    """HTTP contract ``apel``: the day's events to which anybody in view is invited."""
    return [
        {
            "name": row["name"],
            "nama": row["nama_kegiatan"],
            "mulai": times.clock(row["mulai"]),
            "selesai": times.clock(row["selesai"]),
            "diharapkan": counted.events[row["name"]][0],
            "hadir": counted.events[row["name"]][1],
        }
        for row in (rows_of(day) if counted.events else ())
        if row["name"] in counted.events
    ]
