"""How often strangers may ask. Counted where they can be told apart; a whole office shares one address and must not lock itself out.

The numbers leave room for an office that registers its honorer on one morning; see docs/decisions/0009-registrasi.md.
"""

from __future__ import annotations

import hashlib

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance import client_address
from spbe_attendance.kepegawaian.registrasi.exceptions import TerlaluBanyakPendaftaran

COUNTERS = "spbe-daftar:"
TEN_MINUTES, DAY = 600, 86_400
FILED_PER_ADDRESS, FILED_IN_ALL = 60, 600
PER_NIK_AND_DEVICE, PER_NIK = 3, 12
LOOKS_PER_ADDRESS, WRONG_CODES = 240, 10


def count_filing() -> None:
    """Raises TerlaluBanyakPendaftaran; so do all below."""
    count(f"kirim:{address()}", FILED_PER_ADDRESS, TEN_MINUTES)
    count("kirim", FILED_IN_ALL, TEN_MINUTES)


def count_person(nik_hash: str, device: str | None, filing: str) -> None:
    """Few from one phone, more in all: whoever knows a NIK must not use up the tries of the person it belongs to.

    ``filing``: the same one sent again, also at the same time, is one.
    """
    # A day of the calendar: the refusal says when to come back.
    day = now_datetime().date().isoformat()
    count_apart(f"nik:{day}:{nik_hash}:{hashed(device or address())}", filing, PER_NIK_AND_DEVICE, DAY)
    count_apart(f"nik:{day}:{nik_hash}", filing, PER_NIK, DAY)


def count_look() -> None:
    count(f"lihat:{address()}", LOOKS_PER_ADDRESS, TEN_MINUTES)


def try_code(number: str) -> bytes:
    """One more wrong code for that receipt, before it is known to be wrong; answers what ``forgive`` takes back."""
    return count(f"kode:{hashed(number)}", WRONG_CODES, TEN_MINUTES)


def forgive(counter: bytes) -> None:
    frappe.cache.delete(counter)


def count(key: str, most: int, seconds: int) -> bytes:
    """Tries while it is full do not prolong the pause."""
    counter = frappe.cache.make_key(f"{COUNTERS}{key}")
    number = frappe.cache.incr(counter)
    if number == 1:
        frappe.cache.expire(counter, seconds)
    if number > most:
        refuse(seconds)
    return counter


def count_apart(key: str, what: str, most: int, seconds: int) -> None:
    """As ``count``, but each ``what`` once."""
    counter = frappe.cache.make_key(f"{COUNTERS}{key}")
    if frappe.cache.execute_command("SADD", counter, hashed(what)):
        frappe.cache.expire(counter, seconds)
    if frappe.cache.scard(counter) > most:
        refuse(seconds)


def refuse(seconds: int) -> None:
    later = _("tomorrow") if seconds == DAY else _("in {0} minutes").format(seconds // 60)
    frappe.throw(_("Too many tries: come back {0}.").format(later), TerlaluBanyakPendaftaran)


def address() -> str:
    return hashed(client_address.network(client_address.of_request()))


def hashed(text: str) -> str:
    """Counters hold no address and no number."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
