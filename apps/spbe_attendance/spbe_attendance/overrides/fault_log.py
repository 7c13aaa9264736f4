"""Tells the operator which part was away: at once in the log of the web server, and, when it is back, in the Error Log of the Desk."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime
from redis.exceptions import RedisError

from spbe_attendance.overrides.fault_kinds import DATABASE, REDIS, STORAGE

# Seconds between two lines about the same part of one process; and between two entries of all processes about one outage.
PACE, ONE_OUTAGE = 10.0, 300
# For whoever is called at 07:30; English like every line of these logs.
ADVICE = {
    DATABASE: "MariaDB does not answer: look at `systemctl status mariadb`, its log and the free disk space",
    REDIS: "Redis does not answer: look at `systemctl status redis*`, its log and the free memory",
    STORAGE: "No room for files: look at `df -h` and `df -i` of the sites' folder",
    "uncommitted": "MariaDB was lost during a COMMIT: look at `systemctl status mariadb` and its log",
}
log = logging.getLogger(__name__)


@dataclass
class Outage:
    """Of one part, as one process has seen it."""

    error: str
    first: float = field(default_factory=time.time)
    last: float = 0.0
    answers: int = 0
    told: float = 0.0


_met: dict[str, Outage] = {}


def note(kind: str, error: BaseException) -> None:
    """The error's class and number only: its text may quote a row."""
    number = error.args[0] if error.args and isinstance(error.args[0], int) else ""
    outage = _met.setdefault(kind, Outage(f"{type(error).__name__} {number}".strip()))
    outage.last = time.time()
    outage.answers += 1
    if outage.last - outage.told >= PACE:
        outage.told = outage.last
        log.error("%s (%s). Answered 503 so far: %d.", ADVICE[kind], outage.error, outage.answers)


def tell_of_recovery() -> None:
    """Hooked to before_request. Nothing to do in all but the first request after an outage; raises the driver's error while it lasts."""
    if not _met or (REDIS in _met and not frappe.cache.connected()):
        return
    # A session that Redis holds has not asked the database for anything yet.
    frappe.db.sql("select 1")
    ended, past = dict(_met), time.time()
    _met.clear()
    for kind, outage in ended.items():
        log.error("%s is back after %.0f s.", kind, past - outage.first)
        if first_to_tell(kind):
            frappe.log_error(title=title(kind), message=message(kind, outage), defer_insert=True)


def first_to_tell(kind: str) -> bool:
    try:
        key = frappe.cache.make_key(f"spbe_outage_told:{kind}")
        return bool(frappe.cache.set(key, 1, nx=True, ex=ONE_OUTAGE))
    except RedisError:
        return False


def title(kind: str) -> str:
    return {
        DATABASE: _("The database did not answer", "id"),
        REDIS: _("Redis did not answer", "id"),
        STORAGE: _("There was no room for files", "id"),
    }.get(kind) or _("The database was lost while something was being recorded", "id")


def of_the_site(moment: float) -> datetime:
    """The server's own clock may show another zone."""
    return now_datetime() - timedelta(seconds=time.time() - moment)


def message(kind: str, outage: Outage) -> str:
    sentence = _(
        "From {0} to {1} at least {2} requests were answered 503 ({3}). Phones keep their punches and send them again by themselves. {4}",
        "id",
    )
    begin, end = of_the_site(outage.first), of_the_site(outage.last)
    return sentence.format(
        f"{begin:%d-%m-%Y %H:%M:%S}",
        f"{end + timedelta(seconds=1):%H:%M:%S}",
        outage.answers,
        outage.error,
        ADVICE[kind],
    )
