"""Recording a punch once, however often it is sent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import IdKlienTerpakai
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
SAVEPOINT = "catat"


def record(punch: PunchRequest, pegawai: str) -> dict[str, Any]:
    """The answer of HTTP contract ``catat``. The key on id_klien decides, so parallel tries give one row.

    Raises a subclass of AbsensiDitolak.
    """
    stored = existing(punch.id_klien, pegawai)
    if stored:
        return answer(stored, duplicate=True)
    frappe.db.savepoint(SAVEPOINT)
    doc = frappe.get_doc({"doctype": "Absensi", "pegawai": pegawai, **asdict(punch)})
    try:
        doc.insert()
    except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
        frappe.clear_last_message()
        frappe.db.rollback(save_point=SAVEPOINT)
        # The other try has committed by now, or this insert would still wait; a snapshot from before cannot see it.
        stored = existing(punch.id_klien, pegawai, lock=True)
        if not stored:
            raise
        return answer(stored, duplicate=True)
    return answer(doc.as_dict(), duplicate=False)


def existing(id_klien: str, pegawai: str, *, lock: bool = False) -> dict[str, Any] | None:
    """The stored punch of this id; raises IdKlienTerpakai when it is somebody else's."""
    row = frappe.db.get_value(
        "Absensi", {"id_klien": id_klien}, [*ANSWER, "pegawai"], as_dict=True, for_update=lock
    )
    if row and row.pegawai != pegawai:
        frappe.throw(_("This id_klien is in use: make a new one for each punch."), IdKlienTerpakai)
    return row


def answer(row: dict[str, Any], *, duplicate: bool) -> dict[str, Any]:
    return {**{field: row.get(field) for field in ANSWER}, "duplikat": duplicate}
