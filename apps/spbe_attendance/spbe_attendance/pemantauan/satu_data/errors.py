"""Why something about open data is refused."""

from __future__ import annotations

import frappe


class SatuDataDitolak(frappe.ValidationError):
    """A draft, a decision or a setting that cannot be as asked; the sentence says why and what to do."""

    http_status_code = 417


class VersiTetap(frappe.ValidationError):
    """A version is changed or removed: what was published stays what it was."""

    http_status_code = 417


class TidakAmanTerbit(frappe.ValidationError):
    """No choice of withheld counts would keep this version, together with those before it, from telling on somebody."""

    http_status_code = 417
