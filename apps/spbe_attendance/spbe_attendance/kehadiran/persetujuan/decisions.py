"""Deciding on many at once: each document for itself, by the framework's workflow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_workflow
from frappe.utils import strip_html

from spbe_attendance.exceptions import (
    AlasanWajib,
    BukanPemutus,
    PermohonanDitolak,
    PersetujuanSendiri,
    SistemSibuk,
    SudahDiputus,
)
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.pencatatan.judgement import MENUNGGU
from spbe_attendance.kehadiran.permohonan import deciders, service
from spbe_attendance.kehadiran.tinjauan import decisions as reviews
from spbe_attendance.kehadiran.tinjauan.access import REVIEW

PUNCH, REFUSE = "Absensi", "Tolak"
REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError, PermohonanDitolak)


@dataclass(frozen=True)
class Order:
    """``seen``: the status that each row had on the decider's screen, where known."""

    doctype: str
    names: tuple[str, ...]
    action: str
    note: str | None = None
    seen: dict[str, str] = field(default_factory=dict)


def carry_out(order: Order) -> dict[str, Any]:
    """{hasil: [{name, berhasil, status, penjelasan, galat}], berhasil, gagal}, in the order of the names.

    One refusal leaves the others standing. Raises SistemSibuk, and then nothing at all is decided: a deadlock has ended the whole
    transaction.
    """
    return each(order.names, lambda name: decide(order, name))


def each(names: Sequence[str], act: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """``act`` on every name, each for itself; what it answers, {status, penjelasan}, is part of the result."""
    results = [one(name, act) for name in names]
    good = sum(result["berhasil"] for result in results)
    return {"hasil": results, "berhasil": good, "gagal": len(results) - good}


def one(name: str, act: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    frappe.db.savepoint("satu_putusan")
    try:
        with refused_when_busy():
            told = act(name)
    except SistemSibuk:
        raise
    except REFUSALS as refusal:
        frappe.db.rollback(save_point="satu_putusan")
        # The sentence goes back with its row; as a message of the request it would stand there without one.
        frappe.clear_messages()
        return {
            "name": name,
            "berhasil": False,
            "status": None,
            "penjelasan": strip_html(str(refusal)) or _("This decision is not possible here."),
            "galat": type(refusal).__name__,
        }
    return {"name": name, "berhasil": True, "galat": None, **told}


def decide(order: Order, name: str) -> dict[str, Any]:
    """{status, penjelasan}. Raises one of REFUSALS."""
    doc = service.load(order.doctype, name)
    seen = order.seen.get(name)
    if seen and seen != doc.status:
        if not is_repetition(doc, seen, order.action):
            # A second step of the same request may be the same person's as well; it is not decided unseen.
            frappe.throw(_("Somebody was first: this request is {0}.").format(_(doc.status)), SudahDiputus)
        return {"status": doc.status, "penjelasan": _("Already decided by you.")}
    if order.doctype == REVIEW:
        return reviews.take(doc, order.action, order.note)
    if order.doctype != PUNCH:
        told = service.decide(order.doctype, name, order.action, order.note)
        return {field: told[field] for field in ("status", "penjelasan")}
    return decide_punch(doc, order.action, order.note)


def is_repetition(doc: Document, seen: str, action: str) -> bool:
    """The answer to the same decision was lost on its way, and it is sent again."""
    return doc.modified_by == frappe.session.user and any(
        (step.state, step.action, step.next_state) == (seen, action, doc.status)
        for step in get_workflow(doc.doctype).transitions
    )


def decide_punch(doc: Any, action: str, note: str | None) -> dict[str, Any]:
    if doc.status != MENUNGGU:
        frappe.throw(_("Somebody was first: this request is {0}.").format(_(doc.status)), SudahDiputus)
    if doc.is_own():
        frappe.throw(
            _("Nobody decides on an own exception: the next higher head or BKPSDM does."), PersetujuanSendiri
        )
    # Reading is wider than deciding: Pimpinan sees every punch.
    if not deciders.may_decide(frappe._dict(opd=doc.opd), MENUNGGU, frappe.session.user):
        frappe.throw(_("This step is not yours: it is for {0}.").format("Kepala OPD"), BukanPemutus)
    if action == REFUSE and not note:
        frappe.throw(_("Say why the request is refused."), AlasanWajib)
    if note:
        # Before the step: the framework reads the row anew, and afterwards nobody may write on it.
        doc.catatan_persetujuan = note
        doc.save()
    decided = apply_workflow(doc, action)
    return {"status": decided.status, "penjelasan": service.explain(decided)}
