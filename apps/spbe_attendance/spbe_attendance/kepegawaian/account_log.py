"""What was done to accounts, by whom and why: the only writer of Catatan Akun."""

from __future__ import annotations

from collections.abc import Sequence

import frappe
from frappe.utils import now_datetime

DOCTYPE = "Catatan Akun"
LONGEST = 500


def write(people: Sequence[tuple[str, str]], action: str, why: str = "", by: str | None = None) -> None:
    """One row for each of ``people`` (Pegawai, OPD), in one statement; ``by``: the session's user unless said otherwise."""
    moment, user = now_datetime(), by or frappe.session.user
    stamps = (moment, moment, user, user)
    rows = [
        (frappe.generate_hash(length=10), *stamps, person, opd, action, user, moment, (why or "")[:LONGEST])
        for person, opd in people
    ]
    fields = [
        "name",
        "creation",
        "modified",
        "owner",
        "modified_by",
        "pegawai",
        "opd",
        "tindakan",
        "oleh",
        "waktu",
        "catatan",
    ]
    if rows:
        frappe.db.bulk_insert(DOCTYPE, fields, rows)
