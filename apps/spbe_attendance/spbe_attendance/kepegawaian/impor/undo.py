"""Taking an import back: only what nobody has used or changed since; the rest is kept and says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import strip_html

from spbe_attendance.kepegawaian import accounts_removal
from spbe_attendance.kepegawaian.impor import check, fields, scope, store, used
from spbe_attendance.kepegawaian.impor.kind import Kind, same
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.kepegawaian.impor.records import BARU
from spbe_attendance.kepegawaian.impor.write import BATCH, TERHENTI, WRITTEN
from spbe_attendance.lembar.progress import tell

DIBATALKAN = "Dibatalkan"
ONE_ROW = "batal_baris"


def run(doc: Any) -> int:
    """Answers how many rows are taken back. The last first: units below go before those above."""
    scope.require(doc)
    kind = check.kind_of(doc)
    total = sum(store.by_state(doc.name, WRITTEN).values())
    done = 0
    doc.db_set("henti", 0, update_modified=False)
    while rows := store.waiting(doc.name, WRITTEN, (store.SELESAI,), BATCH, last_first=True):
        undo_batch(doc, kind, rows)
        done += len(rows)
        frappe.db.commit()  # as with writing
        frappe.clear_messages()
        tell(doc, 5 + 90 * done // max(1, total), _("{0} of {1} rows taken back").format(done, total))
        if frappe.db.get_value(doc.doctype, doc.name, "henti"):
            break
    return finish(doc)


def finish(doc: Any) -> int:
    states = store.by_state(doc.name, WRITTEN)
    undone, kept, left = (
        states.get(state, 0) for state in (store.DIBATALKAN, store.DIPERTAHANKAN, store.SELESAI)
    )
    doc.status = TERHENTI if left else DIBATALKAN
    doc.ringkasan = _(
        "Undone: {0} rows are as before. {1} were used or changed since and are kept; {2} are left."
    ).format(undone, kept, left)
    doc.save()
    return undone


def undo_batch(doc: Any, kind: Kind, rows: Sequence[Any]) -> None:
    made = [row.rujukan for row in rows if row.tindakan == BARU]
    reasons = used.reasons(kind.doctype, made)
    undone, gone = [], []
    for row in rows:
        why = reasons.get(row.rujukan, "") if row.tindakan == BARU else ""
        if not why:
            stored, why = undo_row(kind, row)
            if stored and row.tindakan == BARU:
                gone.append(stored)
        if why:
            store.mark([row.name], store.DIPERTAHANKAN, why)
        else:
            undone.append(row.name)
    if doc.jenis == fields.PEGAWAI:
        remove_people(gone)
    store.mark(undone, store.DIBATALKAN)


def undo_row(kind: Kind, row: Any) -> tuple[Any, str]:
    """(the document, None when it is gone already; why the row is kept). A person is removed with the others of the batch."""
    frappe.db.savepoint(ONE_ROW)
    try:
        stored = frappe.get_doc(kind.doctype, row.rujukan, for_update=True)
        written = row.nilai if row.tindakan == BARU else {field: row.nilai[field] for field in row.sebelum}
        if any(not same(value, stored.get(field)) for field, value in written.items()):
            return None, _("Changed since.")
        stored.flags.notify_update = False
        if row.tindakan != BARU:
            stored.update(row.sebelum)
            stored.save()
        elif kind.doctype != fields.PEGAWAI:
            # Whether somebody refers to it was asked for all rows at once; nothing of a mistake is kept in the bin.
            frappe.delete_doc(
                kind.doctype, stored.name, force=True, ignore_permissions=True, delete_permanently=True
            )
        return stored, ""
    except frappe.DoesNotExistError:
        frappe.clear_messages()
        return None, ""
    except (frappe.ValidationError, frappe.PermissionError) as refusal:
        frappe.db.rollback(save_point=ONE_ROW)
        return None, hide(strip_html(str(refusal))) or _("Your role does not allow this.")


def remove_people(people: Sequence[Any]) -> None:
    """Persons whom nothing refers to, with their accounts. The framework's own way queues a job for each of them."""
    for person in people:
        person.run_method("on_trash")
    names = [person.name for person in people]
    if names:
        frappe.db.delete("__Auth", {"doctype": "Pegawai", "name": ["in", names]})
        frappe.db.delete("Pegawai", {"name": ["in", names]})
    accounts_removal.remove([person.user for person in people if person.user])
    for person in people:
        person.run_method("after_delete")
