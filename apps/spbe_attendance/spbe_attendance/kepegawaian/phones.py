"""Telephone numbers in one form."""

from __future__ import annotations

import frappe
import phonenumbers
from frappe import _

REGION = "ID"


def usable(text: str) -> str:
    """+62812…, whatever way it was typed. Raises ValidationError."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        frappe.throw(
            _("The mobile number cannot be read: write it as 0812… or +62 812…."), title=_("Mobile Number")
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
