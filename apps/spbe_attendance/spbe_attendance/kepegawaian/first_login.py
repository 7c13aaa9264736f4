"""The first log-in, and the one after a forgotten password: a code becomes a password and a PIN."""

from __future__ import annotations

from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.sessions import clear_sessions
from frappe.utils.password import check_password

from spbe_attendance.kepegawaian import account_log, activation, passwords, pins
from spbe_attendance.kepegawaian.accounts import DOMAIN
from spbe_attendance.kepegawaian.exceptions import AkunDitolak, KataSandiLemah
from spbe_attendance.kepegawaian.masuk import known_device


def look(values: dict[str, object]) -> dict[str, Any]:
    """Whose code this is, before it is used: {nama, nomor, keperluan}; ``nomor`` is what the person logs in with from now on."""
    person = activation.holder(values.get("kode"), values.get("nomor"))
    number = person["nip"] or person["nomor_pegawai"]
    return {"nama": person["nama"], "nomor": number, "keperluan": person["keperluan"]}


def open_account(values: dict[str, object]) -> str:
    """Sets password and PIN in exchange for the code, ends all sessions of the account, and answers its user.

    Two tries at once: one of them finds the code used. Raises what activation.holder does, KataSandiLemah, PinTidakSah.
    """
    person = activation.holder(values.get("kode"), values.get("nomor"), lock=True)
    password, pin = passwords.usable(values.get("kata_sandi"), person), pins.usable(values.get("pin"), person)
    activation.mark_used(person["kode"])
    passwords.store(person["user"], password)
    pins.store(person["name"], pin)
    done = "Akun Diaktifkan" if person["keperluan"] == activation.NEW else "Kata Sandi Diganti"
    account_log.write([(person["name"], person["opd"])], done, by=person["user"])
    # Whoever has held the account until now is put out. Ending sessions commits, so it comes after all that was written.
    clear_sessions(user=person["user"], force=True)
    return str(person["user"])


def log_in(user: str) -> None:
    """The session of this request is this user's from now on."""
    manager = frappe.local.login_manager
    manager.login_as(user)
    known_device.remember(user)


def change_password(person: dict[str, Any], old: object, new: object) -> None:
    """By the person, who knows the old one; other sessions end. Raises KataSandiLemah, TerlaluSeringSalah."""
    tried = pins.attempt(f"ganti-sandi:{person['user']}", pins.MAX_FAILURES)
    try:
        check_password(person["user"], str(old or ""), delete_tracker_cache=False)
    except frappe.AuthenticationError:
        frappe.clear_messages()
        frappe.throw(_("This is not your password."), KataSandiLemah)
    frappe.cache.delete(tried)
    known = frappe.db.get_value(
        "Pegawai", person["name"], ["name", "nama", "nip", "nomor_pegawai"], as_dict=True
    )
    passwords.store(person["user"], passwords.usable(new, known))
    account_log.write([(person["name"], person["opd"])], "Kata Sandi Diganti")
    frappe.db.after_commit.add(partial(clear_sessions, user=person["user"], keep_current=True, force=True))


def refuse_reset_by_mail(user: Any, _event: str | None = None) -> None:
    """Hooked to User.validate_reset_password: the address of a staff account is invented, no mail reaches anybody."""
    if (user.name or "").endswith(DOMAIN):
        frappe.throw(
            _("Ask the Admin OPD for a new activation code: nothing is sent by e-mail."), AkunDitolak
        )
