"""The tasks of an import of places in the background: one at a time, each within one transaction, with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued

from spbe_attendance import realtime
from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.lokasi import imports

DOCTYPE = "Impor Lokasi"
TASKS: dict[str, Callable[[Any, imports.Tell], None]] = {
    "periksa": imports.check,
    "impor": imports.carry_out,
    "batalkan": imports.undo,
}
TIMEOUT = 1200
REMEMBER = 3600


def start(doc: Any, task: str) -> dict[str, str]:
    """Queue a task of the locked document: {status}. Raises ImporDitolak."""
    if doc.status in imports.AT_WORK and alive(doc.name):
        frappe.throw(_("This file is being worked on: wait until it is done."), ImporDitolak)
    if task == "batalkan" and not done_before(doc):
        frappe.throw(_("Only an import that was carried out can be undone."), ImporDitolak)
    if task != "batalkan" and done_before(doc):
        frappe.throw(_("This file is imported already. Undo it first, or make a new import."), ImporDitolak)
    doc.db_set({"status": imports.ANTRE, "tugas": task, "ringkasan": _("Waiting for its turn")})
    realtime.publish_changed(doc)
    remember(doc.name, 1, doc.ringkasan)
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


def done_before(doc: Any) -> bool:
    """Whether its places stand; a task that is or was at work on them leaves ``tugas`` behind."""
    return doc.status == imports.DIIMPOR or (doc.status in imports.AT_WORK and doc.tugas == "batalkan")


def run(nama: str, tugas: str, bahasa: str) -> None:
    """The background job. Never raises: the document says what went wrong, the error log has the rest."""
    frappe.local.lang = bahasa
    trouble = ""
    try:
        frappe.db.set_value(DOCTYPE, nama, "status", imports.BERJALAN)
        frappe.db.commit()  # whoever looks meanwhile shall see that it has begun
        work(nama, tugas)
    except (frappe.ValidationError, frappe.PermissionError) as refusal:
        frappe.db.rollback()
        trouble = str(refusal)
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title=f"Impor Lokasi {nama}")
        trouble = broken_off()
    if trouble:
        frappe.db.set_value(DOCTYPE, nama, {"status": rest(tugas), "ringkasan": trouble})
    frappe.db.commit()  # the result must be there before its asker hears of it
    doc = frappe.get_doc(DOCTYPE, nama)
    remember(nama, 100, _("Done"))
    realtime.publish_changed(doc)
    realtime.publish_progress(doc, 100, _("Done"))


def work(name: str, task: str) -> Any:
    """The task itself within the caller's transaction, under the session's own permissions; answers the document."""
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    doc.check_permission("write")

    def tell(percent: int, what: str) -> None:
        remember(name, percent, what)
        realtime.publish_progress(doc, percent, what)

    doc.flags.by_service = True
    TASKS[task](doc, tell)
    doc.save()
    doc.add_comment("Info", doc.ringkasan)
    return doc


def rest(task: str) -> str:
    """Where a task that changed nothing leaves the import."""
    return imports.DIIMPOR if task == "batalkan" else imports.GAGAL


def progress(doc: Any) -> dict[str, Any]:
    """{status, persen, keterangan}; a task whose job is gone is ended here, so that it can be asked for again."""
    if doc.status in imports.AT_WORK and not alive(doc.name):
        doc = frappe.get_doc(DOCTYPE, doc.name, for_update=True)
        if doc.status in imports.AT_WORK:
            doc.db_set({"status": rest(doc.tugas), "ringkasan": broken_off()})
    told = frappe.cache.get_value(_key(doc.name)) or {"persen": 0, "keterangan": ""}
    return {"status": doc.status, **told}


def remember(name: str, percent: int, what: str) -> None:
    frappe.cache.set_value(_key(name), {"persen": percent, "keterangan": what}, expires_in_sec=REMEMBER)


def _key(name: str) -> str:
    return f"impor_lokasi|{name}"


def broken_off() -> str:
    return _("The task broke off and changed nothing: try again. The error log has the cause.")


def alive(name: str) -> bool:
    return any(is_job_enqueued(job_id(name, task)) for task in TASKS)


def job_id(name: str, task: str) -> str:
    return f"impor-lokasi-{name}-{task}"
