"""Refusals of the Command Center; spbe_attendance.exceptions has the others."""

from __future__ import annotations

import frappe


class RingkasanDitolak(frappe.ValidationError):
    """What was asked of the summary cannot be answered; subclasses name the reason."""

    http_status_code = 417


class TanggalTidakSah(RingkasanDitolak):
    """No day, or one that has not come yet."""

    http_status_code = 400


class PertanyaanTidakSah(RingkasanDitolak):
    """An unknown state, form or number."""

    http_status_code = 400


class NamaTidakDibuka(frappe.PermissionError):
    """Numbers only: names are not this role's to see."""


class DataBelumLengkap(RingkasanDitolak):
    """Nobody is called absent while data are missing; the sentence says which and until when."""

    http_status_code = 409


class PetaDasarTidakSah(frappe.ValidationError):
    """A base map that screens could not draw."""

    http_status_code = 417
