"""Phones that punch at a steady rate and behave as the PWA does: one id until there is an answer, Retry-After, a share of chance.

The rate does not wait for answers (open loop): an outage meets as many punches as a working server would have.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import requests

from tests.client import API, CATAT, FOTO, HARI_INI, inside, punch

# Seconds: data/wire.ts and domain/backoff.ts.
PATIENCE, FIRST, LONGEST, SPREAD = 20.0, 2.0, 300.0, 5.0
# What the phones' clocks show.
WIB = timezone(timedelta(hours=7))
PASSING = (408, 425, 429)
# The longest that any outage of these tests may keep a punch from its receipt.
GIVE_UP = 120.0


@dataclass(frozen=True)
class Answer:
    """``status`` None: there was none, and it is not known whether the server acted. ``at``: time.monotonic() of the sending."""

    at: float
    seconds: float
    status: int | None
    retry_after: str
    text: str
    body: dict[str, Any] | None

    @property
    def final(self) -> bool:
        """What the PWA takes for the server's last word (drain.ts: isFinal)."""
        spoken = self.status is not None and self.body is not None
        return spoken and self.status < 500 and self.status not in PASSING


@dataclass
class Punch:
    values: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    receipt: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        return self.values["id_klien"]


class Phone:
    """One person's session. Requests have connections of their own, as those of many phones do."""

    def __init__(self, url: str, host: str, user: dict[str, Any]) -> None:
        self.url, self.user = url, user
        self.headers = {"Host": host, "Accept": "application/json"}
        body = {"usr": user["username"], "pwd": user["password"]}
        answer = requests.post(f"{url}/api/method/login", json=body, headers=self.headers, timeout=60)
        assert answer.status_code == 200, answer.text[:500]
        self.cookies = {"sid": answer.cookies["sid"]}
        self.renew_token()

    def renew_token(self) -> None:
        answer = self.ask("GET", f"{API}.sesi.info")
        if answer.status == 200 and answer.body:
            self.headers["X-Frappe-CSRF-Token"] = answer.body["message"]["csrf_token"] or ""

    def ask(self, verb: str, path: str, *, patience: float = PATIENCE, **options: Any) -> Answer:
        """Never raises."""
        began = time.monotonic()
        try:
            answer = requests.request(
                verb,
                self.url + path,
                headers=self.headers,
                cookies=self.cookies,
                timeout=patience,
                **options,
            )
        except requests.RequestException as error:
            return Answer(began, time.monotonic() - began, None, "", type(error).__name__, None)
        seconds = time.monotonic() - began
        try:
            body = answer.json()
        except ValueError:
            body = None
        found = body if isinstance(body, dict) else None
        retry = answer.headers.get("Retry-After", "")
        return Answer(began, seconds, answer.status_code, retry, answer.text, found)

    def message(self, path: str, **params: Any) -> Any:
        answer = self.ask("GET", path, params=params)
        assert answer.status == 200 and answer.body, (answer.status, answer.text[:500])
        return answer.body["message"]

    def home(self) -> dict[str, Any]:
        return self.message(HARI_INI)

    def send(self, one: Punch) -> None:
        """Until the server's last word, whatever it is."""
        give_up = time.monotonic() + GIVE_UP
        while time.monotonic() < give_up:
            answer = self.ask("POST", CATAT, json=one.values)
            one.answers.append(answer)
            if answer.status == 200 and answer.body:
                one.receipt = answer.body["message"]
                return
            if answer.body and answer.body.get("exc_type") == "CSRFTokenError":
                # Fetched anew, and the same request once more (drain.ts: ask).
                self.renew_token()
                continue
            if answer.final:
                return
            time.sleep(wait(len(one.answers), answer.retry_after))

    def upload(self, id_klien: str, photo: bytes) -> Answer:
        files = {"foto": ("f.jpg", photo, "image/jpeg")}
        return self.ask("POST", FOTO, data={"id_klien": id_klien}, files=files)


def wait(tries: int, retry_after: str) -> float:
    full = min(LONGEST, FIRST * 2 ** (tries - 1))
    own = full / 2 + full / 2 * random.random()
    asked = float(retry_after) if retry_after.isdigit() else 0.0
    return max(own, asked + random.random() * min(asked, SPREAD))


class Crowd:
    """Everybody's phones, and what became of each punch. ``mark``: stands in ``perangkat`` of its punches and of no others."""

    def __init__(self, phones: Sequence[Phone]) -> None:
        self.phones = phones
        self.mark = f"gangguan {uuid.uuid4().hex[:8]}"
        self.punches: list[Punch] = []
        self.points = [inside(phone.home()) for phone in phones]
        self._sending: list[Future[None]] = []

    @contextmanager
    def punching(self, rate: float) -> Iterator[None]:
        """So many a second while the body runs; afterwards each phone comes to its end."""
        over = threading.Event()
        with ThreadPoolExecutor(200) as pool:
            clock = threading.Thread(target=self._tick, args=(pool, rate, over), daemon=True)
            clock.start()
            try:
                yield
            finally:
                over.set()
                clock.join()
        for sent in self._sending:
            sent.result()

    def _tick(self, pool: ThreadPoolExecutor, rate: float, over: threading.Event) -> None:
        began, number = time.monotonic(), 0
        while not over.wait(max(0.0, began + number / rate - time.monotonic())):
            self._sending.append(pool.submit(self.begin(number).send, self.punches[-1]))
            number += 1

    def begin(self, number: int) -> Phone:
        at = number % len(self.phones)
        now = datetime.now(WIB).isoformat(timespec="seconds")
        self.punches.append(Punch(punch(self.points[at], perangkat=self.mark, waktu_perangkat=now)))
        return self.phones[at]

    def answers(self) -> list[Answer]:
        return [answer for one in list(self.punches) for answer in list(one.answers)]

    def acknowledged(self) -> int:
        return sum(one.receipt is not None for one in list(self.punches))

    def receipts_since(self, moment: float) -> int:
        """Of requests sent after it (time.monotonic())."""
        return sum(answer.status == 200 and answer.at > moment for answer in self.answers())

    def through(self, moment: float) -> float:
        """Seconds from then until the last answer came."""
        return max(answer.at + answer.seconds for answer in self.answers()) - moment

    def unkind(self) -> list[str]:
        """Answers that no phone should get: a fault of the server with a traceback, without words, or without a time to come back;
        a refusal for something that only the server can mend."""
        return sorted({told for answer in self.answers() if (told := complaint(answer))})

    def slowest_refusal(self) -> float:
        return max((one.seconds for one in self.answers() if one.status == 503), default=0.0)


def complaint(answer: Answer) -> str:
    if answer.status in (None, 200):
        return ""
    if answer.body and answer.body.get("exc_type") == "CSRFTokenError":
        return ""
    if answer.status != 503 or not answer.body:
        return f"{answer.status}: {answer.text[:300]}"
    if not answer.retry_after.isdigit() or "_server_messages" not in answer.body:
        return f"503 without a time or words: {answer.retry_after!r} {answer.text[:300]}"
    if "Traceback" in answer.text:
        return f"503 with a traceback: {answer.text[:300]}"
    return ""
