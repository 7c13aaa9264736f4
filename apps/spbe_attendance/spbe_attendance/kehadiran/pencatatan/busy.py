"""A database that cannot take a punch right now: said in words and with a time to come back, never as a fault of the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from werkzeug.wrappers import Response

from spbe_attendance.exceptions import SistemSibuk

# Seconds until a client should try again; long enough for the lock's holder to end.
RETRY_AFTER = 5
# In read-only mode: maintenance takes minutes, and thousands of phones wait for its end.
RETRY_AFTER_MAINTENANCE = 60
NO_LOCK = (frappe.QueryTimeoutError, frappe.QueryDeadlockError)


@contextmanager
def refused_when_busy() -> Iterator[None]:
    """Turns a lock that was not to be had into SistemSibuk; the request's transaction is rolled back by the framework."""
    try:
        yield
    except NO_LOCK:
        frappe.clear_messages()
        frappe.local.flags.retry_after = RETRY_AFTER
        frappe.throw(
            _("The system is busy, nothing was recorded: wait a few seconds and send it again."), SistemSibuk
        )


def add_retry_after(response: Response | None) -> None:
    """Hooked to after_request."""
    if response is None or response.status_code != SistemSibuk.http_status_code:
        return
    usual = RETRY_AFTER_MAINTENANCE if frappe.conf.maintenance_mode else RETRY_AFTER
    response.headers["Retry-After"] = str(frappe.local.flags.get("retry_after") or usual)
