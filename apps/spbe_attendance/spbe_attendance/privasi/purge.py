"""The removal of what is too old, at night or asked for: in batches that each stand for themselves, so that a killed run is gone on with.

A rehearsal walks the same rows with the same holds and removes nothing: what it says is what would happen.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from spbe_attendance import realtime
from spbe_attendance.kehadiran.segel import turn as seals
from spbe_attendance.lembar import job
from spbe_attendance.privasi import holds, photos, positions, retention
from spbe_attendance.privasi.errors import PenghapusanSedangBerjalan
from spbe_attendance.privasi.retention import Rule

DOCTYPE, ALL = "Penghapusan Data", "semua"
WAITING, RUNNING, DONE, FAILED, BROKEN_OFF = "Antre", "Berjalan", "Selesai", "Gagal", "Terputus"
REHEARSAL, REMOVAL = "Simulasi", "Penghapusan"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is removed, under which rule. ``field``: its counter in the log."""

    field: str
    source: Any
    rule: Rule


def kinds() -> tuple[Kind, Kind]:
    return Kind("foto", photos, retention.photos()), Kind("posisi", positions, retention.positions())


def run_nightly() -> None:
    """Hooked to the scheduler."""
    if retention.is_on():
        start(REMOVAL)


def start(what: str) -> str:
    """Queue a removal or a rehearsal; answers the name of its row, which tells how far it is. Raises PenghapusanSedangBerjalan."""
    if job.is_taken(DOCTYPE, ALL):
        frappe.throw(
            _("A removal is at work: wait until it has ended, its row shows how far it is."),
            PenghapusanSedangBerjalan,
        )
    log = begin(what, frappe.session.user)
    frappe.enqueue(
        run,
        queue="long",
        timeout=6 * 3600,
        enqueue_after_commit=True,
        job_id=f"penghapusan-{log.name}",
        nama=log.name,
    )
    return str(log.name)


def run(nama: str) -> None:
    """The background job. What another one is at work on is left to that one."""
    with job.turn(DOCTYPE, ALL) as mine:
        log = frappe.get_doc(DOCTYPE, nama)
        if not mine:
            _end(log, BROKEN_OFF)
            return
        # Who has the turn and is not this one was killed.
        frappe.db.set_value(DOCTYPE, {"status": RUNNING}, "status", BROKEN_OFF, update_modified=False)
        log.db_set({"status": RUNNING, "mulai": now_datetime()}, commit=False)
        realtime.publish_changed(log)
        frappe.db.commit()  # whoever watches sees that it has begun
        try:
            work(log)
        except Exception:
            frappe.db.rollback()
            frappe.log_error(title="Penghapusan Data")
            _end(log, FAILED)
            frappe.db.commit()  # the record of the failure must outlive it
            raise
        frappe.db.commit()  # the counts belong to what was removed


def begin(what: str, user: str) -> Any:
    """The row of a run that waits for its turn."""
    photo, place = kinds()
    log = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "jenis": what,
            "status": WAITING,
            "oleh": user,
            "foto_sebelum": photo.rule.before,
            "posisi_sebelum": place.rule.before,
            "aturan": f"{photo.rule.words}\n{place.rule.words}",
        }
    )
    log.flags.by_service = True
    return log.insert(ignore_permissions=True)


def work(log: Any, *, commit: bool = True) -> None:
    """Everything that the row says. ``commit=False``: part of the caller's transaction."""
    for kind in kinds():
        touched = _work(log, kind, commit)
        if touched and kind.source is positions:
            positions.root_again(touched, commit=commit)
    _end(log, DONE)


def _work(log: Any, kind: Kind, commit: bool) -> set[tuple[str, Any]]:
    """Batch by batch; answers the units and days of which something was removed."""
    rehearsal = log.jenis == REHEARSAL
    touched: set[tuple[str, Any]] = set()
    after = None
    while True:
        alone = nullcontext() if rehearsal or kind.source is photos else seals.taken(commit=commit, wait=60)
        with alone:
            rows = kind.source.candidates(kind.rule, after)
            stay = holds.held(rows)
            free = [row for row in rows if row.name not in stay]
            gone = (
                {row.name for row in free} if rehearsal or not free else kind.source.remove(free, kind.rule)
            )
            _count(log, kind.field, len(gone), len(stay), len(free) - len(gone))
        if commit:
            frappe.db.commit()  # each batch stands for itself
        if not rehearsal:
            touched |= {(row.opd, row.tanggal) for row in free if row.name in gone}
        if len(rows) < kind.source.BATCH:
            return touched
        after = kind.source.position(rows[-1])


def _count(log: Any, field: str, gone: int, stay: int, left: int) -> None:
    """``left``: could not be removed, because the disk refused it or the punch is not as it was sealed."""
    added = {field: gone, f"{field}_ditahan": stay, f"{field}_dilewati": left}
    values = {name: (log.get(name) or 0) + more for name, more in added.items()}
    log.db_set(values, commit=False)
    realtime.publish_changed(log)


def _end(log: Any, status: str) -> None:
    log.db_set({"status": status, "selesai": now_datetime()}, commit=False)
    realtime.publish_changed(log)


def remove_old_rehearsals() -> None:
    """Hooked to the scheduler: counts that are over are of no use, and of removals all rows stay."""
    table = frappe.qb.DocType(DOCTYPE)
    old = add_days(getdate(), -90)
    frappe.qb.from_(table).delete().where((table.jenis == REHEARSAL) & (table.creation < old)).run()
