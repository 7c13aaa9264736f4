"""Recording a punch once, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import AbsensiDitolak, IdKlienTerpakai, SistemSibuk
from spbe_attendance.kehadiran.pencatatan import known, swift
from spbe_attendance.kehadiran.pencatatan.request import PunchRequest

ANSWER = (
    "name",
    "jenis",
    "tanggal",
    "waktu",
    "status",
    "putusan_lokasi",
    "lokasi",
    "jarak",
    "penjelasan",
    "foto_status",
)


@dataclass(frozen=True)
class Witnessed:
    """Who saw the person punch (a Pegawai), on which kiosk if on one, and why there was no own phone.

    ``orang``: how many this witness has seen today, when that is more than usual.
    """

    saksi: str
    nama: str
    kios: str | None
    sebab: str
    orang: int | None = None


# What an insert meets when another try of the same punch was first; SistemSibuk, when the database chose it to end a deadlock.
LOST_RACE = (frappe.UniqueValidationError, frappe.DuplicateEntryError, SistemSibuk)


def record(punch: PunchRequest, person: dict[str, Any], witnessed: Witnessed | None = None) -> dict[str, Any]:
    """The answer of HTTP contract ``catat``. The key on id_klien decides, so parallel tries give one row.

    ``person``: a row of Pegawai with name, nama, opd, status and user. ``witnessed``: captured on somebody else's device, by a person
    who proved to be there with a PIN. A lost race rolls the transaction back: call it with nothing else unwritten. Raises a
    subclass of AbsensiDitolak.
    """
    try:
        doc = insert(punch, person, witnessed)
    except LOST_RACE as error:
        if isinstance(error.__context__, frappe.QueryTimeoutError):
            # Has waited long enough; the person may decide to wait again.
            raise
        frappe.clear_messages()
        stored = existing(punch.id_klien, person["name"])
        if not stored:
            # The winner has just committed, which a snapshot from before cannot see. And whoever was stopped by the key holds a
            # shared lock on the winner's row: asking for more instead of letting go would deadlock with a third try.
            frappe.db.rollback()
            stored = existing(punch.id_klien, person["name"])
        if stored:
            return answer(stored, duplicate=True)
        doc = insert(punch, person, witnessed)
    except AbsensiDitolak:
        # What was taken once is not refused the second time. Looked for only now: hardly a punch comes twice.
        stored = stored_before(punch.id_klien, person["name"])
        if not stored:
            raise
        return answer(stored, duplicate=True)
    return answer(doc, duplicate=False)


def stored_before(id_klien: str, pegawai: str) -> dict[str, Any] | None:
    """As ``existing``; what has been said so far is said again unless the punch is there."""
    said = frappe.local.message_log
    frappe.clear_messages()
    stored = existing(id_klien, pegawai)
    if not stored:
        frappe.local.message_log = said
    return stored


def insert(punch: PunchRequest, person: dict[str, Any], witnessed: Witnessed | None) -> Document:
    swift.lend_meta()
    doc = frappe.get_doc({"doctype": "Absensi", "pegawai": person["name"], **vars(punch)})
    # Whether the short way may be taken is known from memory, or costs more than it saves.
    doc.flags.update({"person": person, "witnessed": witnessed, "swift": known.in_use()})
    # The PIN is the permission: a kiosk's account has no other.
    doc.flags.ignore_permissions = witnessed is not None
    return doc.insert()


def existing(id_klien: str, pegawai: str) -> dict[str, Any] | None:
    """The stored punch of this id; raises IdKlienTerpakai when it is somebody else's."""
    row = frappe.db.get_value("Absensi", {"id_klien": id_klien}, [*ANSWER, "pegawai"], as_dict=True)
    if row and row.pegawai != pegawai:
        frappe.throw(_("This id_klien is in use: make a new one for each punch."), IdKlienTerpakai)
    return row


def answer(row: dict[str, Any] | Document, *, duplicate: bool) -> dict[str, Any]:
    return {**{field: row.get(field) for field in ANSWER}, "duplikat": duplicate}
