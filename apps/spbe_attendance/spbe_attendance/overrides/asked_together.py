"""What the framework asks Redis for before it reaches an endpoint of this app comes in two round trips instead of ten.

Each of them costs a switch to another process and back; under load they were a third of what a punch took of the web processes. The values are put where the
framework keeps what it has read for a request, and looks first. There is no hook before the session is read, so ``HTTPRequest`` is
wrapped, once per process; other endpoints, the framework's own among them, are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

import frappe
from frappe.auth import HTTPRequest
from redis.exceptions import RedisError

from spbe_attendance import compat

WRAPPED = "spbe_asks_together"
OWN = "/api/method/spbe_attendance.api."


def install() -> None:
    """Hooked to before_request, as kept_account. Does nothing the second time."""
    if not getattr(HTTPRequest, WRAPPED, False):
        HTTPRequest.__init__ = asking(HTTPRequest.__init__)
        setattr(HTTPRequest, WRAPPED, True)


def asking(framework: Callable[..., None]) -> Callable[..., None]:
    @wraps(framework)
    def init(self: HTTPRequest) -> None:
        if frappe.local.request.path.startswith(OWN):
            ask(frappe.local.request.cookies.get("sid"))
        framework(self)

    return init


def ask(sid: str | None) -> None:
    """``sid``: as the client sent it; whether it is a session is for the framework to say."""
    lend(compat.asked_by_each(sid))
    user = compat.user_of(sid)
    if user:
        lend(compat.asked_about(user))


def lend(asked: Sequence[tuple[str, str | None]]) -> None:
    """One round trip. What cannot be had is left to the framework, which asks for it by itself."""
    with frappe.cache.pipeline(transaction=False) as pipe:
        compat.ask(pipe, asked)
        try:
            answers = pipe.execute(raise_on_error=False)
        except RedisError:
            return
    compat.lend_answers(asked, answers)
