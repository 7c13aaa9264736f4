"""A NIK does not get into the framework's own records: what is deleted is kept by it, and what is said about a row stands in the row."""

from __future__ import annotations

from frappe.model.document import Document

from spbe_attendance.kepegawaian.accounts import NIK_HASHES, NIK_IN_TEXT
from spbe_attendance.kepegawaian.identity import mask
from spbe_attendance.overrides.database_query import is_ours
from spbe_attendance.privasi import register


def mask_deleted(doc: Document, _event: str | None = None) -> None:
    """Hooked to after_delete of every DocType with a NIK: the framework writes the document into Deleted Document afterwards."""
    for field in register.entries()[doc.doctype].of_kind(register.NIK):
        value = doc.get(field)
        doc.set(field, mask(str(value)) if value and field not in NIK_HASHES else None)


def mask_in_comment(comment: Document, _event: str | None = None) -> None:
    """Hooked to saving a Comment: comments are copied into the row, which more people read than its NIK."""
    if comment.content and comment.reference_doctype and is_ours(comment.reference_doctype):
        comment.content = NIK_IN_TEXT.sub(lambda found: mask(found[0]), comment.content)
