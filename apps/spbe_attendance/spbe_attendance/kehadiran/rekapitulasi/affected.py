"""The one place that hears of changes behind computed days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import frappe
from frappe.utils import now

from spbe_attendance import follow_up
from spbe_attendance.pemantauan.ringkas import marks

QUEUE = "Hitung Ulang"


def mark(
    pegawai: Sequence[str] | None,
    opd: Sequence[str] | None,
    first: date,
    last: date,
    why: str,
    homes: Sequence[str] | None = None,
) -> None:
    """Days from ``first`` to ``last`` of these persons, of these OPD with their subtrees, or (both None) of everybody
    must be computed again. Written with the change itself, so that both stand or neither; the work is done later.

    ``homes``: the persons' units, where the caller knows them.
    """
    targets = [(name, None) for name in pegawai or ()] + [(None, name) for name in opd or ()]
    if pegawai is None and opd is None:
        targets = [(None, None)]
    if not targets or last < first:
        return
    marks.affected(pegawai, opd, first, last, homes)
    stamp, user = now(), frappe.session.user
    fields = [
        "name",
        "creation",
        "modified",
        "owner",
        "modified_by",
        "pegawai",
        "opd",
        "dari",
        "sampai",
        "sebab",
    ]
    rows = [
        (frappe.generate_hash(length=10), stamp, stamp, user, user, person, unit, first, last, why)
        for person, unit in targets
    ]
    frappe.db.bulk_insert(QUEUE, fields, rows)
    enqueue()


def enqueue() -> None:
    """Have the queue worked off once this transaction stands."""
    follow_up.order(
        "spbe_attendance.kehadiran.rekapitulasi.recompute.run",
        "rekap-hitung-ulang",
        queue="long",
        timeout=1500,
    )
