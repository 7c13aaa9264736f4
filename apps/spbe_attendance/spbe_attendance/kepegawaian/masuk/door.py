"""Log-ins by password, judged where Frappe 15 and 16 let an app do so: after a right password, and at the answer to a wrong one.

Frappe's own brake counts by account, so that anybody locks out anybody, and (since 15) by address, so that a few mistakes lock out
an office; setup/system.py switches it off. Log-ins by code, key or token do not come here.
"""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.twofactor import get_cached_user_pass
from werkzeug.wrappers import Request, Response

from spbe_attendance import client_address
from spbe_attendance.kepegawaian.masuk import known_device, tries
from spbe_attendance.kepegawaian.masuk.exceptions import MasukHanyaPost, TerlaluSeringSalahMasuk

LOGIN = "method/login"
REFUSED, TOO_MANY = 401, 429
LONGEST_NAME = 140


def on_login(login_manager: Any) -> None:
    """Hook: the password was right; nobody is in yet. Raises TerlaluSeringSalahMasuk, MasukHanyaPost."""
    request = getattr(frappe.local, "request", None)
    if not request or not is_login(request):
        return
    frappe.local.flags.spbe_masuk = True
    if request.method != "POST":
        frappe.throw(
            _("Send the password in the body of a POST request, never in an address."), MasukHanyaPost
        )
    at = at_the_door(login_manager.user)
    wait = tries.wait_of(at)
    if wait:
        frappe.local.flags.spbe_tunggu = wait
        frappe.throw(sentence(wait), TerlaluSeringSalahMasuk)
    tries.succeeded(at)
    known_device.remember(login_manager.user)


def after_request(response: Response | None, request: Request) -> None:
    """Hook: a wrong password is counted, and answered as a right one would be where the tries are used up."""
    # Without an answer: the framework has failed to draw its page of the refusal, for clients that want no JSON.
    if (response is not None and response.status_code != REFUSED) or not is_login(request):
        return
    flags = frappe.local.flags
    if flags.spbe_masuk:
        # The password was right: on_login refused, or the framework for the hour or the address.
        wait = flags.spbe_tunggu
    else:
        at = at_the_door(account_of(frappe.form_dict.get("usr") or get_cached_user_pass()[0]))
        wait = tries.wait_of(at)
        if not wait:
            tries.failed(at)
    if wait and response is not None:
        refuse(response, wait)


def is_login(request: Request) -> bool:
    named = request.path.startswith("/api/") and request.path.rstrip("/").endswith(LOGIN)
    return bool(named or frappe.form_dict.get("cmd") == "login")


def at_the_door(account: str) -> tries.Try:
    network = client_address.network(client_address.of_request())
    return tries.Try(account, network, known_device.known_as(account))


def account_of(typed: object) -> str:
    """The user behind a log-in name, found as the framework finds it; the name itself where there is none."""
    name = (typed if isinstance(typed, str) else "").strip()[:LONGEST_NAME]
    for field in ("name", "username", "mobile_no"):
        user = frappe.db.get_value("User", {field: name}) if name else None
        if user:
            return str(user)
    return name.lower()


def sentence(wait: int) -> str:
    minutes = -(-wait // 60)
    # The request has failed before its language was known.
    text = _(
        "Too many wrong passwords: wait {0} minutes, then try again. If you forgot it, ask the Admin OPD for a new activation code.",
        frappe.get_system_settings("language"),
    )
    return str(text).format(minutes)


def refuse(response: Response, wait: int) -> None:
    """The same answer to a right and to a wrong password."""
    message = json.dumps({"message": sentence(wait), "indicator": "red"})
    response.status_code = TOO_MANY
    response.headers["Retry-After"] = str(wait)
    response.headers["Content-Type"] = "application/json"
    response.set_data(
        json.dumps({"exc_type": TerlaluSeringSalahMasuk.__name__, "_server_messages": json.dumps([message])})
    )
