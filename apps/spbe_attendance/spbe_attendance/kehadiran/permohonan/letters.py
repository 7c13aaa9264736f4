"""Letters attached to requests: private, of a known type, and really the asker's own upload."""

from __future__ import annotations

import secrets
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from spbe_attendance.exceptions import LampiranTidakSah, PermohonanTerlaluBesar
from spbe_attendance.kehadiran.permohonan import applicant

TYPES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
PRIVATE = "/private/files/"


def ending(content: bytes) -> str:
    """By content, not by name. Raises LampiranTidakSah or PermohonanTerlaluBesar."""
    limit = cint(frappe.get_cached_doc("Pengaturan Absensi").lampiran_maks_kb) or 1024
    if len(content) > limit * 1024:
        frappe.throw(
            _("The attachment is larger than {0} KB: send a smaller scan.").format(limit),
            PermohonanTerlaluBesar,
        )
    found = next((kind for start, kind in TYPES.items() if content.startswith(start)), None)
    if not found:
        frappe.throw(_("Only PDF, JPEG and PNG are accepted as attachment."), LampiranTidakSah)
    return str(found)


def store(content: bytes) -> str:
    """A private file of the session's user, not attached yet; answers its address. Gone again if the request is refused."""
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": f"{secrets.token_hex(16)}.{ending(content)}",
            "is_private": 1,
            "content": content,
        }
    )
    file.flags.own_file = True
    return str(file.insert(ignore_permissions=True).file_url)


def check(doc: Document) -> None:
    """Frappe attaches whatever address the field holds: it must not be a file of somebody else. Raises LampiranTidakSah."""
    if not doc.lampiran:
        doc.lampiran = None
        return
    rows = frappe.get_all(
        "File",
        filters={"file_url": str(doc.lampiran), "is_private": 1},
        fields=["name", "owner", "attached_to_doctype", "attached_to_name"],
    )
    mine = [row for row in rows if may_use(row, doc)]
    if not mine or not str(doc.lampiran).startswith(PRIVATE):
        frappe.throw(_("Attach a file of your own, marked as private."), LampiranTidakSah)
    path = Path(frappe.get_doc("File", mine[0].name).get_full_path())
    if not path.is_file():
        frappe.throw(_("Attach a file of your own, marked as private."), LampiranTidakSah)
    ending(path.read_bytes())


def may_use(row: dict[str, str | None], doc: Document) -> bool:
    attached = (row["attached_to_doctype"], row["attached_to_name"])
    if attached == (doc.doctype, doc.name) and doc.name:
        return True
    unused = not attached[0] or (attached[0] == doc.doctype and str(attached[1]).startswith("new-"))
    return unused and (row["owner"] == frappe.session.user or applicant.by_bkpsdm())
