"""Messages that a push service did not take this time: tried again when it said, a few times, and never when they are stale."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.push.post import KEEP, Answer, Message, note, to_all
from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE, KINDS

WAITING = "Push Tertunda"
# The first try is not counted; the waits between the later ones double: 1, 2, 4, 8 minutes.
TRIES, FIRST_WAIT = 4, 60
# Many were refused in the same second: they do not come back in the same one.
SPREAD = 0.25
PER_RUN = 200
# A worker that is killed while it sends leaves its rows to a run after this.
CLAIM = timedelta(minutes=10)


def keep(pairs: Sequence[tuple[dict[str, Any], Answer]], message: Message) -> None:
    """``pairs``: row of a subscription (name, pengguna) and the answer it got. What would come too late is dropped."""
    now = now_datetime()
    until = now + timedelta(seconds=KEEP[message.kind])
    for row, answer in pairs:
        moment = now + timedelta(seconds=pause(1, answer.wait))
        if moment <= until:
            frappe.get_doc(
                {
                    "doctype": WAITING,
                    "langganan": row["name"],
                    "pengguna": row["pengguna"],
                    "kabar": message.kind,
                    "kalimat": message.sentence,
                    "url": message.url,
                    "percobaan": 1,
                    "coba_lagi": moment,
                    "berlaku_sampai": until,
                }
            ).insert(ignore_permissions=True)


def pause(tries: int, asked: int | None) -> float:
    """Seconds until the next try after ``tries``: never less than the service asked for."""
    wait = max(asked or 0, FIRST_WAIT * 2 ** (tries - 1))
    return wait * (1 + random.random() * SPREAD)  # noqa: S311 – spreads load, keeps no secret


def run() -> dict[str, int]:
    """Hooked to the scheduler, each minute: {terkirim, hilang, gagal} of what was due."""
    rows = claim()
    frappe.db.commit()  # nobody else sends these, and nobody waits while a slow service answers
    return again(rows)


def claim() -> list[dict[str, Any]]:
    """Rows that are due, the longest waiting first; put off for others meanwhile."""
    row = frappe.qb.DocType(WAITING)
    now = now_datetime()
    due = (
        frappe.qb.from_(row)
        .select(row.name, row.langganan, row.pengguna, row.kabar, row.kalimat, row.url, row.percobaan, row.berlaku_sampai)
        .where(row.coba_lagi <= now)
        .orderby(row.coba_lagi)
        .limit(PER_RUN)
        .for_update()
        .run(as_dict=True)
    )  # fmt: skip
    if due:
        frappe.qb.update(row).set(row.coba_lagi, now + CLAIM).where(
            row.name.isin([one["name"] for one in due])
        ).run()
    return due


def again(due: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Once more to browsers that still want it: {terkirim, hilang, gagal}."""
    pairs = wanted(due)
    answers = to_all([(row, message_of(one)) for one, row in pairs]) if pairs else []
    told = note([row for _one, row in pairs], answers, again=True)
    now, kept = now_datetime(), set()
    for (one, _row), answer in zip(pairs, answers, strict=True):
        if moment := next_try(one, answer, now):
            values = {"percobaan": one["percobaan"] + 1, "coba_lagi": moment}
            frappe.db.set_value(WAITING, one["name"], values, update_modified=False)
            kept.add(one["name"])
    if ended := {one["name"] for one in due} - kept:
        frappe.db.delete(WAITING, {"name": ["in", sorted(ended)]})
    return told


def wanted(due: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(waiting row, its subscription): still of the same account, switched on, and the message not stale."""
    rows = frappe.get_all(
        DOCTYPE,
        {"name": ["in", [one["langganan"] for one in due] or [""]], "aktif": 1},
        ["name", "pengguna", "endpoint", "p256dh", "auth", "gagal_beruntun", *(f"kabar_{kind}" for kind in KINDS)],
    )  # fmt: skip
    found, now = {row["name"]: row for row in rows}, now_datetime()
    return [
        (one, row)
        for one in due
        if (row := found.get(one["langganan"]))
        and row["pengguna"] == one["pengguna"]
        and row[f"kabar_{one['kabar']}"]
        and one["berlaku_sampai"] >= now
    ]


def message_of(one: dict[str, Any]) -> Message:
    return Message(one["kabar"], one["kalimat"], one["url"])


def next_try(one: dict[str, Any], answer: Answer, now: datetime) -> datetime | None:
    """None when it is through, refused for good, tried often enough or stale by then."""
    if not answer.passing or one["percobaan"] >= TRIES:
        return None
    moment = now + timedelta(seconds=pause(one["percobaan"] + 1, answer.wait))
    return moment if moment <= one["berlaku_sampai"] else None
