"""Changes of documents that make numbers stale without a computed day being behind them. Hooked to the documents' own events."""

from __future__ import annotations

from frappe.model.document import Document
from frappe.utils import getdate

from spbe_attendance.pemantauan.ringkas import marks

PERSON = ("opd", "status", "status_kepegawaian", "mulai_bertugas", "berlaku_sejak")


def person_changed(doc: Document, method: str | None = None) -> None:
    """A new person, one who moved or left: the unit from before and the present one."""
    before = doc.get_doc_before_save()
    gone = method in ("on_trash", "after_delete")
    if (
        not gone
        and before
        and all(str(before.get(field) or "") == str(doc.get(field) or "") for field in PERSON)
    ):
        return
    marks.touch_always({opd for opd in (doc.opd, before.opd if before else None) if opd})


def outage_changed(doc: Document, method: str | None = None) -> None:
    """Also one that is only proposed: nobody is called missing where it may have been the service."""
    before = doc.get_doc_before_save()
    for state in (doc, before) if before else (doc,):
        first, last = getdate(state.dari), getdate(state.perpanjang_sampai or state.sampai)
        marks.affected(None, None, first, last)


def event_changed(doc: Document, method: str | None = None) -> None:
    before = doc.get_doc_before_save()
    for state in (doc, before) if before else (doc,):
        marks.touch(getdate(state.tanggal), None)


def everything_changed(doc: Document, method: str | None = None) -> None:
    """Settings, kinds of absence, the tree of OPD: seldom, and of everybody."""
    marks.touch_always(None)
