"""Who reads the review queue: those who decide, and nobody what is suspected of themselves."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance import permissions

REVIEW = "Tinjauan Absensi"
_query, _allowed = permissions.pair(REVIEW, permissions.tinjauan_criterion)


def query(user: str | None = None) -> str:
    user = user or frappe.session.user
    own = permissions.own_pegawai(user).get("name")
    conditions = [_query(user)]
    if own:
        conditions.append(f"`tab{REVIEW}`.`pegawai` != {frappe.db.escape(own)}")
    return " and ".join(condition for condition in conditions if condition)


def allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    user = user or frappe.session.user
    own = permissions.own_pegawai(user).get("name")
    return not (own and doc.pegawai == own) and bool(_allowed(doc, ptype, user))
