"""The activation code of an approved applicant: given to whoever has the receipt, which nobody else was shown."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils.password import Auth

from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.registrasi import receipt
from spbe_attendance.kepegawaian.registrasi.exceptions import BelumDisetujui


def issue(values: dict[str, object]) -> dict[str, str]:
    """{nomor_pegawai, kode}: a fresh one-time code for the first log-in; older ones end. Raises TandaTerimaSalah and BelumDisetujui,
    the latter also once the account has been opened: from then on a forgotten password is the Admin OPD's.
    """
    name = receipt.open_row(values.get("nomor"), values.get("kode"))
    number, person = frappe.db.get_value(receipt.DOCTYPE, name, ["nomor", "pegawai"])
    if not person or is_activated(person):
        frappe.throw(
            _("There is no account to open with this receipt: look at its state, or ask the Admin OPD."),
            BelumDisetujui,
        )
    (code,) = activation.issue([person], activation.SCREEN, _("With receipt {0}").format(number))
    return {"nomor_pegawai": code.nomor, "kode": code.kode}


def is_activated(person: str) -> bool:
    """Whether the account has a password."""
    user = frappe.db.get_value("Pegawai", person, "user")
    query = frappe.qb.from_(Auth).select(Auth.name)
    query = query.where(
        (Auth.doctype == "User") & (Auth.fieldname == "password") & (Auth.name == (user or ""))
    )
    return bool(query.limit(1).run())
