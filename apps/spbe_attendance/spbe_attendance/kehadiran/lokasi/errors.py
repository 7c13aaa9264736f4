"""Refusals about places, each a 4xx with a sentence that says what to do."""

from __future__ import annotations

import frappe


class LokasiBerubah(frappe.ValidationError):
    """Somebody else has saved the place since it was read."""

    http_status_code = 409


class UsulanUsang(frappe.ValidationError):
    """A proposal that no longer fits: the place or what lies beside it has changed since it was computed."""

    http_status_code = 409


class SurveiDitolak(frappe.ValidationError):
    """A survey whose samples give no place, or that was decided on already."""

    http_status_code = 417


class SurveiTidakDapatDiubah(frappe.PermissionError):
    """What a phone has measured is not edited; it is applied or rejected."""
