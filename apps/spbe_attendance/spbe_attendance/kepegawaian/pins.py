"""A person's PIN for punches on somebody else's device: set with the own password, kept hashed by the framework."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import frappe
from frappe import _
from frappe.utils.password import Auth, check_password, passlibctx, update_password

from spbe_attendance.exceptions import NomorAtauPinSalah, PinTidakSah, TerlaluSeringSalah
from spbe_attendance.kepegawaian.accounts import FIELDS

SIX_DIGITS = re.compile(r"[0-9]{6}")
MAX_FAILURES, LOCKED_FOR = 5, 15 * 60
# One device serves many people: more mistakes than one person's, far fewer than guessing needs.
MAX_FAILURES_OF_SESSION = 20
COUNTERS = "spbe-pin:"


def set_pin(person: dict[str, Any], pin: object, password: object) -> None:
    """Raises PinTidakSah: no six digits, easily guessed, or not the own password."""
    fit = usable(pin, person)
    tried = attempt(f"atur-pin:{person['user']}", MAX_FAILURES)
    try:
        # Whoever holds an unlocked phone must not be able to give its owner a PIN.
        check_password(person["user"], str(password or ""), delete_tracker_cache=False)
    except frappe.AuthenticationError:
        frappe.clear_messages()
        frappe.throw(_("This is not your password."), PinTidakSah)
    frappe.cache.delete(tried)
    store(person["name"], fit)


def usable(pin: object, person: dict[str, Any]) -> str:
    """The PIN, if it is one for this person. Raises PinTidakSah."""
    if not isinstance(pin, str) or not SIX_DIGITS.fullmatch(pin):
        frappe.throw(_("A PIN has six digits."), PinTidakSah)
    if easily_guessed(pin, person):
        frappe.throw(
            _("This PIN is easily guessed: no rows of digits, no part of your number, no birth date."),
            PinTidakSah,
        )
    return pin


def store(pegawai: str, pin: str) -> None:
    update_password(pegawai, pin, doctype="Pegawai", fieldname="pin")


def easily_guessed(pin: str, person: dict[str, Any]) -> bool:
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return True
    known = frappe.db.get_value(
        "Pegawai", person["name"], ["nip", "nomor_pegawai", "tanggal_lahir"], as_dict=True
    )
    born = known.tanggal_lahir
    dates = {f"{born:%d%m%y}", f"{born:%y%m%d}", f"{born:%m%d%y}"} if born else set()
    return pin in (known.nip or "") or pin in (known.nomor_pegawai or "") or pin in dates


def has_pin(pegawai: str) -> bool:
    query = (
        frappe.qb.from_(Auth).select(Auth.name).where((Auth.doctype == "Pegawai") & (Auth.name == pegawai))
    )
    return bool(query.where(Auth.fieldname == "pin").run())


def person_with(number: object, pin: object) -> dict[str, Any]:
    """The person of a NIP or staff number who has this PIN. Raises NomorAtauPinSalah or TerlaluSeringSalah."""
    compact = re.sub(r"\s", "", number) if isinstance(number, str) else ""
    session = attempt(f"sesi:{frappe.session.user}", MAX_FAILURES_OF_SESSION)
    person = by_number(compact)
    own = attempt(f"orang:{person['name']}", MAX_FAILURES) if person else ""
    try:
        if not person or not has_pin(person["name"]):
            # Takes as long as a wrong PIN.
            passlibctx.hash(str(pin or ""))
            raise frappe.AuthenticationError
        check_password(person["name"], str(pin or ""), "Pegawai", "pin", delete_tracker_cache=False)
    except frappe.AuthenticationError:
        frappe.clear_messages()
        frappe.throw(_("The number or the PIN is not right: check both and try again."), NomorAtauPinSalah)
    # The person's mistakes are forgiven; of the session's only this one was none.
    frappe.cache.delete(own)
    frappe.cache.decr(session)
    return dict(person or {})


def by_number(number: str) -> dict[str, Any] | None:
    for field in ("nip", "nomor_pegawai"):
        person = frappe.db.get_value("Pegawai", {field: number}, FIELDS, as_dict=True) if number else None
        if person:
            return person
    return None


def attempt(key: str, most: int) -> bytes:
    """Count one more mistake of that key, before it is known to be one: guesses made at the same time are all counted.

    Answers where it is counted, to be taken back after a right one. Raises TerlaluSeringSalah when ``most`` mistakes were made since
    the last pause of LOCKED_FOR seconds.
    """
    counter = frappe.cache.make_key(f"{COUNTERS}{key}")
    count = frappe.cache.incr(counter)
    # Tries while it is full do not prolong the pause.
    if count <= most:
        frappe.cache.expire(counter, LOCKED_FOR)
    if count > most:
        frappe.throw(
            _("Too many mistakes: wait {0} minutes, then try again.").format(LOCKED_FOR // 60),
            TerlaluSeringSalah,
        )
    return counter
