"""Who the Command Center is open to: for the page itself and for every link to it."""

from __future__ import annotations

import frappe

from spbe_attendance.pemantauan.ringkas import access
from spbe_attendance.permissions import OWN_SUBTREE


def refusal() -> str | None:
    """Why the page is not open to whoever asks, in their language; None when it is."""
    try:
        access.scope()
    except frappe.PermissionError as refused:
        frappe.clear_messages()
        return str(refused)
    return None


def is_shown() -> bool:
    """Whether a link to it is offered; hooked for the screen of apps. Costs no statement: the page itself looks closer."""
    return bool(access.roles_of(frappe.session.user) & (access.SEES_ALL | OWN_SUBTREE))
