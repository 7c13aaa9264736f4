"""The one place that tells people something about a document; whatever reaches them otherwise than in Desk hooks in here."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.model.document import Document

from spbe_attendance.kehadiran.push import send
from spbe_attendance.kehadiran.push.subscriptions import KEPUTUSAN, PERSETUJUAN

PAGES = {"Absensi": "/absen/riwayat", "Salinan Data": "/absen/akun", "Perbaikan Data": "/absen/akun"}


def tell(users: Iterable[str], subject: str, document: Document, kind: str = KEPUTUSAN) -> list[str]:
    """A note in the bell of each of these users who can log in, but for the session's own; answers whom.

    Within the caller's transaction: call it from a job. ``subject``: one sentence, plain text; ``kind``: of push.subscriptions, for
    phones that want to hear of it. No e-mail is sent.
    """
    wanted = sorted(set(users) - {frappe.session.user, "Guest"})
    enabled = (
        frappe.get_all("User", filters={"name": ["in", wanted], "enabled": 1}, pluck="name") if wanted else []
    )
    for user in enabled:
        frappe.get_doc(
            {
                "doctype": "Notification Log",
                # Frappe sends no e-mail for an alert.
                "type": "Alert",
                "for_user": user,
                "from_user": frappe.session.user,
                "subject": frappe.utils.escape_html(subject),
                "document_type": document.doctype,
                "document_name": document.name,
            }
        ).insert(ignore_permissions=True)
    send.queue(enabled, kind, subject, page_of(document, kind))
    return enabled


def page_of(document: Document, kind: str) -> str:
    """The page of the PWA that shows it."""
    if kind == PERSETUJUAN:
        return "/absen/persetujuan"
    return PAGES.get(document.doctype, "/absen/permohonan")
