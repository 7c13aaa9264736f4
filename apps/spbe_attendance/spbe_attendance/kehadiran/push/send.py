"""Sending by Web Push (RFC 8030, 8291, 8292): encrypted for the one browser, from a background job.

A message holds a sentence and a page of the app; no position, no NIK, no NIP.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import frappe
from frappe.utils import now_datetime
from pywebpush import WebPushException, webpush
from requests import RequestException

from spbe_attendance.exceptions import AlamatPushDitolak
from spbe_attendance.kehadiran.push import address, keys
from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE, KEPUTUSAN, PENGINGAT, PERSETUJUAN
from spbe_attendance.kehadiran.push.transport import CheckedSession

TITLE = "SPBE Absensi"
LONGEST = 300
# Seconds for which a service keeps the message of a phone that is off; a reminder is of no use afterwards.
KEEP = {KEPUTUSAN: 3 * 86400, PERSETUJUAN: 86400, PENGINGAT: 600}
PATIENCE, AT_ONCE, PER_JOB = 10, 8, 200
GONE = {404, 410}
# The service will not take it from this site again (RFC 8292, section 2.2).
FOREIGN = {400, 401, 403}
GIVE_UP_AFTER = 20


def queue(users: Iterable[str], kind: str, sentence: str, url: str) -> None:
    """Tell the browsers of these users that want this kind; after the commit, in the background."""
    names = sorted(set(users))
    for start in range(0, len(names), PER_JOB):
        frappe.enqueue(
            deliver,
            queue="short",
            timeout=600,
            enqueue_after_commit=True,
            users=names[start : start + PER_JOB],
            kabar=kind,
            kalimat=sentence,
            url=url,
        )


def deliver(users: Sequence[str], kabar: str, kalimat: str, url: str) -> dict[str, int]:
    """The background job: {terkirim, hilang, gagal}. Never raises for what a push service answers."""
    rows = frappe.get_all(
        DOCTYPE,
        {"pengguna": ["in", list(users) or [""]], "aktif": 1, f"kabar_{kabar}": 1},
        ["name", "endpoint", "p256dh", "auth", "gagal_beruntun"],
    )
    if not rows:
        return {"terkirim": 0, "hilang": 0, "gagal": 0}
    message = json.dumps(
        {"jenis": kabar, "judul": TITLE, "isi": kalimat[:LONGEST], "url": url}, ensure_ascii=False
    )
    post = Post(message, kabar)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(post.to, rows))
    return _note(rows, answers)


class Post:
    """All that the threads need of the site, read before them: Frappe's context is the main thread's alone."""

    def __init__(self, message: str, kind: str) -> None:
        self.message, self.kind = message, kind
        self.key, self.contact = keys.private_key(), keys.contact()
        self.loopback = address.loopback_allowed()
        self.session = CheckedSession(self.loopback)

    def to(self, row: dict[str, Any]) -> int:
        """The status of the push service's answer; 0 when there was none."""
        try:
            answer = webpush(
                {"endpoint": row["endpoint"], "keys": {"p256dh": row["p256dh"], "auth": row["auth"]}},
                data=self.message,
                vapid_private_key=self.key,
                vapid_claims={"sub": self.contact},
                ttl=KEEP[self.kind],
                headers={
                    "Urgency": "high" if self.kind == PENGINGAT else "normal",
                    # Of several of a kind that wait for a phone, the newest is enough.
                    **({} if self.kind == KEPUTUSAN else {"Topic": self.kind}),
                },
                timeout=PATIENCE,
                requests_session=self.session,
            )
        except WebPushException as error:
            return error.response.status_code if error.response is not None else 0
        except (RequestException, AlamatPushDitolak, ValueError):
            return 0
        return int(answer.status_code)


def _note(rows: Sequence[dict[str, Any]], answers: Sequence[int]) -> dict[str, int]:
    """What the answers mean for the subscriptions."""
    gone = [row["name"] for row, status in zip(rows, answers, strict=True) if status in GONE]
    good = [row["name"] for row, status in zip(rows, answers, strict=True) if 200 <= status < 300]
    if gone:
        frappe.db.delete(DOCTYPE, {"name": ["in", gone]})
    if good:
        table = frappe.qb.DocType(DOCTYPE)
        frappe.qb.update(table).set(table.gagal_beruntun, 0).set(
            table.terakhir_terkirim, now_datetime()
        ).where(table.name.isin(good)).run()
    done = {*gone, *good}
    for row, status in zip(rows, answers, strict=True):
        if row["name"] not in done:
            failures = row["gagal_beruntun"] + 1
            off = status in FOREIGN or failures >= GIVE_UP_AFTER
            values = {"gagal_beruntun": failures, **({"aktif": 0} if off else {})}
            frappe.db.set_value(DOCTYPE, row["name"], values, update_modified=False)
    return {"terkirim": len(good), "hilang": len(gone), "gagal": len(rows) - len(done)}
