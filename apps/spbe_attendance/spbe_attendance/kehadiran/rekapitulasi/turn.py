"""Writers of recaps take turns: the nightly job, recomputing and month closing must not overtake each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _

from spbe_attendance.exceptions import RekapSedangDihitung

WAIT = 60


@contextmanager
def taken(*, commit: bool = True, wait: int = WAIT) -> Iterator[None]:
    """One transaction of its own: begins with what others have committed, ends committed, or rolled back when it fails.

    ``commit=False``: part of the caller's transaction (the closing of one month by a form, tests). Raises RekapSedangDihitung
    when another writer holds the turn for longer than ``wait`` seconds.
    """
    if commit:
        # A snapshot from before the turn would not show what the writer before has written.
        frappe.db.commit()
    lock = f"rekap.{frappe.db.db_name if hasattr(frappe.db, 'db_name') else frappe.local.site}"[:64]
    if not frappe.db.sql("select get_lock(%s, %s)", (lock, wait))[0][0]:
        frappe.throw(_("The recap is being computed right now: try again in a minute."), RekapSedangDihitung)
    try:
        yield
        if commit:
            # Each batch stands for itself: after a crash only the rest is computed again.
            frappe.db.commit()
    except BaseException:
        if commit:
            frappe.db.rollback()
        raise
    finally:
        frappe.db.sql("do release_lock(%s)", (lock,))
