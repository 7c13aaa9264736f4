"""A body that is no JSON, an argument that is missing: the framework meets both before anything of an app runs, and answers 500."""

from __future__ import annotations

import inspect
import json

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from spbe_attendance.exceptions import PermintaanTidakSah


def answer_malformed(response: Response | None, request: Request) -> None:
    """after_request hook: turns that 500 into a 400 in the usual envelope. Looks at failed requests only."""
    if response is None or response.status_code != 500 or not request.path.startswith("/api/"):
        return
    message = fault(request)
    if not message:
        return
    response.status_code = PermintaanTidakSah.http_status_code
    response.set_data(
        json.dumps(
            {
                "exc_type": PermintaanTidakSah.__name__,
                "_server_messages": json.dumps([json.dumps({"message": message, "indicator": "red"})]),
            }
        )
    )


def fault(request: Request) -> str | None:
    """What is wrong with the request itself, in words; None when the failure is the server's."""
    # The request failed before its language was known.
    language = frappe.get_system_settings("language")
    if "application/json" in (request.content_type or "") and not readable(request.get_data(as_text=True)):
        return _("The body is not valid JSON.", language)
    missing = missing_argument(request.path.removeprefix("/api/method/"))
    return _("{0} is missing: send it along.", language).format(missing) if missing else None


def missing_argument(method: str) -> str | None:
    """The first argument that an endpoint of this app needs and did not get."""
    if not method.startswith("spbe_attendance."):
        return None
    try:
        parameters = inspect.signature(frappe.get_attr(method)).parameters.values()
    except (AttributeError, ImportError, ValueError, frappe.ValidationError):
        return None
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    needed = [one.name for one in parameters if one.kind in kinds and one.default is inspect.Parameter.empty]
    return next((name for name in needed if name not in frappe.form_dict), None)


def readable(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return not text
    return True
