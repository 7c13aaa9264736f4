"""The person hears of a decision on a punch that was reviewed, never of the suspicion before it."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kehadiran.pemberitahuan import service
from spbe_attendance.kehadiran.pemberitahuan.requests import users_of
from spbe_attendance.record_language import language_of_record

ASKED, VOID = "Perlu Klarifikasi", "Tidak Sah"


def follow(doc: Document) -> None:
    """Called when the state is a new one; the rest is done after the commit."""
    if doc.status in (ASKED, VOID):
        frappe.enqueue(
            announce,
            queue="short",
            enqueue_after_commit=True,
            name=doc.name,
            status=doc.status,
            bahasa=language_of_record(),
        )


def announce(name: str, status: str, bahasa: str) -> list[str]:
    """The background job: tells the person with the words of the decision, answers whom. The note leads to the punch: the review
    itself is for those who decide."""
    frappe.local.lang = bahasa
    found = frappe.db.get_value(
        "Tinjauan Absensi", {"name": name, "status": status}, ["pegawai", "catatan"], as_dict=True
    )
    if not found:
        return []
    if status == ASKED:
        sentence = _("Please explain a punch to your head of OPD: {0}")
    else:
        sentence = _("A punch of yours does not count: {0} You may appeal.")
    return service.tell(
        users_of([found.pegawai]), sentence.format(found.catatan), frappe.get_doc("Absensi", name)
    )
