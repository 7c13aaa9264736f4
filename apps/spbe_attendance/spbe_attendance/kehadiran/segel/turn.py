"""Only one worker at a time makes seals and roots, or a person's chain would fork."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.exceptions import SegelSedangDibuat


@contextmanager
def taken(*, commit: bool = True, wait: int = 0) -> Iterator[None]:
    """One transaction, from the newest state: committed at its end, rolled back when it fails. ``commit=False``: part of
    the caller's. Raises SegelSedangDibuat when another worker has the turn for longer than ``wait`` seconds.

    The lock belongs to the connection: who is killed gives it back. The unique keys hold where even that fails.
    """
    if commit:
        # A snapshot from before the turn would not show the heads that the worker before has left.
        frappe.db.commit()
    lock = f"segel.{frappe.local.site}"[:64]
    if not frappe.db.sql("select get_lock(%s, %s)", (lock, wait))[0][0]:
        frappe.throw(_("Punches are being sealed right now: try again in a minute."), SegelSedangDibuat)
    try:
        yield
        if commit:
            frappe.db.commit()  # each batch stands for itself: a killed run goes on where it was
    except BaseException:
        if commit:
            frappe.db.rollback()
        raise
    finally:
        frappe.db.sql("do release_lock(%s)", (lock,))


def moment() -> datetime:
    """Now, and always later than every seal and root before, also after the clock was set back: the leaves of a day are
    in this order, so that an older root covers the first ones of a newer one."""
    now = now_datetime()
    last = frappe.db.sql(
        """select greatest(ifnull((select max(waktu_segel) from `tabSegel Absensi`), '1000-01-01'),
            ifnull((select max(dibuat) from `tabAkar Harian`), '1000-01-01'))"""
    )[0][0]
    last = datetime.fromisoformat(last) if isinstance(last, str) else last
    return max(now, last + timedelta(microseconds=1))
