"""What a password of the staff must be: long enough, not easily guessed, nothing that others know about the person."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime
from frappe.utils.password import update_password
from frappe.utils.password_strength import test_password_strength

from spbe_attendance.kepegawaian.exceptions import KataSandiLemah

SHORTEST, LONGEST = 8, 128
# Of zxcvbn, which Frappe uses: 2 withstands guessing at a server that counts the tries.
ENOUGH = 2


def usable(password: object, person: dict[str, Any]) -> str:
    """The password, if it is one for this person (name, nip, nomor_pegawai, nama). Raises KataSandiLemah."""
    if not isinstance(password, str) or not SHORTEST <= len(password) <= LONGEST:
        frappe.throw(
            _("A password has {0} characters or more, at most {1}.").format(SHORTEST, LONGEST), KataSandiLemah
        )
    known = known_about(person)
    plain = password.lower()
    if any(word in plain for word in known):
        frappe.throw(
            _("The password holds your name, number or birth date: others would try that first."),
            KataSandiLemah,
        )
    if test_password_strength(password, user_inputs=sorted(known))["score"] < ENOUGH:
        frappe.throw(
            _("This password is easily guessed: three or four words that do not belong together are good."),
            KataSandiLemah,
        )
    return password


def known_about(person: dict[str, Any]) -> set[str]:
    """In small letters, without what is too short to matter."""
    born = frappe.db.get_value("Pegawai", person["name"], "tanggal_lahir")
    dates = {f"{getdate(born):{form}}" for form in ("%d%m%Y", "%Y%m%d", "%d%m%y")} if born else set()
    numbers = {str(person.get(field) or "") for field in ("nip", "nomor_pegawai")}
    words = set(re.findall(r"\w+", (person.get("nama") or "").lower()))
    return {word for word in {*dates, *numbers, *words} if len(word) >= 4}


def store(user: str, password: str) -> None:
    update_password(user, password)
    frappe.db.set_value(
        "User", user, "last_password_reset_date", now_datetime().date(), update_modified=False
    )
