"""One message to one browser, and what a push service's answer means for its subscription."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import frappe
from frappe.utils import now_datetime
from pywebpush import WebPushException, webpush
from requests import RequestException, Response

from spbe_attendance.exceptions import AlamatPushDitolak
from spbe_attendance.kehadiran.push import address, keys
from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE, KEPUTUSAN, PENGINGAT, PERSETUJUAN
from spbe_attendance.kehadiran.push.transport import CheckedSession

TITLE = "SPBE Absensi"
LONGEST = 300
# Seconds for which a message is worth something; the service keeps it as long for a phone that is off.
KEEP = {KEPUTUSAN: 3 * 86400, PERSETUJUAN: 86400, PENGINGAT: 600}
PATIENCE, AT_ONCE = 10, 8
GONE = {404, 410}
# The service will not take it from this site again (RFC 8292, section 2.2).
FOREIGN = {400, 401, 403}
TOO_MANY = 429
GIVE_UP_AFTER = 20


@dataclass(frozen=True)
class Message:
    kind: str
    sentence: str
    url: str

    def text(self) -> str:
        told = {"jenis": self.kind, "judul": TITLE, "isi": self.sentence[:LONGEST], "url": self.url}
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class Answer:
    """``status``: 0 when there was none. ``wait``: seconds that the service asks to be left alone, None when it asks for none."""

    status: int
    wait: int | None = None

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """Another time it may be taken: no answer, too many, or a service in trouble."""
        return self.status in (0, TOO_MANY) or self.status >= 500


class Post:
    """All that the threads need of the site, read before them: Frappe's context is the main thread's alone."""

    def __init__(self) -> None:
        self.key, self.contact = keys.private_key(), keys.contact()
        self.session = CheckedSession(address.loopback_allowed())

    def to_all(self, pairs: Sequence[tuple[dict[str, Any], Message]]) -> list[Answer]:
        """``pairs``: row of a subscription (endpoint, p256dh, auth) and what it is told. Never raises for what a service answers."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda pair: self.to(*pair), pairs))

    def to(self, row: dict[str, Any], message: Message) -> Answer:
        try:
            answer = webpush(
                {"endpoint": row["endpoint"], "keys": {"p256dh": row["p256dh"], "auth": row["auth"]}},
                data=message.text(),
                vapid_private_key=self.key,
                vapid_claims={"sub": self.contact},
                ttl=KEEP[message.kind],
                headers={
                    "Urgency": "high" if message.kind == PENGINGAT else "normal",
                    # Of several of a kind that wait for a phone, the newest is enough.
                    **({} if message.kind == KEPUTUSAN else {"Topic": message.kind}),
                },
                timeout=PATIENCE,
                requests_session=self.session,
            )
        except WebPushException as error:
            return Answer(0) if error.response is None else read(error.response)
        except (RequestException, AlamatPushDitolak, ValueError):
            return Answer(0)
        return read(answer)


def read(response: Response) -> Answer:
    return Answer(int(response.status_code), seconds(response.headers.get("Retry-After")))


def seconds(words: str | None) -> int | None:
    """``Retry-After`` in either of its forms (RFC 9110, section 10.2.3); None for none, and for what is neither."""
    text = (words or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), 10**8)
    try:
        moment = parsedate_to_datetime(text)
        # Without a zone it is UTC, as everywhere in HTTP.
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return max(0, int((aware - datetime.now(timezone.utc)).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return None


def note(rows: Sequence[dict[str, Any]], answers: Sequence[Answer], *, again: bool = False) -> dict[str, int]:
    """What the answers mean for the subscriptions: {terkirim, hilang, gagal}.

    ``again``: a later try of the same message, whose failure has been counted; one that is only too much is not counted at all.
    """
    pairs = list(zip(rows, answers, strict=True))
    gone = [row["name"] for row, answer in pairs if answer.status in GONE]
    good = [row["name"] for row, answer in pairs if answer.good]
    if gone:
        frappe.db.delete(DOCTYPE, {"name": ["in", gone]})
    if good:
        table = frappe.qb.DocType(DOCTYPE)
        frappe.qb.update(table).set(table.gagal_beruntun, 0).set(
            table.terakhir_terkirim, now_datetime()
        ).where(table.name.isin(good)).run()
    done = {*gone, *good}
    for row, answer in pairs:
        if row["name"] not in done:
            failures = row["gagal_beruntun"] + int(not again and answer.status != TOO_MANY)
            off = answer.status in FOREIGN or failures >= GIVE_UP_AFTER
            values = {"gagal_beruntun": failures, **({"aktif": 0} if off else {})}
            frappe.db.set_value(DOCTYPE, row["name"], values, update_modified=False)
    return {"terkirim": len(good), "hilang": len(gone), "gagal": len(rows) - len(done)}
