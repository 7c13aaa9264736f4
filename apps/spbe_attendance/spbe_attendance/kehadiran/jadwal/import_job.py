"""Checking, importing and taking back a roster sheet in the background: one task at a time per sheet, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from frappe.utils.background_jobs import is_job_enqueued

from spbe_attendance import realtime
from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.jadwal import imports

DOCTYPE = "Impor Roster"
TASKS: dict[str, Callable[[Any], Any]] = {
    "periksa": imports.check,
    "impor": imports.run,
    "batalkan": imports.undo,
}
# The largest sheet that is read takes a small part of it.
TIMEOUT = 1500
# Seconds between the commit that says Antre and the job in the queue, which follows it: a look in between finds no job.
ON_ITS_WAY = 30


def start(doc: Any, task: str) -> dict[str, str]:
    """Queue a task of the locked document: {status}. Raises ImporDitolak when another one is at work, or it cannot be done now."""
    if doc.status in imports.AT_WORK:
        if not gone(doc):
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
        ended(doc, broken_off())
    imports.require(doc, task)
    say(doc, imports.ANTRE, task=task, ringkasan=_("Waiting for its turn"))
    imports.tell(doc, 1, _("Waiting for its turn"))
    frappe.enqueue(
        run,
        queue="long",
        timeout=TIMEOUT,
        job_id=job_id(doc.name, task),
        deduplicate=True,
        enqueue_after_commit=True,
        nama=doc.name,
        tugas=task,
        bahasa=frappe.local.lang,
    )
    return {"status": doc.status}


def run(nama: str, tugas: str, bahasa: str) -> None:
    """The background job. Never raises: the document says what went wrong, the error log has the rest."""
    frappe.local.lang = bahasa
    trouble = None
    try:
        say(frappe.get_doc(DOCTYPE, nama, for_update=True), imports.BERJALAN)
        frappe.db.commit()  # whoever looks meanwhile shall see that it has begun
        work(nama, tugas)
    except (frappe.ValidationError, frappe.PermissionError) as refusal:
        trouble = str(refusal)
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title=f"Impor Roster {nama}")
        frappe.db.commit()  # the record of the failure must outlive it
        trouble = broken_off()
    if trouble is not None:
        frappe.db.rollback()
        ended(frappe.get_doc(DOCTYPE, nama, for_update=True), trouble)
    frappe.db.commit()  # the result must be there before its asker hears of it
    imports.tell(frappe.get_doc(DOCTYPE, nama), 100, _("Done"))


def work(name: str, task: str) -> Any:
    """The task itself, within the caller's transaction; answers what the task answers, and raises what it raises."""
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    doc.check_permission("write")
    doc.flags.by_import = True
    # Checked above. What stood before the import is nobody's to write, and too long for the history.
    doc.flags.ignore_permissions = doc.flags.ignore_version = True
    answer = TASKS[task](doc)
    doc.add_comment("Info", doc.ringkasan)
    return answer


def progress(doc: Any) -> dict[str, Any]:
    """{status, persen, keterangan}; a task whose job is gone is ended here, so that it can be asked for again."""
    if gone(doc):
        doc = frappe.get_doc(DOCTYPE, doc.name, for_update=True)
        if gone(doc):
            ended(doc, broken_off())
    return {"status": doc.status, **imports.told(doc.name)}


def ended(doc: Any, why: str) -> None:
    """Without effect: an undoing leaves the import as it was, a check or an import leaves no roster."""
    say(doc, imports.DIIMPOR if doc.tugas == "batalkan" else imports.GAGAL, ringkasan=why)


def say(doc: Any, status: str, *, task: str | None = None, ringkasan: str | None = None) -> None:
    values = {"status": status, "tugas": task or doc.tugas}
    doc.db_set({**values, "ringkasan": doc.ringkasan if ringkasan is None else ringkasan})
    realtime.publish_changed(doc)


def broken_off() -> str:
    return _("The task broke off and changed nothing: try again. The error log has the cause.")


def gone(doc: Any) -> bool:
    """A task that says it is at work, and whose job is neither queued nor running nor just being queued."""
    if doc.status not in imports.AT_WORK or alive(doc.name):
        return False
    waited = (now_datetime() - get_datetime(doc.modified)).total_seconds()
    return doc.status == imports.BERJALAN or waited > ON_ITS_WAY


def alive(name: str) -> bool:
    return any(is_job_enqueued(job_id(name, task)) for task in TASKS)


def job_id(name: str, task: str) -> str:
    """Each task its own: the check's job still counts as running for a moment after its result is seen, and a job of the
    same id would be dropped."""
    return f"impor-roster-{name}-{task}"
