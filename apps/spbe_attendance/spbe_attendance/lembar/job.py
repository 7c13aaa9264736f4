"""Tasks on the sheet of a document, in the background: one at a time per document, followed, and marked when they break off."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from frappe.utils.background_jobs import get_job, is_job_enqueued
from rq.job import JobStatus

from spbe_attendance import realtime
from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.lembar import progress

ANTRE, BERJALAN = "Antre", "Berjalan"
AT_WORK = (ANTRE, BERJALAN)
# Seconds between the commit that says Antre and the job in the queue, which follows it: a look in between finds no job.
ON_ITS_WAY = 30


@dataclass(frozen=True)
class SheetJob:
    """``run``: the module's own function that calls ``carry_out``, for the queue. ``tasks``: by name, each takes the document.

    ``require``: raises ImporDitolak when a task cannot be done now. ``failed``: the status after a task that broke off.
    ``broken_off``: the sentence for it.
    """

    doctype: str
    run: Callable[..., None]
    tasks: Mapping[str, Callable[[Any], Any]]
    require: Callable[[Any, str], None]
    failed: Callable[[Any], str]
    broken_off: Callable[[], str]
    timeout: int = 1500

    def start(self, doc: Any, task: str) -> dict[str, str]:
        """Queue a task of the locked document: {status}. Raises ImporDitolak when another one is at work, or it cannot be done now."""
        if doc.status in AT_WORK:
            if self.alive(doc):
                frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
            self.ended(doc, self.broken_off())
        self.require(doc, task)
        self.bury(doc, task)
        self.say(doc, ANTRE, task=task, ringkasan=_("Waiting for its turn"))
        progress.tell(doc, 1, _("Waiting for its turn"))
        frappe.enqueue(
            self.run,
            queue="long",
            timeout=self.timeout,
            job_id=self.job_id(doc.name, task),
            deduplicate=True,
            enqueue_after_commit=True,
            nama=doc.name,
            tugas=task,
            bahasa=frappe.local.lang,
        )
        return {"status": doc.status}

    def bury(self, doc: Any, task: str) -> None:
        """Nobody works on the document; a job whose worker was killed would pass for a running one for minutes and swallow this one."""
        job = get_job(self.job_id(doc.name, task))
        if job and job.get_status() == JobStatus.STARTED:
            job.delete()

    def carry_out(self, nama: str, tugas: str, bahasa: str) -> None:
        """The background job. Never raises: the document says what went wrong, the error log has the rest."""
        frappe.local.lang = bahasa
        with turn(self.doctype, nama) as mine:
            if mine:
                self._carry_out(nama, tugas)

    def _carry_out(self, nama: str, tugas: str) -> None:
        trouble = None
        try:
            self.say(frappe.get_doc(self.doctype, nama, for_update=True), BERJALAN)
            frappe.db.commit()  # whoever looks meanwhile shall see that it has begun
            self.work(nama, tugas)
        except (frappe.ValidationError, frappe.PermissionError) as refusal:
            trouble = str(refusal)
        except Exception as error:
            frappe.db.rollback()
            # Without the values that were at hand: they are people's.
            trace = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
            frappe.log_error(title=f"{self.doctype} {nama}", message=trace)
            frappe.db.commit()  # the record of the failure must outlive it
            trouble = self.broken_off()
        if trouble is not None:
            frappe.db.rollback()
            self.ended(frappe.get_doc(self.doctype, nama, for_update=True), trouble)
        frappe.db.commit()  # the result must be there before its asker hears of it
        progress.tell(frappe.get_doc(self.doctype, nama), 100, _("Done"))

    def work(self, name: str, task: str) -> Any:
        """The task itself; answers what the task answers, and raises what it raises."""
        doc = frappe.get_doc(self.doctype, name, for_update=True)
        doc.check_permission("write")
        doc.flags.by_import = True
        # Checked above. What stood before the import is nobody's to write, and too long for the history.
        doc.flags.ignore_permissions = doc.flags.ignore_version = True
        answer = self.tasks[task](doc)
        doc.add_comment("Info", doc.ringkasan)
        return answer

    def progress(self, doc: Any) -> dict[str, Any]:
        """{status, persen, keterangan}; a task whose job is gone is ended here, so that it can be asked for again."""
        if doc.status in AT_WORK and not self.alive(doc):
            doc = frappe.get_doc(self.doctype, doc.name, for_update=True)
            if doc.status in AT_WORK and not self.alive(doc):
                self.ended(doc, self.broken_off())
        return {"status": doc.status, **progress.told(self.doctype, doc.name)}

    def ended(self, doc: Any, why: str) -> None:
        self.say(doc, self.failed(doc), ringkasan=why)

    def say(self, doc: Any, status: str, *, task: str | None = None, ringkasan: str | None = None) -> None:
        values = {"status": status, "tugas": task or doc.tugas}
        doc.db_set({**values, "ringkasan": doc.ringkasan if ringkasan is None else ringkasan})
        realtime.publish_changed(doc)

    def alive(self, doc: Any) -> bool:
        """A queue may believe for long in a worker that was killed; its connection to the database ended with it."""
        if doc.status == BERJALAN:
            return is_taken(self.doctype, doc.name)
        if any(is_job_enqueued(self.job_id(doc.name, task)) for task in self.tasks):
            return True
        return (now_datetime() - get_datetime(doc.modified)).total_seconds() <= ON_ITS_WAY

    def job_id(self, name: str, task: str) -> str:
        """Each task its own: the check's job still counts as running for a moment after its result is seen, and a job of the
        same id would be dropped."""
        return f"{frappe.scrub(self.doctype).replace('_', '-')}-{name}-{task}"


@contextmanager
def turn(doctype: str, name: str) -> Iterator[bool]:
    """Whether this process is the one that works on the document. The lock belongs to the connection: who is killed gives it back."""
    lock = _lock(doctype, name)
    mine = bool(frappe.db.sql("select get_lock(%s, 0)", (lock,))[0][0])
    try:
        yield mine
    finally:
        if mine:
            frappe.db.sql("do release_lock(%s)", (lock,))


def is_taken(doctype: str, name: str) -> bool:
    return frappe.db.sql("select is_used_lock(%s)", (_lock(doctype, name),))[0][0] is not None


def _lock(doctype: str, name: str) -> str:
    digest = hashlib.sha256(f"{frappe.local.site}|{doctype}|{name}".encode()).hexdigest()
    return f"lembar.{digest[:40]}"
