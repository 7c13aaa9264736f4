"""People who changed OPD or employment before there was Riwayat Pegawai: what their computed days say of the time before becomes it.

Until now only the stored days themselves knew, and a day that had none was computed as what holds today.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import frappe

from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.kepegawaian.mutasi.timeline import Stretch, joined

DAY = timedelta(days=1)


def execute() -> None:
    person, rekap = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("Rekap Harian")
    rows = (
        frappe.qb.from_(rekap)
        .join(person)
        .on(person.name == rekap.pegawai)
        .select(rekap.pegawai, rekap.tanggal, rekap.opd, rekap.status_kepegawaian, person.berlaku_sejak)
        .where(rekap.tanggal < person.berlaku_sejak)
        .orderby(rekap.pegawai, rekap.tanggal)
        .run(as_dict=True)
    )
    days = defaultdict(list)
    for row in rows:
        days[row.pegawai].append(row)
    known = history.rows(list(days))
    for name, found in days.items():
        if name not in known:
            history.store(name, stretches(found))


def stretches(days: list[frappe._dict]) -> list[Stretch]:
    """Of one person, days in order; each holds until the day before the next, the last until the present position begins."""
    ends = [row.tanggal - DAY for row in days[1:]] + [days[0].berlaku_sejak - DAY]
    blank = dict.fromkeys(history.FIELDS)
    parts = [
        Stretch(
            None if index == 0 else row.tanggal,
            end,
            {**blank, "opd": row.opd, "status_kepegawaian": row.status_kepegawaian, "status": "Aktif"},
        )
        for index, (row, end) in enumerate(zip(days, ends, strict=True))
    ]
    return joined(parts)
