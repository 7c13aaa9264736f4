"""Activation codes by message: drawn, sent and kept in the job, so that no code stands in a queue."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance import realtime
from spbe_attendance.kepegawaian import account_desk, account_log, activation
from spbe_attendance.kepegawaian.exceptions import AkunDitolak, PesanDitolak
from spbe_attendance.kepegawaian.pesan import gateway

DEFAULT = "SPBE Absensi: kode aktivasi {nama}: {kode}, sampai {sampai}. {tautan}"


def start(pegawai: Any, note: Any) -> None:
    """Queue a code for one person's mobile number. Raises PermissionError, AkunDitolak, PesanDitolak."""
    person = account_desk.managed(pegawai)
    said = account_desk.reason(note)
    if not frappe.db.get_value("Pegawai", person["name"], "nomor_hp"):
        frappe.throw(_("{0} has no mobile number on record.").format(person["nama"]), AkunDitolak)
    if not gateway.available():
        frappe.throw(_("No gateway for messages is set up: see Gerbang Pesan."), PesanDitolak)
    activation.draw([person["name"]])
    frappe.enqueue(
        run,
        queue="short",
        timeout=120,
        enqueue_after_commit=True,
        pegawai=person["name"],
        catatan=said,
        user=frappe.session.user,
    )


def run(pegawai: str, catatan: str, user: str) -> None:
    """The background job. The code holds only when the gateway took the message; the record has either result."""
    frappe.local.lang = "id"
    (drawn,) = activation.draw([pegawai])
    number = frappe.db.get_value("Pegawai", pegawai, "nomor_hp")
    try:
        # Kept first: a message may be read before this job is over. Undone when it is refused.
        activation.keep([drawn], activation.MESSAGE, catatan, by=user)
        where = gateway.send(number, text_of(drawn))
    except Exception as error:
        frappe.db.rollback()
        if not isinstance(error, frappe.ValidationError):
            # Without the frames' variables, which hold the code.
            frappe.log_error(title="Gerbang Pesan", message=type(error).__name__)
        why = (
            str(error) if isinstance(error, PesanDitolak) else _("The gateway for messages does not answer.")
        )
        account_log.write([(pegawai, drawn.opd)], "Kode Gagal Dikirim", why, by=user)
        frappe.db.commit()  # the record of the failure must outlive it
        realtime.publish_account(user, {"pegawai": pegawai, "gagal": why})
        return
    account_log.write([(pegawai, drawn.opd)], "Kode Dikirim", where, by=user)
    frappe.db.commit()  # the code holds before its asker hears of it
    realtime.publish_account(user, {"pegawai": pegawai, "terkirim": True})


def text_of(drawn: activation.Issued) -> str:
    values = {
        "nama": drawn.nama,
        "kode": drawn.kode,
        "sampai": formatdate(drawn.berlaku_sampai, "d MMMM yyyy"),
        "tautan": account_desk.link(drawn.kode),
    }
    text = frappe.db.get_single_value(gateway.SETTINGS, "pesan") or DEFAULT
    return gateway.filled(text, values)
