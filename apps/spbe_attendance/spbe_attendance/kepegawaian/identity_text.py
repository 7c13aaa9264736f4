"""Sentences about numbers that identity.py refuses."""

from __future__ import annotations

from frappe import _


def describe(label: str, length: int, code: str) -> str:
    return _("{0} is not valid: {1}. Compare it with the decree or the identity card.").format(
        label, reason(length, code)
    )


def reason(length: int, code: str) -> str:
    reasons = {
        "length": _("it must have {0} digits").format(length),
        "digits": _("it may hold digits only"),
        "date": _("the birth date in it does not exist"),
        "code": _("the digits 13 and 14 are neither a month nor a PPPK code"),
        "sex": _("the digit for the sex must be 1 or 2"),
        "serial": _("the serial number may not be zero"),
        "age": _("the person would have been appointed as a child"),
    }
    return reasons[code]
