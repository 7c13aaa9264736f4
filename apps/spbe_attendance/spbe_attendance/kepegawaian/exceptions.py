"""Refusals about people and their accounts; spbe_attendance.exceptions has the others."""

from __future__ import annotations

import frappe


class AkunDitolak(frappe.ValidationError):
    """Something about an account is refused; subclasses name the reason."""

    http_status_code = 417


class NomorTerpakai(AkunDitolak):
    """Another account logs in with this number."""

    http_status_code = 409


class KodeAktivasiSalah(AkunDitolak):
    """One answer for an unknown number and for a code that is wrong, used, replaced or too old."""

    http_status_code = 403


class NomorDiperlukan(AkunDitolak):
    """Too many codes were tried without a number: the code alone is not taken for a while."""


class KataSandiLemah(AkunDitolak):
    """A new password that others would guess; the sentence says why."""


class AkunTertutup(AkunDitolak):
    """The account is locked, or its person is not in service."""

    http_status_code = 403


class CatatanTidakDapatDiubah(frappe.PermissionError):
    """What is kept as a record of accounts is neither changed nor removed."""


class MutasiDitolak(frappe.ValidationError):
    """A dated change of a person contradicts itself, another one, or what is known."""

    http_status_code = 417


class MutasiTidakDapatDiubah(frappe.PermissionError):
    """What was decided is cancelled, not edited."""


class PerangkatMenungguSaksi(frappe.ValidationError):
    """A phone that nobody has confirmed yet signs nothing; what it sent is sent again later, hence the number."""

    http_status_code = 425


class PesanDitolak(AkunDitolak):
    """A message cannot be sent; the sentence says what is missing."""
