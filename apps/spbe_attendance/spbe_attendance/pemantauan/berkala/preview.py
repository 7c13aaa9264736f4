"""The letter as its caller would get it today."""

from __future__ import annotations

import frappe

from spbe_attendance.pemantauan.berkala import letter, sending


def of_caller() -> dict[str, str]:
    """{subjek, isi}. Raises PermissionError for who leads no unit."""
    with letter.reader(frappe.session.user):
        found = letter.write(sending.month_so_far())
    return {"subjek": found.subject, "isi": found.body}
