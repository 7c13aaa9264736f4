"""Checking, importing and taking back a file of places in the background: one task at a time, all of it or nothing."""

from __future__ import annotations

from typing import Any

from frappe import _

from spbe_attendance.kehadiran.lokasi import imports
from spbe_attendance.lembar.job import SheetJob

DOCTYPE = "Impor Lokasi"


def run(nama: str, tugas: str, bahasa: str) -> None:
    """The background job."""
    JOB.carry_out(nama, tugas, bahasa)


def after_failure(doc: Any) -> str:
    """Without effect: an undoing leaves the import as it was, a check or an import leaves no place."""
    return imports.DIIMPOR if doc.tugas == "batalkan" else imports.GAGAL


def broken_off() -> str:
    return _("The task broke off and changed nothing: try again. The error log has the cause.")


JOB = SheetJob(
    doctype=DOCTYPE,
    run=run,
    tasks={"periksa": imports.check, "impor": imports.carry_out, "batalkan": imports.undo},
    require=imports.require,
    failed=after_failure,
    broken_off=broken_off,
)
start, work, progress = JOB.start, JOB.work, JOB.progress
