"""Sending by Web Push (RFC 8030, 8291, 8292): encrypted for the one browser, from a background job.

A message holds a sentence and a page of the app; no position, no NIK, no NIP.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import frappe

from spbe_attendance.kehadiran.push import later
from spbe_attendance.kehadiran.push.post import Message, note, to_all
from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE

PER_JOB = 200


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
    """The background job: {terkirim, hilang, gagal}. Never raises for what a push service answers; what may be taken another time
    is kept for it, see ``later``."""
    rows = frappe.get_all(
        DOCTYPE,
        {"pengguna": ["in", list(users) or [""]], "aktif": 1, f"kabar_{kabar}": 1},
        ["name", "pengguna", "endpoint", "p256dh", "auth", "gagal_beruntun"],
    )
    if not rows:
        return {"terkirim": 0, "hilang": 0, "gagal": 0}
    message = Message(kabar, kalimat, url)
    answers = to_all([(row, message) for row in rows])
    told = note(rows, answers)
    later.keep([(row, answer) for row, answer in zip(rows, answers, strict=True) if answer.passing], message)
    return told
