"""A read replica is read from only when it has everything that the primary had when it was asked.

Frappe sends reports, lists and counts of Desk to the replica (``read_from_replica``, ``replica_host`` in the site's configuration) in
whatever state it is. Away, it makes an error of each of them; behind, it gives old numbers, and old documents to the cache that
everybody's next request is judged by. So the replica is asked first whether it has reached the primary's present position (GTID), and
may take PATIENCE for it; if it has not, or does not answer, the primary is read as if there were no replica.

There is no hook at this place: ``frappe.connect_replica`` is wrapped, once per process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

import frappe

WRAPPED = "spbe_attendance_waits_for_position"
# Seconds: that a replica may need to catch up; until it must have taken a call; for its longest statement; until a process tries again.
PATIENCE, CONNECT, LONGEST, REST = 0.5, 1, 90, 5.0
_resting: dict[tuple[str, str], float] = {}


def install() -> None:
    """Hooked to before_request and before_job. Does nothing the second time."""
    if not getattr(frappe.connect_replica, WRAPPED, False):
        frappe.connect_replica = _careful(frappe.connect_replica)


def _careful(original: Callable[[], bool]) -> Callable[[], bool]:
    @wraps(original)
    def connect_replica() -> bool:
        """True when statements go to the replica from now on."""
        if hasattr(frappe.local, "replica_db"):
            return original()
        position = None if _rests() else _position()
        if position and original():
            if _reached(position):
                return True
            _back_to_primary()
        if frappe.flags.read_only:
            # In maintenance nothing may be written; on the replica nothing could be.
            frappe.db.begin(read_only=True)
        return False

    setattr(connect_replica, WRAPPED, True)
    return connect_replica


def _rests() -> bool:
    return monotonic() < _resting.get(_address(), 0.0)


def _address() -> tuple[str, str]:
    return str(frappe.conf.replica_host), str(frappe.conf.replica_db_port)


def _position() -> str:
    """Of the primary; empty where it writes no binary log, and nothing can be said of any replica."""
    return str(frappe.db.sql("select @@global.gtid_binlog_pos")[0][0] or "")


def _reached(position: str) -> bool:
    replica = frappe.local.db
    settings = replica.get_connection_settings
    replica.get_connection_settings = lambda: {**settings(), **_limits()}
    try:
        reason = "is behind"
        if replica.sql("select master_gtid_wait(%s, %s)", (position, PATIENCE))[0][0] == 0:
            return True
    except (replica.OperationalError, replica.InternalError, OSError) as error:
        reason = f"does not answer ({error})"
    _resting[_address()] = monotonic() + REST
    frappe.logger().warning("Replica %s %s: reports are read from the primary.", _address()[0], reason)
    return False


def _limits() -> dict[str, Any]:
    return {"connect_timeout": CONNECT, "read_timeout": LONGEST}


def _back_to_primary() -> None:
    """``replica_db`` stays: within this request it is not tried again."""
    frappe.local.db.close()
    frappe.local.db = frappe.local.primary_db
