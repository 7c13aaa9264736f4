"""What Admin OPD and BKPSDM do with accounts of others: a new code, locking, unlocking. Every step leaves a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

import frappe
import segno
from frappe import STANDARD_USERS, _
from frappe.sessions import clear_sessions
from frappe.utils import get_url

from spbe_attendance.kepegawaian import account_log, activation
from spbe_attendance.kepegawaian.accounts import ROLE
from spbe_attendance.kepegawaian.exceptions import AkunDitolak
from spbe_attendance.kepegawaian.pesan import gateway
from spbe_attendance.permissions import ALL_RECORDS

ADMIN = "Admin OPD"
# Everybody has these, or they lead nowhere.
PLAIN = {ROLE, "All", "Guest", "Desk User"}
SHORTEST = 5


def issue(name: Any, note: Any) -> dict[str, Any]:
    """A fresh code for one person, shown once: {nama, nomor, kode, tautan, qr, berlaku_sampai, keperluan}.

    ``note``: how the identity was checked. Raises PermissionError, AkunDitolak, AkunTertutup.
    """
    person = managed(name)
    (one,) = activation.issue([person["name"]], activation.SCREEN, reason(note))
    return {
        "nama": one.nama,
        "nomor": one.nomor,
        "kode": one.kode,
        "tautan": link(one.kode),
        "qr": segno.make(link(one.kode), error="m").svg_data_uri(scale=4, border=2),
        "berlaku_sampai": one.berlaku_sampai,
        "keperluan": one.keperluan,
    }


def link(code: str) -> str:
    """The address in the QR: the code stands behind #, which browsers send to no server and no log keeps."""
    return f"{get_url('/absen/aktivasi')}#{code}"


def lock(name: Any, why: Any) -> None:
    """Nobody logs in with this account until it is unlocked; open sessions end, phones stay registered."""
    person = managed(name)
    said = reason(why)
    if not person["user"]:
        frappe.throw(_("{0} has no account yet.").format(person["nama"]), AkunDitolak)
    frappe.db.set_value("Pegawai", person["name"], "akun_dikunci", 1)
    frappe.db.set_value("User", person["user"], "enabled", 0)
    activation.void([person["name"]])
    account_log.write([(person["name"], person["opd"])], "Akun Dikunci", said)
    # It commits by itself; and a session ended before the commit could be read again.
    frappe.db.after_commit.add(partial(clear_sessions, user=person["user"], force=True))


def unlock(name: Any, why: Any) -> None:
    person = managed(name)
    said = reason(why)
    frappe.db.set_value("Pegawai", person["name"], "akun_dikunci", 0)
    if person["user"]:
        frappe.db.set_value("User", person["user"], "enabled", int(person["status"] == "Aktif"))
    account_log.write([(person["name"], person["opd"])], "Kunci Dibuka", said)


def state(name: Any) -> dict[str, Any]:
    """For the form: {boleh, dikunci, ada_akun, pernah_masuk, pesan}; ``pesan``: a code can be sent; ``boleh``: the session may do these things with this account."""
    doc = frappe.get_doc("Pegawai", str(name or ""))
    doc.check_permission("read")
    person = _facts(doc.name)
    opened = person["user"] and not activation.without_password([doc.name])
    return {
        "boleh": refusal(person, frappe.session.user) is None,
        "dikunci": bool(person["akun_dikunci"]),
        "ada_akun": bool(person["user"]),
        "pernah_masuk": bool(opened),
        "pesan": bool(gateway.available() and frappe.db.get_value("Pegawai", doc.name, "nomor_hp")),
    }


def managed(name: Any) -> dict[str, Any]:
    """The person, if the session may do these things with its account. Raises PermissionError."""
    if not isinstance(name, str) or not name:
        frappe.throw(_("Choose a person."), AkunDitolak)
    frappe.get_doc("Pegawai", name).check_permission("read")
    person = _facts(name)
    refused = refusal(person, frappe.session.user)
    if refused:
        frappe.throw(refused, frappe.PermissionError)
    return person


def refusal(person: dict[str, Any], user: str) -> str | None:
    """Why the user may not; None when it may. Rows are the permissions' matter, this is about rights.

    Whoever gives a code to somebody could use it: so only for accounts that may do no more than one's own.
    """
    own = set(frappe.get_roles(user)) | ({"Administrator"} if user == "Administrator" else set())
    if not own & (ALL_RECORDS | {ADMIN}):
        return _("Only the Admin OPD and BKPSDM do this.")
    if person["user"] == user:
        return _("Nobody does this with the own account: ask a colleague who may.")
    held = set(frappe.get_roles(person["user"])) - PLAIN if person["user"] else set()
    if person["user"] in STANDARD_USERS or held & {"System Manager", "Administrator"}:
        return _("This is an account of the system's administration: it is not managed here.")
    if held and not own & ALL_RECORDS:
        return _("The account of {0} has further rights: BKPSDM does this.").format(person["nama"])
    return None


def reason(text: Any) -> str:
    said = text.strip() if isinstance(text, str) else ""
    if len(said) < SHORTEST:
        frappe.throw(_("Say why, in a few words: it stays on record."), AkunDitolak)
    return said[: account_log.LONGEST]


def _facts(name: str) -> dict[str, Any]:
    fields = ["name", "nama", "opd", "status", "akun_dikunci", "user"]
    return frappe.db.get_value("Pegawai", name, fields, as_dict=True)
