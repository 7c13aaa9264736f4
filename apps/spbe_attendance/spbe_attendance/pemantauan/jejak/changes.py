"""Changes that people make by hand: the document events of what watched.py names.

Punches of phones and kiosks are no manual change and pass by; what imports make in the background is told by the import's own row.
"""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document

from spbe_attendance.kepegawaian.accounts import DOMAIN, NIK_HASHES, NIK_IN_TEXT, ROLE
from spbe_attendance.kepegawaian.identity import mask
from spbe_attendance.pemantauan.jejak import log
from spbe_attendance.pemantauan.jejak.watched import KINDS

BY_HAND = ("Desk", "Koreksi")
MADE, CHANGED, REMOVED, RENAMED = "dibuat", "diubah", "dihapus", "diganti nama"
SECRET = re.compile(
    r"secret|password|token|api_key|private|reset_|sandi|rahasia|webhook_headers", re.IGNORECASE
)
# Noted by the framework at every log-in.
NOISE = {"last_login", "last_active", "last_ip", "last_known_versions", "modified", "onboarding_status"}
LONGEST_VALUE = 300


def saved(doc: Document, _event: str | None = None) -> None:
    new = bool(doc.flags.in_insert)
    if new and doc.doctype == "Absensi" and doc.sumber not in BY_HAND:
        return
    if not _by_hand(new) or (new and _plain_account(doc)):
        return
    before = doc.get_doc_before_save()
    details = {} if new or before is None else difference(before, doc)
    if new or details:
        _note(doc, MADE if new else CHANGED, details)


def removed(doc: Document, _event: str | None = None) -> None:
    if _by_hand(False):
        _note(doc, REMOVED, {})


def renamed(doc: Document, _event: str | None, old: str, new: str, *_rest: object) -> None:
    _note(doc, RENAMED, {"name": [old, new]})


def difference(before: Document, after: Document) -> dict[str, list[Any]]:
    """Field → [old, new]; of a table the rows that went and the rows that came. Without secrets; NIK masked."""
    found = {}
    for field in after.meta.fields:
        name = field.fieldname
        if field.fieldtype == "Password" or name in NOISE | NIK_HASHES or SECRET.search(name):
            continue
        if field.fieldtype in table_fields:
            old, new = _rows(before.get(name)), _rows(after.get(name))
            pair = [[row for row in old if row not in new], [row for row in new if row not in old]]
        elif field.fieldtype in no_value_fields:
            continue
        else:
            pair = [_readable(before.get(name)), _readable(after.get(name))]
        if pair[0] != pair[1]:
            found[name] = pair
    return found


def _rows(rows: list[Document] | None) -> list[dict[str, str]]:
    return [
        {
            field.fieldname: _readable(row.get(field.fieldname))
            for field in row.meta.fields
            if field.fieldtype not in {*no_value_fields, "Password"}
            and row.get(field.fieldname) not in (None, "", 0)
            and not SECRET.search(field.fieldname)
        }
        for row in rows or ()
    ]


def _readable(value: object) -> str:
    text = "" if value is None else str(value)
    # The database gives times and numbers another look than a form does.
    text = text.removesuffix(".0").removesuffix(".000000")
    return NIK_IN_TEXT.sub(lambda found: mask(found[0]), text)[:LONGEST_VALUE]


def _by_hand(new: bool) -> bool:
    """In a request; in a job what somebody changes, not what an import makes."""
    if getattr(frappe.local, "request", None):
        return True
    return not new and frappe.session.user not in ("Administrator", "Guest") and not frappe.flags.in_import


def _plain_account(doc: Document) -> bool:
    """Accounts of staff are made by the hundred, each with a row in Catatan Akun."""
    return doc.doctype == "User" and doc.name.endswith(DOMAIN) and {row.role for row in doc.roles} <= {ROLE}


def _note(doc: Document, deed: str, details: dict[str, list[Any]]) -> None:
    told = frappe.as_json({"tindakan": deed, **({"isi": details} if details else {})}, indent=None)
    log.write([log.Entry(KINDS[doc.doctype], **log.about(doc.doctype, doc.name, doc), rincian=told)])
