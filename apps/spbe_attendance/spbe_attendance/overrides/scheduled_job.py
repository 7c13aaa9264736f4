"""Schedulers of several hosts order each due job once.

Frappe has one scheduler for a bench, and a file lock that keeps a second one away on the same machine only. It looks whether a job is
due, then whether it waits or runs, then orders it: two schedulers that look at the same moment order it twice, and one that has read
the list before the other's job ran orders it again afterwards. Here they take turns by job, and look again when it is their turn. So a
scheduler may run on every host, and no host is needed for the others' jobs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import frappe
from frappe.core.doctype.scheduled_job_type.scheduled_job_type import ScheduledJobType
from redis.exceptions import LockError, RedisError

# Seconds after which a scheduler that died in its turn is not waited for any longer.
TURN = 20


class PenjadwalBergilir(ScheduledJobType):
    """In place of the framework's (hooks.py: override_doctype_class)."""

    def enqueue(self, force: bool = False) -> bool:
        """True when it was ordered. ``force``: by somebody's hand, whatever the time."""
        if force:
            return super().enqueue(force=True)
        with turn(self.method) as mine:
            # In this order: what is not in the queue any more has noted when it ran.
            if not mine or self.is_job_in_queue():
                return False
            self.look_again()
            return super().enqueue()

    def look_again(self) -> None:
        # The list was read in a view of the rows that may be older than another scheduler's job.
        frappe.db.rollback()
        self.last_execution = frappe.db.get_value(self.doctype, self.name, "last_execution")


@contextmanager
def turn(method: str) -> Iterator[bool]:
    """Whether it is this scheduler's. Without Redis for caches it is everybody's."""
    lock = frappe.cache.lock(frappe.cache.make_key(f"spbe_giliran:{method}").decode(), timeout=TURN)
    try:
        mine = lock.acquire(blocking=False)
    except RedisError:
        yield True
        return
    try:
        yield bool(mine)
    finally:
        if mine:
            with suppress(LockError, RedisError):
                lock.release()
