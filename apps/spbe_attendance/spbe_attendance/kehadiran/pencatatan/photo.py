"""The photo that follows a punch: checked against what the punch announced, cleaned, stored private."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Concat_ws, NullIf
from frappe.utils import add_to_date, cint, now_datetime

from spbe_attendance.exceptions import (
    AbsensiTidakDitemukan,
    FotoTerlaluBesar,
    FotoTidakCocok,
    FotoTidakSah,
)
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.pencatatan.photo_check import PhotoError, clean


def attach(id_klien: str, whose: dict[str, str], content: bytes) -> dict[str, Any]:
    """Answer of HTTP contract ``unggah_foto``; ``whose``: filters that tell the session's punches. Sending the same photo again answers the same. Raises AbsensiDitolak's kinds."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    refuse_large(content, cint(settings.foto_ukuran_maks_kb))
    name = frappe.db.get_value("Absensi", {"id_klien": id_klien, **whose}, "name")
    if not name:
        frappe.throw(_("No punch of yours has this id_klien: send the punch first."), AbsensiTidakDitemukan)
    with refused_when_busy():
        store_once(name, content, cint(settings.foto_sisi_maks))
    return {"name": name, "diterima": True}


def store_once(name: str, content: bytes, longest_side: int) -> None:
    # Locked and read as it is now: the same photo may be on its way twice.
    doc = frappe.get_doc("Absensi", name, for_update=True)
    if hashlib.sha256(content).hexdigest() != doc.foto_sha256:
        frappe.throw(_("This is not the photo that was taken with the punch."), FotoTidakCocok)
    if not doc.foto:
        store(doc, content, longest_side)


def refuse_large(content: bytes, kilobytes: int) -> None:
    """Raises FotoTerlaluBesar."""
    if len(content) > kilobytes * 1024:
        frappe.throw(_("The photo is larger than {0} KB: take it again.").format(kilobytes), FotoTerlaluBesar)


def cleaned(content: bytes, longest_side: int) -> tuple[bytes, str]:
    """The picture encoded anew and its file ending. Raises FotoTidakSah."""
    try:
        return clean(content, longest_side)
    except PhotoError as error:
        frappe.throw(message(error.code, longest_side), FotoTidakSah)
        raise


def private_file(doctype: str, name: str, content: bytes, ending: str) -> Document:
    """A photo as the File of a row's field ``foto``, under a name that nobody guesses."""
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": f"{secrets.token_hex(16)}.{ending}",
            "attached_to_doctype": doctype,
            "attached_to_name": name,
            "attached_to_field": "foto",
            "is_private": 1,
            "content": content,
        }
    )
    return file.insert(ignore_permissions=True)


def store(doc: Any, content: bytes, longest_side: int) -> None:
    file = private_file("Absensi", doc.name, *cleaned(content, longest_side))
    doc.foto, doc.foto_status = file.file_url, "Ada"
    # May have been looked at while it was missing.
    doc.isyarat_pada = None
    doc.flags.photo_writer = True
    doc.save(ignore_permissions=True)


def message(code: str, longest_side: int) -> str:
    reasons = {
        "too_many_pixels": _("The photo has more than {0} pixels on a side: take it again.").format(
            longest_side
        ),
        "too_small": _("The photo is too small to see anybody: take it again."),
        "damaged": _("The photo is damaged or was cut off: send it again."),
        "empty": _("The photo is empty: take it again."),
    }
    return reasons.get(code) or _("Only JPEG and WebP photos are accepted: take the photo again.")


def never_came() -> str:
    return _("The photo never came", "id")


def mark_missing_photos() -> None:
    """Punches whose photo never came go to review; one statement, run by the scheduler."""
    wait = cint(frappe.db.get_single_value("Pengaturan Absensi", "batas_tunggu_foto_menit")) or 30
    absensi = frappe.qb.DocType("Absensi")
    (
        frappe.qb.update(absensi)
        .set(absensi.foto_status, "Tidak Datang")
        .set(absensi.perlu_tinjau, 1)
        .set(absensi.alasan_tinjau, Concat_ws("\n", NullIf(absensi.alasan_tinjau, ""), never_came()))
        .where(absensi.foto_status == "Menunggu")
        .where(absensi.waktu_tiba < add_to_date(now_datetime(), minutes=-wait))
        .run()
    )
