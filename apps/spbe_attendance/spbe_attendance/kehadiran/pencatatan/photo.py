"""The photo that follows a punch: checked against what the punch announced, cleaned, stored private."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from spbe_attendance.exceptions import (
    AbsensiTidakDitemukan,
    FotoTerlaluBesar,
    FotoTidakCocok,
    FotoTidakSah,
)
from spbe_attendance.kehadiran.pencatatan import known, shelf
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.pencatatan.photo_check import PhotoError, clean


def attach(id_klien: str, whose: dict[str, str], content: bytes) -> dict[str, Any]:
    """Answer of HTTP contract ``unggah_foto``; ``whose``: filters that tell the session's punches. Sending the same photo again answers the same. Raises AbsensiDitolak's kinds."""
    settings = known.settings()
    refuse_large(content, cint(settings.foto_ukuran_maks_kb))
    name = frappe.db.get_value("Absensi", {"id_klien": id_klien, **whose}, "name")
    if not name:
        frappe.throw(_("No punch of yours has this id_klien: send the punch first."), AbsensiTidakDitemukan)
    with refused_when_busy():
        store_once(name, content, cint(settings.foto_sisi_maks))
    return {"name": name, "diterima": True}


def store_once(name: str, content: bytes, longest_side: int) -> None:
    # Locked and read as it is now: the same photo may be on its way twice.
    kept = frappe.db.sql(
        "select foto, foto_sha256, foto_status from `tabAbsensi` where name = %s for update",
        (name,),
        as_dict=True,
    )[0]
    if hashlib.sha256(content).hexdigest() != kept.foto_sha256:
        frappe.throw(_("This is not the photo that was taken with the punch."), FotoTidakCocok)
    # One that was removed is not stored again, however late a phone repeats itself.
    if not kept.foto and kept.foto_status != "Dihapus":
        picture, ending = cleaned(content, longest_side)
        if shelf.possible():
            hang(name, shelf.put("Absensi", name, picture, ending))
        else:
            store(name, picture, ending)


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


def hang(name: str, address: str) -> None:
    """The photo onto its punch; nothing follows from it but that somebody may look again."""
    frappe.db.set_value("Absensi", name, there(address))


def there(address: str) -> dict[str, Any]:
    # May have been looked at while it was missing.
    return {"foto": address, "foto_status": "Ada", "isyarat_pada": None}


def store(name: str, picture: bytes, ending: str) -> None:
    """As the framework does it: whoever waits for a File or a change of a punch is told."""
    file = private_file("Absensi", name, picture, ending)
    doc = frappe.get_doc("Absensi", name)
    doc.update(there(file.file_url))
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
