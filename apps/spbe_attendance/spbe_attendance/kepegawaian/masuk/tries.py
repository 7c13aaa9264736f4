"""How often a password may be wrong: counted by account and by who guesses, so that nobody pays for a neighbour's guesses.

A regency's office shares one address, and 300 people log in within minutes: an address alone is never shut out. Counted are
- a browser that the account knows: its own mistakes only;
- strangers' mistakes with an account from one address, and in all;
- accounts that one address guesses at without getting in. Beyond a number no office reaches, strangers' tries from there are let
  through at a slow pace only; known browsers go on as before.
The counters live in Redis, hold hashes only, and end by themselves. A right password while the tries are used up is answered as a
wrong one is: nothing is learned by trying on. The figures: docs/decisions/0021-masuk.md.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

import frappe
from frappe.utils import cint

COUNTERS = "spbe-masuk:"
# Strangers' mistakes with one account from everywhere, as a multiple of those from one address.
PLACES = 4
HOUR = 3600
# Tries per minute that an address gets which guesses at many accounts.
SLOW_PACE, MINUTE = 10, 60


@dataclass(frozen=True)
class Try:
    """Somebody at the door. ``account``: the user, or what was typed where there is none; ``browser``: known_device's answer."""

    account: str
    network: str
    browser: str | None


def wait_of(at: Try) -> int:
    """Seconds until another try of this kind counts; 0 when it counts now. Uses up a turn of a slowed address."""
    own, window = _limits()
    for key, most, _seconds in _counters(at, own, window):
        if _number(key) >= most:
            return max(_left(key), 1)
    if at.browser is None and _guessed_at(at.network, window) > _most_accounts() and not _turn(at.network):
        return MINUTE
    return 0


def failed(at: Try) -> None:
    """A wrong password. Called for tries that counted only: others do not prolong the wait."""
    own, window = _limits()
    for key, _most, seconds in _counters(at, own, window):
        if frappe.cache.incr(key) == 1:
            frappe.cache.expire(key, seconds)
    if at.browser is None and at.network:
        frappe.cache.execute_command("ZADD", _guesses(at.network), int(time.time()), _hashed(at.account))
        frappe.cache.expire(_guesses(at.network), window)


def succeeded(at: Try) -> None:
    """The person is in: what they mistyped on the way is forgiven, what others guess at is not."""
    own, window = _limits()
    key = _counters(at, own, window)[0][0]
    if at.browser is not None:
        frappe.cache.delete(key)
    if at.network:
        frappe.cache.execute_command("ZREM", _guesses(at.network), _hashed(at.account))


def _limits() -> tuple[int, int]:
    """Mistakes, and the seconds after which they are forgotten."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return cint(settings.batas_salah_sandi), cint(settings.jeda_salah_sandi_menit) * 60


def _most_accounts() -> int:
    return cint(frappe.get_cached_doc("Pengaturan Absensi").batas_akun_per_alamat)


def _counters(at: Try, own: int, window: int) -> list[tuple[bytes, int, int]]:
    """Key, most, seconds."""
    account = _hashed(at.account)
    if at.browser is not None:
        return [(_key(f"kenal:{account}:{_hashed(at.browser)}"), own, window)]
    return [
        (_key(f"asing:{account}:{_hashed(at.network)}"), own, window),
        (_key(f"asing:{account}"), own * PLACES, max(window, HOUR)),
    ]


def _guesses(network: str) -> bytes:
    return _key(f"alamat:{_hashed(network)}")


def _guessed_at(network: str, window: int) -> int:
    since = int(time.time()) - window
    return int(frappe.cache.execute_command("ZCOUNT", _guesses(network), since, "+inf")) if network else 0


def _turn(network: str) -> bool:
    key = _key(f"laju:{_hashed(network)}:{int(time.time()) // MINUTE}")
    number = frappe.cache.incr(key)
    if number == 1:
        frappe.cache.expire(key, 2 * MINUTE)
    return bool(number <= SLOW_PACE)


def _number(key: bytes) -> int:
    return cint(frappe.cache.execute_command("GET", key))


def _left(key: bytes) -> int:
    return int(frappe.cache.execute_command("TTL", key))


def _key(name: str) -> bytes:
    return bytes(frappe.cache.make_key(f"{COUNTERS}{name}"))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
