"""Messages on the wire. A module of its own, because its libraries take longer to load than all else that a job does which runs each
minute and mostly has nothing to send.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from pywebpush import WebPushException, webpush
from requests import RequestException, Response

from spbe_attendance.exceptions import AlamatPushDitolak
from spbe_attendance.kehadiran.push import address, keys
from spbe_attendance.kehadiran.push.post import KEEP, Answer, Message
from spbe_attendance.kehadiran.push.subscriptions import KEPUTUSAN, PENGINGAT
from spbe_attendance.kehadiran.push.transport import CheckedSession

PATIENCE, AT_ONCE = 10, 8


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
