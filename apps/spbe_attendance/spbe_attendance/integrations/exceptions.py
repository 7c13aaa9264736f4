"""Why a task that moves data in or out is refused; a file of its own, for the app's exceptions have reached their limit."""

from __future__ import annotations

import frappe


class TugasIntegrasiDitolak(frappe.ValidationError):
    """A task is asked for while it is at work, or there is no such task."""

    http_status_code = 417


class EksporDitolak(frappe.ValidationError):
    """An export is asked for that cannot be made as asked; the sentence says which and how."""

    http_status_code = 417


class IntegrasiTidakSiap(frappe.ValidationError):
    """ERPNext is not there, or a setting is missing; the sentence says which."""

    http_status_code = 417
