"""What the endpoints do: asking once however often it is sent, deciding, withdrawing, and what a person sees of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_transitions

from spbe_attendance.exceptions import (
    IdKlienTerpakai,
    PermohonanDitolak,
    PermohonanTidakDitemukan,
    SistemSibuk,
    SudahDiputus,
    TukarDitolak,
)
from spbe_attendance.kehadiran.jadwal import swap, swap_steps
from spbe_attendance.kehadiran.permohonan import deciders, ketidakhadiran, letters, withdrawal
from spbe_attendance.kehadiran.permohonan.requests import Ask
from spbe_attendance.record_language import language_of_record

LOST_RACE = (frappe.UniqueValidationError, frappe.DuplicateEntryError)
NOTE = {"Sanggah": "jawaban"}
EXCHANGE = "Tukar Dinas"


def submit(asked: Ask, pegawai: str) -> dict[str, Any]:
    """{name, status, penjelasan, duplikat}. Sent again, the same id_klien answers the same request, also when both are on their way.

    A lost race rolls the transaction back: call it with nothing else unwritten. Raises a subclass of PermohonanDitolak
    or TukarDitolak.
    """
    stored = existing(asked, pegawai)
    if stored:
        return answer(stored, duplicate=True)
    try:
        return answer(insert_twice(asked, pegawai), duplicate=False)
    except (*LOST_RACE, PermohonanDitolak, TukarDitolak):
        # Waited for the other try, and met its row as an overlap or as a used key. Read locked: the snapshot is older.
        if not frappe.db.get_value(asked.doctype, {"id_klien": asked.id_klien}, for_update=True):
            raise
    frappe.clear_messages()
    frappe.db.rollback()
    return answer(existing(asked, pegawai), duplicate=True)


def insert_twice(asked: Ask, pegawai: str) -> Document:
    """Two first requests of neighbours in the index may meet in a deadlock, of which the database ends one: that one tries again."""
    try:
        return insert(asked, pegawai)
    except SistemSibuk as error:
        if not isinstance(error.__context__, frappe.QueryDeadlockError):
            raise
        frappe.clear_messages()
        frappe.db.rollback()
        return insert(asked, pegawai)


def insert(asked: Ask, pegawai: str) -> Document:
    values = asdict(asked)
    doctype, content = values.pop("doctype"), values.pop("content")
    fields = values.pop("fields")
    if content:
        fields["lampiran"] = letters.store(content)
    return frappe.get_doc({"doctype": doctype, whose(doctype): pegawai, **fields, **values}).insert()


def whose(doctype: str) -> str:
    """The field that names the applicant."""
    return "pemohon" if doctype == EXCHANGE else "pegawai"


def existing(asked: Ask, pegawai: str) -> Document | None:
    fields = ["name", whose(asked.doctype)]
    found = frappe.db.get_value(asked.doctype, {"id_klien": asked.id_klien}, fields)
    if not found:
        return None
    if found[1] != pegawai:
        frappe.throw(_("This id_klien is in use: make a new one for each request."), IdKlienTerpakai)
    return frappe.get_doc(asked.doctype, found[0])


def answer(doc: Any, *, duplicate: bool) -> dict[str, Any]:
    return {"name": doc.name, "status": doc.status, "penjelasan": explain(doc), "duplikat": duplicate}


def explain(doc: Document) -> str:
    """Where the request stands and who is next, in words."""
    if doc.status in open_states(doc.doctype):
        if doc.doctype == "Sanggah":
            return _("Received. Answered until {0}.").format(doc.jawab_sebelum.strftime("%d-%m-%Y"))
        return _("Received. Waits for: {0}.").format(waits_for(doc))
    note = doc.get(NOTE.get(doc.doctype, "catatan_persetujuan")) or doc.get("alasan_batal")
    return f"{_(doc.status)}. {note}" if note else f"{_(doc.status)}."


def open_states(doctype: str) -> Collection[str]:
    return swap.OPEN if doctype == EXCHANGE else deciders.WAITING


def waits_for(doc: Document) -> str:
    if doc.doctype == EXCHANGE:
        return swap_steps.waits_for(doc, doc.status)
    if doc.status == deciders.ATASAN:
        return str(frappe.db.get_value("Pegawai", doc.atasan, "nama"))
    step = doc.status.removeprefix("Menunggu ")
    return "Kepala OPD" if step == "Persetujuan" else step


def load(doctype: str, name: str) -> Document:
    """The row, locked; what one may not see does not exist. Raises PermohonanTidakDitemukan."""
    doc = frappe.get_doc(doctype, name, for_update=True) if frappe.db.exists(doctype, name) else None
    if doc is None or not frappe.has_permission(doctype, "read", doc=doc):
        frappe.throw(_("There is no such request, or it is not yours to see."), PermohonanTidakDitemukan)
    return doc


def decide(doctype: str, name: str, action: str, note: str | None) -> dict[str, Any]:
    """One decision by whoever's turn it is. Raises SudahDiputus, PersetujuanSendiri, BukanPemutus, AlasanWajib, JawabanWajib."""
    doc = load(doctype, name)
    refuse_unless_in(doc, open_states(doctype))
    if doctype == EXCHANGE:
        swap_steps.require(doc, doc.status, agreeing=action != "Tolak")
    else:
        deciders.require(doc, doc.status)
    target = next((row.next_state for row in get_transitions(doc) if row.action == action), None)
    if not target:
        frappe.throw(_("This decision is not possible here: {0}.").format(_(action)), SudahDiputus)
    if note:
        doc.set(NOTE.get(doctype, "catatan_persetujuan"), note)
    doc.status = target
    doc.save()
    doc.add_comment("Workflow", _(target, language_of_record()))
    return answer(doc, duplicate=False)


def refuse_unless_in(doc: Document, states: Collection[str]) -> None:
    if doc.status not in states:
        frappe.throw(_("Somebody was first: this request is {0}.").format(_(doc.status)), SudahDiputus)


def withdraw(doctype: str, name: str, why: str | None) -> dict[str, Any]:
    """Take back a request while it waits, a permit also while it lies ahead.

    Raises SudahDiputus, BukanPemohon, AlasanWajib, TanggalTidakSah.
    """
    doc = load(doctype, name)
    withdrawal.require(doc)
    approved = {ketidakhadiran.DISETUJUI} if doctype == "Ketidakhadiran" else set()
    refuse_unless_in(doc, {*open_states(doctype), *approved})
    doc.alasan_batal, doc.status = why, withdrawal.DIBATALKAN
    doc.save()
    doc.add_comment("Workflow", _(doc.status, language_of_record()))
    return answer(doc, duplicate=False)


def shorten(name: str, until: date, why: str | None) -> dict[str, Any]:
    doc = load("Ketidakhadiran", name)
    ketidakhadiran.shorten(doc, until, why or "")
    return answer(doc, duplicate=False)
