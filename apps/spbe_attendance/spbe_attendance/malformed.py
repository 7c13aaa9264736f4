"""A body that is no JSON: the framework reads it before anything of an app runs, and would answer 500."""

from __future__ import annotations

import json

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from spbe_attendance.exceptions import PermintaanTidakSah


def answer_malformed(response: Response | None, request: Request) -> None:
    """after_request hook: turns that 500 into a 400 in the usual envelope. Looks at failed requests only."""
    if response is None or response.status_code != 500 or not request.path.startswith("/api/"):
        return
    if "application/json" not in (request.content_type or "") or readable(request.get_data(as_text=True)):
        return
    # The request failed before its language was known.
    message = _("The body is not valid JSON.", frappe.get_system_settings("language"))
    response.status_code = PermintaanTidakSah.http_status_code
    response.set_data(
        json.dumps(
            {
                "exc_type": PermintaanTidakSah.__name__,
                "_server_messages": json.dumps([json.dumps({"message": message, "indicator": "red"})]),
            }
        )
    )


def readable(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return not text
    return True
