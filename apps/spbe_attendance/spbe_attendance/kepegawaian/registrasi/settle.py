"""What follows a filing, in the background: one open registration per NIK, whether the person is staff already, who of the recap it
may be, and who is to look at it.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, getdate, now_datetime

from spbe_attendance.kepegawaian.registrasi import access, matching, notices, receipt

DOCTYPE, RECAP = receipt.DOCTYPE, "Acuan Registrasi"
FILED, KNOWN, REPLACED = "Diajukan", access.KNOWN, "Digantikan"
OPEN = (FILED, KNOWN, "Terverifikasi", "Dikembalikan")
# What the comparison finds.
FOUND = ("kecocokan", "skor", "acuan", "pegawai_terdaftar", "menggantikan")
# Of one birth date; more of them than this say nothing any more.
MOST = 500


def later(name: str) -> None:
    frappe.enqueue(run, queue="short", enqueue_after_commit=True, name=name, bahasa=frappe.local.lang)


def run(name: str, bahasa: str = "id") -> None:
    """The background job; a second run changes nothing."""
    # What is written for others to read is in the language of the staff, whatever the phone speaks.
    frappe.local.lang = "id"
    settle(name)


def sweep() -> None:
    """Hooked to the scheduler: registrations whose job was lost; those of a queue that is behind are left to it."""
    waiting = frappe.get_all(
        DOCTYPE,
        filters={
            "status": FILED,
            "dicocokkan_pada": ["is", "not set"],
            "modified": ["<", add_to_date(now_datetime(), minutes=-10)],
        },
        pluck="name",
        limit=MOST,
    )
    for name in waiting:
        later(name)


def settle(name: str) -> None:
    # The rows of one NIK are locked in one order, so that two jobs cannot both find theirs the latest.
    nik_hash = frappe.db.get_value(DOCTYPE, name, "nik_hash")
    rows = _open_rows(nik_hash) if nik_hash else []
    mine = next((row for row in rows if row.name == name), None)
    if mine is None or mine.status != FILED or mine.dicocokkan_pada:
        return
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    if rows[-1].name != name:
        _write(doc, status=REPLACED, nik_terbuka=None, diputus_pada=now_datetime())
        return
    for row in rows[:-1]:
        # Filed earlier and stored later than this one, it is not in the snapshot; the lock reads what is there now.
        older = frappe.get_doc(DOCTYPE, row.name, for_update=True)
        _write(older, status=REPLACED, nik_terbuka=None, diputus_pada=now_datetime())
    known = frappe.db.get_value("Pegawai", {"nik": doc.nik})
    found = match(doc)
    _write(
        doc,
        status=KNOWN if known else FILED,
        pegawai_terdaftar=known,
        kecocokan=found.kind,
        acuan=found.key,
        skor=found.score,
        menggantikan=rows[-2].name if len(rows) > 1 else None,
        nik_terbuka=nik_hash,
        dicocokkan_pada=now_datetime(),
    )
    notices.tell_next(doc)


def _open_rows(nik_hash: str) -> list[Any]:
    """Open registrations of one NIK as they are now, the latest filed last; they stay locked."""
    table = frappe.qb.DocType(DOCTYPE)
    return (
        frappe.qb.from_(table)
        .select(table.name, table.status, table.dicocokkan_pada)
        .where((table.nik_hash == nik_hash) & table.status.isin(OPEN))
        .orderby(table.diajukan_pada, table.name)
        .for_update()
        .run(as_dict=True)
    )


def _write(doc: Document, **values: Any) -> None:
    doc.update(values)
    doc.flags.by_service = True
    doc.save(ignore_permissions=True)


def match(doc: Document) -> matching.Match:
    applicant = matching.Person(doc.name, doc.nama, getdate(doc.tanggal_lahir), doc.nik_hash, doc.opd)
    return matching.best(applicant, candidates(doc.nik_hash, getdate(doc.tanggal_lahir), doc.opd))


def candidates(nik_hash: str, born: Any, opd: str) -> list[matching.Person]:
    """Rows of the recap that could be meant: same NIK, same or swapped birth date, or none and the same unit."""
    table = frappe.qb.DocType(RECAP)
    dates = [day for day in (born, matching.swapped(born)) if day]
    meant = (table.nik_hash == nik_hash) | table.tanggal_lahir.isin(dates)
    meant |= table.tanggal_lahir.isnull() & (table.opd == opd)
    rows = (
        frappe.qb.from_(table)
        .select(table.name, table.nama, table.tanggal_lahir, table.nik_hash, table.opd)
        .where(meant)
        # Those of the same NIK are never cut off.
        .orderby(table.nik_hash == nik_hash, order=frappe.qb.desc)
        .orderby(table.name)
        .limit(MOST)
        .run(as_dict=True)
    )
    return [
        matching.Person(row.name, row.nama, row.tanggal_lahir, row.nik_hash or None, row.opd) for row in rows
    ]


def explain(doc: Document) -> list[str]:
    """Sentences for whoever decides, about what the comparison found."""
    found = (doc.peringatan or "").splitlines()
    if doc.menggantikan:
        found.append(_("Replaces an earlier registration of the same NIK: compare the two."))
    return found
