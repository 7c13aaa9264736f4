"""Refusals of the letter to leaders."""

from __future__ import annotations

import frappe


class LaporanBerkalaDitolak(frappe.ValidationError):
    """The letter cannot be set up or sent so; the sentence says what to change."""

    http_status_code = 417
