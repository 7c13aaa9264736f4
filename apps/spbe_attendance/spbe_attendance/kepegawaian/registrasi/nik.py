"""The NIK of people who are not staff yet: compared by a keyed hash, so that no list can be searched for the number itself."""

from __future__ import annotations

import hashlib
import hmac

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian import identity
from spbe_attendance.kepegawaian.devices import site_secret
from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranTidakSah


def digest(nik: str) -> str:
    """64 hexadecimal digits; the same for the same number on this site only."""
    return hmac.new(site_secret("nik"), nik.encode(), hashlib.sha256).hexdigest()


def checked(value: str) -> identity.Nik:
    """Raises PendaftaranTidakSah. The number is not part of the message."""
    try:
        return identity.parse_nik(value)
    except identity.IdentityError:
        frappe.throw(
            _(
                "The NIK is not valid: it has 16 digits, with an existing birth date in it. Compare it with the identity card."
            ),
            PendaftaranTidakSah,
        )
        raise


def derive(doc: Document) -> None:
    """Keep mask and hash of a row in step with its NIK."""
    doc.nik = identity.compact(doc.nik or "") or None
    if doc.nik:
        checked(doc.nik)
    doc.nik_samar = identity.mask(doc.nik) if doc.nik else None
    doc.nik_hash = digest(doc.nik) if doc.nik else None
