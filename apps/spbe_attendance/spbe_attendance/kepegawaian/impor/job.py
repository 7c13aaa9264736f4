"""Checking, importing and undoing in the background: one task at a time per import."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian.impor import check, undo, write
from spbe_attendance.lembar.job import AT_WORK, SheetJob

DOCTYPE = "Impor Data"
PERIKSA, IMPOR, BATALKAN = "periksa", "impor", "batalkan"
BARU, GAGAL = "Baru", "Gagal"


def run(nama: str, tugas: str, bahasa: str) -> None:
    """The background job."""
    JOB.carry_out(nama, tugas, bahasa)


def require(doc: Any, task: str) -> None:
    """Whether a task can be done with the import as it stands. Raises ImporDitolak."""
    if task == PERIKSA and doc.status in (write.DIIMPOR, write.TERHENTI):
        frappe.throw(_("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak)
    if task == IMPOR:
        going_on = doc.status == write.TERHENTI and doc.tugas == IMPOR
        if doc.status == write.DIIMPOR:
            frappe.throw(
                _("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak
            )
        if doc.status != check.DIPERIKSA and not going_on:
            frappe.throw(_("Check the sheet first."), ImporDitolak)
    if task == BATALKAN and doc.status not in (write.DIIMPOR, write.TERHENTI):
        frappe.throw(_("Only an import that was carried out can be undone."), ImporDitolak)


def after_failure(doc: Any) -> str:
    """A check leaves nothing; what was written stays until it is gone on with or taken back."""
    return GAGAL if doc.tugas == PERIKSA else write.TERHENTI


def broken_off() -> str:
    return _("The task broke off. What was finished is kept: go on where it stopped, or undo it.")


def stop(doc: Any) -> None:
    """Ends the task after the batch that is being written. Raises ImporDitolak when none is at work."""
    if doc.status not in AT_WORK or doc.tugas == PERIKSA:
        frappe.throw(_("Nothing is being written that could be stopped."), ImporDitolak)
    doc.db_set("henti", 1, update_modified=False)


JOB = SheetJob(
    doctype=DOCTYPE,
    run=run,
    tasks={PERIKSA: check.check, IMPOR: write.run, BATALKAN: undo.run},
    require=require,
    failed=after_failure,
    broken_off=broken_off,
    timeout=3600,
)
