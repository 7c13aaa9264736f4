"""Accounts of staff: who logs in as whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import frappe
from frappe import STANDARD_USERS, _
from frappe.model.document import Document
from frappe.sessions import clear_sessions
from frappe.utils.password import update_password

from spbe_attendance.exceptions import BukanPegawai
from spbe_attendance.kepegawaian.exceptions import NomorTerpakai
from spbe_attendance.kepegawaian.identity import mask

ROLE = "Pegawai SPBE"
DOMAIN = "@pegawai.invalid"
KIOSK_DOMAIN = "@kios.invalid"
KEY_DOMAIN = "@kunci.invalid"
# Rows with a NIK, and what is derived from it.
NIK_HOLDERS = {"Pegawai", "Registrasi Pegawai", "Acuan Registrasi"}
NIK_HASHES = {"nik_hash", "nik_terbuka"}
NIK_IN_TEXT = re.compile(r"(?<!\d)\d{16}(?!\d)")
FIELDS = ("name", "nama", "opd", "status", "status_kepegawaian", "user")


def current_pegawai(user: str | None = None) -> dict[str, Any] | None:
    """The person behind a user: name, nama, opd, status, status_kepegawaian, user; None when there is none."""
    # Written out: asked at every request of a phone, and building it costs more than running it.
    rows = frappe.db.sql(
        """select name, nama, opd, status, status_kepegawaian, user
        from `tabPegawai` where user = %s limit 1""",
        (user or frappe.session.user,),
        as_dict=True,
    )
    return rows[0] if rows else None


def require_pegawai() -> dict[str, Any]:
    """The person of the session. Raises BukanPegawai."""
    person = current_pegawai()
    if not person:
        frappe.throw(
            _("This account belongs to no registered person: ask the Admin OPD to link it."), BukanPegawai
        )
    return person


def ensure_user(pegawai: str, password: str | None = None, roles: tuple[str, ...] = (ROLE,)) -> str:
    """The user of a person, made if missing. The name to log in with is the NIP or the staff number; no e-mail is sent.

    The user's own name is made of the Pegawai's random name: it stands in URLs and logs, where a NIP must not.
    """
    person = frappe.get_doc("Pegawai", pegawai)
    name = person.user or f"{person.name}{DOMAIN}"
    if not frappe.db.exists("User", name):
        login = person.nip or person.nomor_pegawai
        refuse_taken_number(login, name)
        user = frappe.get_doc(
            {
                "doctype": "User",
                "email": name,
                "enabled": int(person.status == "Aktif" and not person.akun_dikunci),
                "username": login,
                "first_name": person.nama,
                "user_type": "Website User",
                "language": "id",
                "time_zone": "Asia/Jakarta",
                "send_welcome_email": 0,
                "roles": [{"role": role} for role in roles],
            }
        )
        user.flags.no_welcome_mail = True
        user.flags.ignore_password_policy = True
        with no_limit_per_hour():
            user.insert(ignore_permissions=True)
    elif set(roles) - set(frappe.get_all("Has Role", {"parent": name}, pluck="role")):
        frappe.get_doc("User", name).add_roles(*roles)
    if person.user != name:
        person.db_set("user", name)
    if password:
        update_password(name, password)
    return name


def refuse_taken_number(login: str, user: str) -> None:
    """Raises NomorTerpakai: Frappe would save the account without a name to log in with."""
    if frappe.db.exists("User", {"username": login, "name": ["!=", user]}):
        frappe.throw(
            _("Another account logs in with {0}: free that number first.").format(login), NomorTerpakai
        )


@contextmanager
def no_limit_per_hour() -> Iterator[None]:
    """Frappe makes sixty accounts per hour, against strangers who sign up; offices bring hundreds in an afternoon."""
    before = frappe.flags.in_import
    frappe.flags.in_import = True
    try:
        yield
    finally:
        frappe.flags.in_import = before


def keep_staff_unprivileged(doc: Document, _event: str | None = None) -> None:
    """Frappe makes the first account it saves a System Manager when nobody else is one; accounts of staff, kiosks and API keys never become that.

    Hooked to User.validate. Administrators of the system have accounts of their own.
    """
    if (doc.name or doc.email or "").endswith((DOMAIN, KIOSK_DOMAIN, KEY_DOMAIN)):
        doc.roles = [row for row in doc.roles if row.role != "System Manager"]


def follow_person(person: Document) -> None:
    """Keep the account of a person in step: its log-in name, and whether it is open at all."""
    if person.user in STANDARD_USERS:
        return
    if person.has_value_changed("status"):
        active = person.status == "Aktif" and not person.akun_dikunci
        frappe.db.set_value("User", person.user, "enabled", int(active))
        if not active:
            # It commits by itself; and a session ended before the commit could be read again.
            frappe.db.after_commit.add(partial(clear_sessions, user=person.user, force=True))
    if person.has_value_changed("nip") or person.has_value_changed("nomor_pegawai"):
        login = person.nip or person.nomor_pegawai
        refuse_taken_number(login, person.user)
        frappe.db.set_value("User", person.user, "username", login)


def mask_nik_in_history(version: Document, _event: str | None = None) -> None:
    """Hooked to Version.before_insert: whoever may read a person may read its history, but only BKPSDM the NIK."""
    if version.ref_doctype not in NIK_HOLDERS or not version.data:
        return
    data = frappe.parse_json(version.data)
    data["changed"] = [row for row in data.get("changed") or [] if row[0] not in NIK_HASHES]
    for row in data["changed"]:
        if row[0] == "nik":
            row[1:] = [mask(value) if value else value for value in row[1:]]
    version.data = frappe.as_json(data, indent=None)


def mask_nik_in_errors(log: Document, _event: str | None = None) -> None:
    """Hooked to Error Log.before_insert: the framework writes down the variables of code that failed, and forms carry NIK."""
    for field in ("method", "error"):
        if log.get(field):
            log.set(field, NIK_IN_TEXT.sub(lambda found: mask(found[0]), log.get(field)))
