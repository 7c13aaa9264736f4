"""Writing what the check found good, in batches that are committed: a run that was killed or stopped goes on where it was.

A row's state and its document are written in one transaction, so that neither is there without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime, strip_html

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian import accounts_bulk
from spbe_attendance.kepegawaian.exceptions import NomorTerpakai
from spbe_attendance.kepegawaian.impor import check, fields, scope, store
from spbe_attendance.kepegawaian.impor.kind import Kind, same
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.kepegawaian.impor.records import BARU, BERUBAH, Problem
from spbe_attendance.lembar.progress import tell

BATCH = 100
ACCOUNTS = 1000
DIIMPOR, TERHENTI = "Diimpor", "Terhenti"
WRITTEN = (BARU, BERUBAH)
ONE_ROW = "impor_baris"


def run(doc: Any) -> int:
    """Answers how many rows are written by now. Stops between batches when somebody asked for it."""
    scope.require(doc)
    kind = check.kind_of(doc)
    states = store.by_state(doc.name, WRITTEN)
    total, done = sum(states.values()), states.get(store.SELESAI, 0)
    doc.db_set("henti", 0, update_modified=False)
    while rows := store.waiting(doc.name, WRITTEN, (store.BELUM,), BATCH):
        write_batch(doc, kind, rows)
        done += len(rows)
        frappe.db.commit()  # each batch stands for itself: a killed run goes on where it was
        frappe.clear_messages()
        tell(doc, 5 + 85 * done // max(1, total), _("{0} of {1} rows written").format(done, total))
        if frappe.db.get_value(doc.doctype, doc.name, "henti"):
            break
    else:
        make_accounts(doc)
    return finish(doc)


def make_accounts(doc: Any) -> None:
    """Of the people who are new by this import and have none yet, so that a run that was killed here, too, goes on."""
    if doc.jenis != fields.PEGAWAI or not doc.buat_akun:
        return
    names = store.written(doc.name, BARU)
    for start in range(0, len(names), ACCOUNTS):
        tell(doc, 90 + 8 * start // len(names), _("Making accounts: {0} of {1}").format(start, len(names)))
        problems = accounts_of(names[start : start + ACCOUNTS])
        if problems:
            store.put_problems(doc.name, problems, ())
        frappe.db.commit()  # as above


def accounts_of(names: Sequence[str]) -> list[Problem]:
    """Makes them all, or, where numbers are taken, all but those: one person's number must not stop the others."""
    try:
        accounts_bulk.make(names)
    except NomorTerpakai as taken:
        if len(names) == 1:
            return [Problem(0, None, "", "account", args=(hide(strip_html(str(taken))),))]
        half = len(names) // 2
        return accounts_of(names[:half]) + accounts_of(names[half:])
    return []


def finish(doc: Any) -> int:
    states = store.by_state(doc.name, WRITTEN)
    done, failed = states.get(store.SELESAI, 0), states.get(store.GAGAL, 0)
    left = states.get(store.BELUM, 0)
    doc.status = TERHENTI if left else DIIMPOR
    doc.diimpor_pada = now_datetime()
    if left:
        doc.ringkasan = _("Stopped: {0} rows are written, {1} are left. Go on, or undo.").format(done, left)
    elif not done and not failed:
        doc.ringkasan = _("Nothing had to change: all rows were registered like this already.")
    else:
        doc.ringkasan = _(
            "{0} rows written, {1} could not be written; {2} refused or left out before."
        ).format(done, failed, doc.jumlah_ditolak + doc.jumlah_putusan)
    doc.save()
    return done


def write_batch(doc: Any, kind: Kind, rows: Sequence[Any]) -> None:
    fresh = [row for row in rows if row.tindakan == BARU]
    there = kind.present([row.nilai for row in fresh])
    already = {row.name: there[at] for at, row in enumerate(fresh) if at in there}
    done, problems = [], []
    for row in rows:
        if row.name in already:
            # Imported by somebody else since the check: nothing to write, and nothing to undo.
            store.change(row.name, tindakan="Sama", rujukan=already[row.name])
            continue
        name, trouble = write_row(kind, row)
        if trouble:
            store.mark([row.name], store.GAGAL, trouble)
            problems.append(Problem(row.baris, None, "", "written", args=(trouble,)))
            continue
        done.append(row.name)
        if row.tindakan == BARU:
            store.change(row.name, rujukan=name)
    store.mark(done, store.SELESAI)
    if problems:
        store.put_problems(doc.name, problems, ())


def write_row(kind: Kind, row: Any) -> tuple[str, str]:
    """(name of the document, why it could not be written). Through the controller's own validation, like a form."""
    frappe.db.savepoint(ONE_ROW)
    try:
        kind.prepare(row.nilai)
        return (insert(kind, row) if row.tindakan == BARU else update(kind, row)), ""
    except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
        # The framework's sentence quotes the number.
        trouble = _("A number of this row belongs to another record by now.")
    except (frappe.ValidationError, frappe.PermissionError) as refusal:
        trouble = hide(strip_html(str(refusal))) or _("Your role does not allow this.")
    frappe.db.rollback(save_point=ONE_ROW)
    return "", trouble


def insert(kind: Kind, row: Any) -> str:
    doc = frappe.get_doc({"doctype": kind.doctype, **row.nilai})
    # Ten thousand messages that a list has changed would reach every open Desk.
    doc.flags.notify_update = False
    return doc.insert().name


def update(kind: Kind, row: Any) -> str:
    """Only the fields that differed. Raises ImporDitolak when they are not what the check has seen."""
    stored = frappe.get_doc(kind.doctype, row.rujukan, for_update=True)
    if any(not same(value, stored.get(field)) for field, value in row.sebelum.items()):
        frappe.throw(_("The record was changed after the check."), ImporDitolak)
    stored.update({field: row.nilai[field] for field in row.sebelum})
    stored.flags.notify_update = False
    return stored.save().name
