"""Who sees the numbers: System Manager, and a monitoring system with a Kunci API that opens them."""

from __future__ import annotations

from contextlib import suppress

import frappe
from redis.exceptions import RedisError

from spbe_attendance.pemantauan.antarmuka import keys

SCOPE = "kesehatan"


def enter() -> None:
    """Raises BukanKunciAPI, KunciTidakBerlaku, CakupanKurang, TerlaluSering."""
    if "System Manager" in frappe.get_roles():
        return
    key = keys.held_by(frappe.session.user, SCOPE)
    # Without Redis the monitor is not counted: this is when it must be answered.
    with suppress(RedisError):
        keys.count(key)
