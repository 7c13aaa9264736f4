"""Closing the day: one row for every person in service and calendar day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import frappe
from frappe.utils import getdate, now_datetime

from spbe_attendance import realtime
from spbe_attendance.kehadiran.rekapitulasi import compute, turn
from spbe_attendance.kehadiran.rekapitulasi.compute import Outcome
from spbe_attendance.kehadiran.rekapitulasi.facts import Context
from spbe_attendance.kehadiran.segel import sealing
from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.worktime import codes

# Clock-outs of night shifts and late photos of the day before; the day before that once more for what came after its closing.
DAYS_BACK = 2
# The newest day that the nightly run has come to the end of.
CLOSED_UNTIL = "spbe_rekap_ditutup_sampai"
Progress = Callable[[int, int], None]


def close(
    day: date, opd: str | None = None, *, commit: bool = True, progress: Progress | None = None
) -> Outcome:
    """Compute a day of everybody, or of the staff of an OPD with its subtree, and write what changed.

    Batches of 1,000 persons, each committed by itself: broken off and run again, or run twice, it leaves the same rows.
    ``progress`` is told (done, all) after each batch. Raises RekapSedangDihitung when another writer does not end.
    """
    outcome = Outcome()
    with turn.taken(commit=commit):
        names = concerned(day, opd)
        context = Context(day, day)
    for some, first, last in compute.batches(names, day, day):
        with turn.taken(commit=commit):
            outcome += compute.batch(context, some, first, last, now_datetime())
            if progress:
                progress(outcome.days, len(names))
    sealing.start_day(day, commit=commit)
    return outcome


def close_range(first: date, last: date) -> Outcome:
    """Days of everybody that were never closed: after an import of punches, for instance."""
    outcome = Outcome()
    for offset in range((last - first).days + 1):
        outcome += close(first + timedelta(days=offset))
    return outcome


def concerned(day: date, opd: str | None) -> list[str]:
    """Persons in service on a day, and those who have a row of it."""
    person, rekap = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("Rekap Harian")
    serving = frappe.qb.from_(person).select(person.name)
    serving = serving.where((person.status == codes.AKTIF) | (person.berlaku_sejak > day))
    present = frappe.qb.from_(rekap).select(rekap.pegawai).where(rekap.tanggal == day)
    gone: list[str] = []
    if opd:
        units = subtree(opd)
        gone = history.people_of(units, day, day)
        serving, present = serving.where(person.opd.isin(units)), present.where(rekap.opd.isin(units))
    return sorted({*gone, *(row[0] for query in (serving, present) for row in query.run())})


def subtree(opd: str) -> list[str]:
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
    if not edges:
        return [opd]
    return frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")


def close_recent() -> None:
    """Hooked to the scheduler, after midnight of the site: yesterday, and the day before for what ended or came late."""
    today = now_datetime().date()
    for back in range(DAYS_BACK, 0, -1):
        close(today - timedelta(days=back))
    frappe.db.set_global(CLOSED_UNTIL, (today - timedelta(days=1)).isoformat())
    frappe.db.commit()  # the end of a run that may have been made up for


def make_up() -> None:
    """Hooked to the scheduler, after the night's run: does it where it was broken off, or never began because the server stood still."""
    reached = frappe.db.get_global(CLOSED_UNTIL)
    if not reached or getdate(reached) < now_datetime().date() - timedelta(days=1):
        close_recent()


def start(day: date, opd: str | None, user: str) -> str:
    """Close a day in the background, once for the same day and OPD however often it is asked for; answers the job's id."""
    job = f"tutup-hari-{day.isoformat()}-{opd or 'semua'}"
    frappe.enqueue(
        run,
        queue="long",
        timeout=1500,
        job_id=job,
        deduplicate=True,
        tanggal=day.isoformat(),
        opd=opd,
        user=user,
    )
    return job


def run(tanggal: str, opd: str | None, user: str) -> None:
    """The background job: tells its asker how far it is, and how it ended, also when it failed."""
    day = getdate(tanggal)

    def tell(done: int, total: int) -> None:
        realtime.publish_day_closing(user, tanggal, done, total)

    try:
        outcome = close(day, opd, progress=tell)
    except Exception:
        frappe.log_error(title=f"Rekap Harian {tanggal}")
        frappe.db.commit()  # the record of the failure must outlive it
        realtime.publish_day_closing(user, tanggal, 0, 0, failed=True)
        return
    realtime.publish_day_closing(user, tanggal, outcome.days, outcome.days, written=outcome.written)
