"""Which browser has logged in to which account before: a signed cookie, so that a stranger's guesses do not lock the owner out.

The way of OWASP's "device cookies": the guesses of browsers that never logged in are counted apart from those of each that did.
A cookie says nothing that is of use without the password. A borrowed phone remembers the last people who used it.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets

import frappe

from spbe_attendance.kepegawaian.devices import site_secret

COOKIE = "spbe_peramban"
MOST_ACCOUNTS = 20
DAYS = 365
FORM = re.compile(r"[A-Za-z0-9_-]{22}(?:\.[0-9a-f]{24}){1,20}")


def known_as(user: str) -> str | None:
    """The browser's own name where it has logged in as this user before; None for a stranger's."""
    nonce, tags = _read()
    return nonce if nonce and any(hmac.compare_digest(tag, _tag(nonce, user)) for tag in tags) else None


def remember(user: str) -> None:
    """From now on this browser is known to that account."""
    nonce, tags = _read()
    nonce = nonce or secrets.token_urlsafe(16)
    mine = _tag(nonce, user)
    kept = [mine, *(tag for tag in tags if tag != mine)][:MOST_ACCOUNTS]
    frappe.local.cookie_manager.set_cookie(
        COOKIE,
        ".".join([nonce, *kept]),
        expires=datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=DAYS),
        httponly=True,
        samesite="Strict",
    )


def _read() -> tuple[str, list[str]]:
    value = frappe.request.cookies.get(COOKIE) or ""
    if not FORM.fullmatch(value):
        return "", []
    nonce, *tags = value.split(".")
    return nonce, tags


def _tag(nonce: str, user: str) -> str:
    return hmac.new(site_secret("peramban"), f"{nonce}\n{user}".encode(), hashlib.sha256).hexdigest()[:24]
