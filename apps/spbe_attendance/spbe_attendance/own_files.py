"""Private files of this app's documents are each stored by themselves, also where their bytes are equal.

Frappe stores equal bytes once, serves a stored file to whoever may read any File row with its address, and keeps it on the disk as
long as any row has its hash. So a photo of one document would be read through, and outlive, another document's.
"""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.overrides.database_query import is_ours

MARK = "own-"


def keep_apart(file: Document, _event: str | None = None) -> None:
    """Hooked to File's before_insert, where the framework has just written the bytes or found equal ones.

    ``file.flags.own_file`` asks for it where a file is attached to its document later.
    """
    if file.is_folder or not file.is_private or not file.content_hash or not file.content:
        return
    if not file.flags.own_file and not belongs_to_us(file):
        return
    if frappe.db.exists("File", {"content_hash": file.content_hash, "is_private": 1}):
        file.save_file(ignore_existing_file_check=True)
    file.content_hash = own_hash(file.content_hash)


def own_hash(content_hash: str) -> str:
    """No other row has it: nothing is stored in this file's place, and its bytes go with its row."""
    return f"{MARK}{frappe.generate_hash(length=12)}-{content_hash}"


def belongs_to_us(file: Document) -> bool:
    return bool(file.attached_to_doctype) and is_ours(file.attached_to_doctype)
