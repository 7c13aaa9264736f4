"""Punches that failed through the server's own fault: counted beside the database, proposed as an outage above a threshold.

What never reached the application (a stopped proxy, a cut line) leaves no count; a silent site shows it, see ``silence``.
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime
from redis.exceptions import RedisError
from werkzeug.wrappers import Request, Response

from spbe_attendance.kehadiran.gangguan import proposals

SOURCE = "server"
PUNCH = "/api/method/spbe_attendance.api.absensi.catat"
BUCKET = timedelta(minutes=10)
# How far back a run looks: the scheduler itself may have stood still.
LOOK_BACK = timedelta(hours=6)
KEPT_SECONDS = 24 * 3600
SERVER_FAULT = 500


def count_failed_punch(response: Response | None, request: Request) -> None:
    """Hooked to after_request: the answer stands and the transaction has ended, so counting can neither slow nor spoil a punch.

    A cache that is down counts nothing; the answer to the person goes out all the same.
    """
    if request.path != PUNCH or (response is not None and response.status_code < SERVER_FAULT):
        return
    with contextlib.suppress(RedisError):
        count(now_datetime(), frappe.session.user if getattr(frappe.local, "session", None) else "Guest")


def count(moment: datetime, user: str) -> None:
    total, people = keys(bucket_of(moment))
    with frappe.cache().pipeline() as pipe:
        pipe.incr(total)
        pipe.expire(total, KEPT_SECONDS)
        pipe.sadd(people, user)
        pipe.expire(people, KEPT_SECONDS)
        pipe.execute()


def figures(begin: datetime) -> tuple[int, int]:
    """Failed punches of a bucket, and how many accounts sent them."""
    total, people = keys(begin)
    with frappe.cache().pipeline() as pipe:
        pipe.get(total)
        pipe.scard(people)
        failed, accounts = pipe.execute()
    return cint(failed), cint(accounts)


def keys(begin: datetime) -> tuple[Any, Any]:
    name = f"spbe_gagal:{begin:%Y%m%d%H%M}"
    return frappe.cache().make_key(name), frappe.cache().make_key(f"{name}:akun")


def bucket_of(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 10 * 10, second=0, microsecond=0)


def propose() -> None:
    """Buckets that are over and above the threshold become a proposal each, or one where they follow each other."""
    limit = cint(frappe.db.get_single_value("Pengaturan Absensi", "ambang_gagal_server"))
    if limit <= 0:
        return
    now = now_datetime()
    begin = bucket_of(now - LOOK_BACK)
    while begin + BUCKET <= now:
        failed, accounts = figures(begin)
        if failed >= limit and not proposals.known(SOURCE, begin):
            end = begin + BUCKET
            words = _(
                "{0} {1}–{2}: {3} punches of {4} accounts failed through the server's fault (threshold {5}).",
                "id",
            ).format(begin.strftime("%d-%m-%Y"), f"{begin:%H:%M}", f"{end:%H:%M}", failed, accounts, limit)
            proposals.propose(SOURCE, begin, end, words, sebab="Server", semua_lokasi=1)
        begin += BUCKET
