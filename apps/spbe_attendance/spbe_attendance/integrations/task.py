"""Long tasks of a document: one at a time for each, told how far they are, ended in words. Used by whatever moves data in or out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime, strip_html
from frappe.utils.background_jobs import is_job_enqueued

from spbe_attendance import realtime
from spbe_attendance.integrations.exceptions import TugasIntegrasiDitolak
from spbe_attendance.lembar import job
from spbe_attendance.lembar.progress import tell, told
from spbe_attendance.record_language import record_language

BARU, ANTRE, BERJALAN, SELESAI, GAGAL = "Baru", "Antre", "Berjalan", "Selesai", "Gagal"
AT_WORK = (ANTRE, BERJALAN)
TIMEOUT = 6 * 3600
DOCTYPES = ("Ekspor SIMPEGNAS", "Sinkronisasi ERPNext", "Penyusunan Dataset")


def start(doc: Any, runner: str, ringkasan: str = "") -> dict[str, str]:
    """Queue ``runner`` (dotted path, called with nama) for the locked document: {status}.

    Raises TugasIntegrasiDitolak while a task of this document is at work.
    """
    if doc.status in AT_WORK and alive(doc):
        frappe.throw(_("This task is at work: wait until it is done."), TugasIntegrasiDitolak)
    say(doc, ANTRE, ringkasan or _("Waiting for its turn"))
    tell(doc, 1, _("Waiting for its turn"))
    frappe.enqueue(
        runner,
        queue="long",
        timeout=TIMEOUT,
        job_id=job_id(doc),
        enqueue_after_commit=True,
        nama=doc.name,
    )
    return {"status": doc.status}


def perform(doctype: str, name: str, work: Callable[[Any], str]) -> None:
    """Run ``work(doc)``, which answers the closing sentence. Never raises: the document says what went wrong, the log has the rest."""
    with job.turn(doctype, name) as mine, record_language():
        if mine:
            _perform(frappe.get_doc(doctype, name), work)


def _perform(doc: Any, work: Callable[[Any], str]) -> None:
    try:
        say(doc, BERJALAN)
        frappe.db.commit()  # whoever looks meanwhile shall see that it has begun
        say(doc, SELESAI, work(doc))
    except (frappe.ValidationError, frappe.PermissionError) as refusal:
        frappe.db.rollback()
        say(doc, GAGAL, plain(refusal))
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title=f"{doc.doctype} {doc.name}")
        say(doc, GAGAL, broken_off())
    frappe.clear_messages()
    frappe.db.commit()  # the result must be there before its asker hears of it
    tell(doc, 100, _("Done"))


def progress(doc: Any) -> dict[str, Any]:
    """{status, persen, keterangan}; a task whose job is gone is noted as broken off, so that it can be asked for again."""
    if doc.status in AT_WORK and not alive(doc):
        doc = frappe.get_doc(doc.doctype, doc.name, for_update=True)
        if doc.status in AT_WORK and not alive(doc):
            say(doc, GAGAL, broken_off())
    return {"status": doc.status, **told(doc.doctype, doc.name)}


def readable(doctype: str, name: str) -> Any:
    """A document with such a task that the session's user may read. Raises PermissionError, TugasIntegrasiDitolak."""
    if doctype not in DOCTYPES or not isinstance(name, str):
        frappe.throw(_("No such task."), TugasIntegrasiDitolak)
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    return doc


def say(doc: Any, status: str, ringkasan: str | None = None) -> None:
    doc.db_set({"status": status, "ringkasan": ringkasan})
    realtime.publish_changed(doc)


def plain(error: BaseException) -> str:
    """An error's own words without markup, never empty."""
    return " ".join(strip_html(str(error)).split())[:500] or type(error).__name__


def broken_off() -> str:
    return _(
        "The task broke off. What was done stays; start it again and it goes on. The error log has the cause."
    )


def alive(doc: Any) -> bool:
    """A queue may believe for long in a worker that was killed; its connection to the database ended with it."""
    if doc.status == BERJALAN:
        return job.is_taken(doc.doctype, doc.name)
    since = (now_datetime() - get_datetime(doc.modified)).total_seconds()
    return since <= job.ON_ITS_WAY or bool(is_job_enqueued(job_id(doc)))


def job_id(doc: Any) -> str:
    """Each asking its own: the job before it counts as running for a moment after its result is seen."""
    return f"integrasi-{frappe.scrub(doc.doctype)}-{doc.name}-{get_datetime(doc.modified):%H%M%S%f}"
