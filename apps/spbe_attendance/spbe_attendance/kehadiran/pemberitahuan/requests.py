"""Who hears of a request: whoever decides next when it reaches a new state, and the applicant when it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kehadiran.jadwal import swap
from spbe_attendance.kehadiran.pemberitahuan import service
from spbe_attendance.kehadiran.permohonan import deciders
from spbe_attendance.kehadiran.push.subscriptions import PERSETUJUAN
from spbe_attendance.record_language import language_of_record

EXCHANGE = "Tukar Dinas"
WAITING = {*deciders.WAITING, *swap.OPEN}
DECIDED = {"Disetujui", "Diterima", "Ditolak"}


def follow(doc: Document, _method: str | None = None) -> None:
    """Hooked to saving. Costs nothing but a comparison unless the state is a new one; the rest is done after the commit."""
    before = doc.get_doc_before_save()
    if (before and before.status == doc.status) or doc.status not in WAITING | DECIDED:
        return
    frappe.enqueue(
        announce,
        queue="short",
        enqueue_after_commit=True,
        doctype=doc.doctype,
        name=doc.name,
        status=doc.status,
        bahasa=language_of_record(),
    )


def announce(doctype: str, name: str, status: str, bahasa: str) -> list[str]:
    """The background job, as the user who made the change: tells whom it concerns, answers whom. What has moved on since is
    announced by the later job."""
    frappe.local.lang = bahasa
    doc = frappe.get_doc(doctype, name) if frappe.db.exists(doctype, name) else None
    if doc is None or doc.status != status:
        return []
    if status in WAITING:
        sentence = _("{0} of {1} waits for your decision.").format(_(doctype), name_of(applicant(doc)))
        return service.tell(next_deciders(doc), sentence, doc, PERSETUJUAN)
    sentence = _("Your request {0}: {1}.").format(_(doctype), _(status))
    return service.tell(users_of(persons(doc)), sentence, doc)


def applicant(doc: Document) -> str:
    return str(doc.get("pemohon") or doc.get("pegawai"))


def persons(doc: Document) -> list[str]:
    """Everybody whose days the request is about."""
    return [doc.pemohon, doc.rekan] if doc.doctype == EXCHANGE else deciders.persons(doc)


def next_deciders(doc: Any) -> list[str]:
    """Users whose turn it is; BKPSDM where nobody nearer can decide."""
    if doc.doctype == EXCHANGE and doc.status == swap.DIAJUKAN:
        return users_of([doc.rekan])
    near: list[str] = []
    if doc.status in deciders.SUPERIOR_DECIDES and doc.get("atasan"):
        near.append(doc.atasan)
    # A permit that waits for the direct superior is the head's only when it gets there.
    if doc.status in {deciders.KEPALA, "Menunggu Persetujuan", "Diajukan", swap.DISETUJUI_REKAN}:
        near += deciders.heads(doc.opd, persons(doc))
    return users_of(near) or office()


def office() -> list[str]:
    return frappe.get_all("Has Role", {"role": "BKPSDM", "parenttype": "User"}, pluck="parent")


def users_of(people: Iterable[str]) -> list[str]:
    names = sorted(set(people))
    filters = {"name": ["in", names], "user": ["is", "set"]}
    return frappe.get_all("Pegawai", filters=filters, pluck="user") if names else []


def name_of(person: str) -> str:
    return str(frappe.db.get_value("Pegawai", person, "nama"))
