"""After the log-in one goes on within this site: version 15 sends who is logged in already wherever the link says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah

PARAMETERS = ("redirect-to", "redirect_to", "redirect")
# A path, or a name below: no scheme, and no host behind two strokes of either kind.
WITHIN = re.compile(r"(?:/(?![/\\])|[\w#?])[^\\\s:]*(?:[?#].*)?")


def refuse_elsewhere() -> None:
    """Hooked to before_request. Raises PermintaanTidakSah."""
    for name in PARAMETERS:
        target = frappe.local.request.args.get(name)
        if target and not is_within(target, frappe.local.request.host):
            frappe.throw(_("This link leads to another site: open it by itself."), PermintaanTidakSah)


def is_within(target: str, host: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return parts.netloc == host
    return not parts.scheme and not parts.netloc and bool(WITHIN.fullmatch(target))
