"""Refusals of the interface for other systems."""

from __future__ import annotations

import frappe


class KunciDitolak(frappe.PermissionError):
    """The caller's key does not open this; subclasses name the reason."""


class BukanKunciAPI(KunciDitolak):
    """The account behind the request is no key: this interface is for systems, not for persons."""


class KunciTidakBerlaku(KunciDitolak):
    """Switched off, or its last day is over."""


class CakupanKurang(KunciDitolak):
    """The key may read other things, or other units."""


class PertanyaanAPITidakSah(frappe.ValidationError):
    """A parameter is unknown, or has a value that it cannot have; the sentence names it."""

    http_status_code = 400


class TerlaluSering(frappe.TooManyRequestsError):
    """More requests in this minute than the key has."""
