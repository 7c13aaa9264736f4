from __future__ import annotations

import frappe


class TerlaluSeringSalahMasuk(frappe.AuthenticationError):
    """Wrong passwords have used up the tries of this account or place for now; door.py answers 429."""


class MasukHanyaPost(frappe.ValidationError):
    """A password in an address ends up in logs and histories."""

    http_status_code = 405
