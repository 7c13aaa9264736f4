"""A photo onto the disk and into File, the short way.

Frappe's File decodes a JPEG once more, looks for equal bytes three times, writes a comment about the attachment, and with the punch
saved as a document a photo cost twenty times what its decoding does. As with punches (``swift``) the short way is taken only while
nothing hangs on File and Absensi: no hook, storage or rule of a site is passed over.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import frappe
from frappe.core.doctype.file.utils import get_content_hash

from spbe_attendance.kehadiran.pencatatan import known, naming, swift
from spbe_attendance.own_files import own_hash

FILE = "File"
# What equal bytes would need; these files are stored each by itself anyway.
OWN_HANDLERS = {"spbe_attendance.own_files.keep_apart"}
# Where another app takes the bytes instead of the disk.
STORAGE = ("write_file", "before_write_file")


def possible() -> bool:
    """Nothing waits for a new File or for a change of a punch."""
    return known.in_use() and swift.possible() and known.value(known.ATURAN, "shelf", lambda: not watched())


def watched() -> bool:
    hooks = frappe.get_doc_hooks().get(FILE, {})
    handlers = {handler for step in swift.STEPS for handler in hooks.get(step, ())} - OWN_HANDLERS
    storage = any(frappe.get_hooks(name) for name in STORAGE)
    return bool(handlers) or storage or swift.ruled(FILE)


def put(doctype: str, name: str, content: bytes, ending: str) -> str:
    """Stored private under a name that nobody guesses, as the document's ``foto``; answers the address. Gone with a rollback."""
    file_name = f"{secrets.token_hex(16)}.{ending}"
    path = Path(frappe.get_site_path("private", "files", file_name))
    frappe.db.after_rollback.add(lambda: path.unlink(missing_ok=True))
    write(path, content)
    file = frappe.get_doc(
        {
            "doctype": FILE,
            "name": naming.timely_hash(),
            "file_name": file_name,
            "file_url": f"/private/files/{file_name}",
            "file_type": ending.upper(),
            "file_size": len(content),
            "content_hash": own_hash(get_content_hash(content)),
            "is_private": 1,
            "folder": known.value(known.ATURAN, "attachments", attachments_folder),
            "attached_to_doctype": doctype,
            "attached_to_name": name,
            "attached_to_field": "foto",
        }
    )
    file.set("__islocal", True)
    file.set_user_and_timestamp()
    file.db_insert()
    return str(file.file_url)


def attachments_folder() -> Any:
    return frappe.db.get_value(FILE, {"is_attachments_folder": 1})


def write(path: Path, content: bytes) -> None:
    """On the disk before the database says that it is there."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
