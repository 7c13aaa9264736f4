"""Receipt number and code: what an applicant without an account shows to see the own registration."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

import frappe
from frappe import _

from spbe_attendance.kepegawaian.devices import site_secret
from spbe_attendance.kepegawaian.registrasi import limits
from spbe_attendance.kepegawaian.registrasi.exceptions import TandaTerimaSalah

DOCTYPE = "Registrasi Pegawai"
# Without letters and digits that look alike: both are copied by hand.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PREFIX = "RP"


def new_number() -> str:
    """RP-XXXX-XXXX; says neither how many there are nor in which order."""
    return f"{PREFIX}-{grouped(''.join(secrets.choice(LETTERS) for _place in range(8)))}"


def code(number: str, client_id: str) -> str:
    """XXXX-XXXX-XXXX, 59 bits. Made anew from site key and row whenever it is needed: stored nowhere, and the answer to a request
    that was lost can be given again."""
    tag = hmac.digest(site_secret("tanda-terima"), f"{number}/{client_id}".encode(), hashlib.sha256)
    return grouped("".join(LETTERS[byte % len(LETTERS)] for byte in tag[:12]))


def grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def open_row(number: object, given: object) -> str:
    """Name of the registration of this receipt. Raises TandaTerimaSalah or TerlaluBanyakPendaftaran."""
    limits.count_look()
    asked, told = written(number), written(given)
    counter = limits.try_code(asked)
    row = (
        frappe.db.get_value(DOCTYPE, {"nomor": asked}, ["name", "id_klien"], as_dict=True) if asked else None
    )
    # An unknown number costs what a wrong code does.
    right = code(asked, row.id_klien if row else "")
    if not hmac.compare_digest(right.encode(), told.encode()) or not row:
        frappe.throw(
            _("Receipt number and code do not belong together: compare both with your receipt."),
            TandaTerimaSalah,
        )
        raise TandaTerimaSalah
    limits.forgive(counter)
    return str(row.name)


def written(value: object) -> str:
    """As people type it: small letters, blanks, no dashes."""
    if not isinstance(value, str) or len(value) > 40:
        return ""
    letters = re.sub(r"[^A-Z0-9]", "", value.upper())
    body = letters.removeprefix(PREFIX) if len(letters) == 10 else letters
    return f"{PREFIX}-{grouped(body)}" if len(body) == 8 else grouped(body)
