"""Names in Redis, each of this site. Whatever is lost there is counted again from the table."""

from __future__ import annotations

from datetime import date

import frappe

# A unit that stands for all, and a day that stands for all.
EVERY, ALWAYS = "*", "selalu"
# Seconds.
KEPT = 2 * 24 * 3600
# Milliseconds. Whoever holds the turn and is gone is replaced after this.
PATIENCE = 5_000


def _key(name: str) -> bytes:
    return frappe.cache.make_key(f"spbe_ringkas:{name}")


def marks(day: str) -> bytes:
    """Hash unit -> mark."""
    return _key(f"tanda:{day}")


def tallies(day: date) -> bytes:
    """Hash unit -> stored tally."""
    return _key(f"angka:{day.isoformat()}")


def waiting() -> bytes:
    """Set of units of today that screens have not been told of."""
    return _key("menunggu")


def turn() -> bytes:
    """Held from the order of the telling job until it begins to read."""
    return _key("giliran")


def told() -> bytes:
    """When screens were told last: seconds since the epoch."""
    return _key("dikabarkan")


def clock() -> bytes:
    """When the clock alone changes a number next: seconds since the epoch."""
    return _key("jam")


def counting(day: date) -> bytes:
    """Held by who counts many units."""
    return _key(f"menghitung:{day.isoformat()}")


def usual(day: date, roots: str) -> bytes:
    """Arrivals on the days that a day's curve is held against."""
    return _key(f"biasa:{day.isoformat()}:{roots}")
