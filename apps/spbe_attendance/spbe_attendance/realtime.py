"""What is published to browsers: always to a room, always after the commit."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


def publish_changed(doc: Document) -> None:
    """Open forms of this one document reload; the socket server lets only those into its room who may read it."""
    frappe.publish_realtime(
        "doc_update",
        {"modified": doc.modified, "doctype": doc.doctype, "name": doc.name},
        doctype=doc.doctype,
        docname=doc.name,
        after_commit=True,
    )


def publish_progress(doc: Document, percent: int, what: str) -> None:
    """How far a long task on this document is, to whoever started it. At once: after the commit it is over."""
    frappe.publish_realtime(
        "spbe_kemajuan",
        {"doctype": doc.doctype, "name": doc.name, "persen": percent, "keterangan": what},
        user=frappe.session.user,
    )


def publish_day_closing(
    user: str, tanggal: str, done: int, total: int, *, written: int | None = None, failed: bool = False
) -> None:
    """To whoever asked for the closing of a day. ``written``: it is over; ``failed``: it broke off."""
    frappe.publish_realtime(
        "rekap_tutup_hari",
        {"tanggal": tanggal, "selesai": done, "semua": total, "ditulis": written, "gagal": failed},
        user=user,
        after_commit=True,
    )


def publish_report(user: str, state: dict[str, Any]) -> None:
    """How the making of a printable report stands, to its asker alone. At once: it is no part of a transaction."""
    frappe.publish_realtime("spbe_laporan", state, user=user)


def publish_account(user: str, state: dict[str, Any]) -> None:
    """How the sending of a code ended, to its asker alone: {pegawai, terkirim} or {pegawai, gagal}. The job has committed."""
    frappe.publish_realtime("spbe_akun", state, user=user)


def publish_summary(opd: str, message: dict[str, Any]) -> None:
    """Numbers of an OPD to the screens that watch it: the room of its Ringkasan OPD, which those join who may see the numbers. At once:
    the job has written nothing, and what it counted is committed."""
    frappe.publish_realtime("spbe_ringkasan", message, doctype="Ringkasan OPD", docname=opd)
