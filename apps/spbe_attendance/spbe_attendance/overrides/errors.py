"""Named refusals of what the framework itself leaves without an answer."""

from __future__ import annotations

import frappe


class LayananTidakTersedia(frappe.ValidationError):
    """A part of the server is away: nothing is wrong with the request, Retry-After says when to send it again."""

    http_status_code = 503
