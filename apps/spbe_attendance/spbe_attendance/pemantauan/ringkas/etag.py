"""Numbers that have not changed are not sent again: screens whose sockets are blocked ask every few seconds."""

from __future__ import annotations

import hashlib
from typing import Any

import frappe
from werkzeug.wrappers import Response

# What differs in every answer and is no number.
CLOCKS = ("waktu_server",)


def answer(body: dict[str, Any]) -> dict[str, Any] | Response:
    """The body as Frappe sends it, with an ETag, or 304 where the browser holds the same; outside of a request the body alone."""
    request = getattr(frappe.local, "request", None)
    if request is None:
        return body
    told = {key: value for key, value in body.items() if key not in CLOCKS}
    tag = hashlib.sha256(frappe.as_json(told, indent=None).encode()).hexdigest()[:32]
    found = Response(status=304)
    # Weakly: a proxy that compresses the answer says so in the tag.
    if not request.if_none_match.contains_weak(tag):
        found = Response(frappe.as_json({"message": body}, indent=None), content_type="application/json")
    found.set_etag(tag)
    # Of this reader only, and to be asked about each time.
    found.headers["Cache-Control"] = "private, no-cache"
    return found
