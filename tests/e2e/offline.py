"""A phone that loses its network, its pages and its clock; and what the server holds afterwards."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pages import PATIENCE, Api, Phone
from playwright.sync_api import Page, expect

JAKARTA = timezone(timedelta(hours=7))
CATAT, FOTO = "**/api/method/spbe_attendance.api.absensi.catat", "**/api/method/*unggah_foto"
FIELDS = ["name", "id_klien", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba", "sumber", "foto_status"]
# The moment of a press is known to that many seconds.
SLACK = timedelta(seconds=2)

# Everything that can be read in the store, as a thief with the browser's tools would.
DUMP = """async () => {
    const db = await new Promise((done, fail) => {
        const asked = indexedDB.open('absen-luring')
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => fail(asked.error)
    })
    const text = []
    for (const name of db.objectStoreNames) {
        const rows = await new Promise((done) => {
            db.transaction(name).objectStore(name).getAll().onsuccess = (event) => done(event.target.result)
        })
        text.push(JSON.stringify(rows, (_key, value) =>
            value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value))
    }
    db.close()
    return text.join()
}"""

# A person who punches as fast as the screens allow.
MANY = """async (count) => {
    const find = async (name) => {
        for (;;) {
            const element = document.querySelector(`[data-testid=${name}]`)
            if (element && !element.disabled) return element
            await new Promise((next) => setTimeout(next, 15))
        }
    }
    const ids = []
    for (let turn = 0; turn < count; turn += 1) {
        for (const name of [turn % 2 ? 'punch-pulang' : 'punch-masuk', 'camera-capture', 'punch-send'])
            (await find(name)).click()
        ids.push((await find('receipt-pending')).dataset.id)
        ;(await find('receipt-home')).click()
    }
    return ids
}"""


# Whether that many bytes find room beside what is kept.
FITS = """async (bytes) => {
    const db = await new Promise((done, fail) => {
        const asked = indexedDB.open('absen-luring')
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => fail(asked.error)
    })
    const tx = db.transaction('misc', 'readwrite')
    tx.objectStore('misc').put(new Uint8Array(bytes), 'uji')
    tx.objectStore('misc').delete('uji')
    const fits = await new Promise((done) => {
        tx.oncomplete = () => done(true)
        tx.onabort = () => done(tx.error.name)
    })
    db.close()
    return fits
}"""


@dataclass(frozen=True)
class Captured:
    id: str
    before: datetime
    after: datetime


class Field:
    """One person's phone out of the office, and an eye on the server."""

    def __init__(self, phone: Phone, api: Api, user: dict[str, Any]):
        self.phone, self.api, self.user = phone, api, user
        self.known = set(self._rows())
        # An override ends with the session that asked for it.
        self.wires: list[Any] = []

    @property
    def page(self) -> Page:
        return self.phone.page

    def start(self) -> None:
        """Logged in, at home, with the program kept for offline use."""
        self.phone.log_in(self.user)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=PATIENCE)

    def open(self) -> None:
        """The app in a new page, as after a tap on its icon."""
        self.phone.page = self.phone.context.new_page()
        self.page.goto(f"{self.phone.url}/absen")
        expect(self.phone.element("punch-masuk")).to_be_enabled(timeout=PATIENCE)

    def kill(self) -> None:
        self.page.close()

    def offline(self, cut: bool = True) -> None:
        self.phone.context.set_offline(cut)

    def leave_room(self, size: int | None) -> None:
        """The phone has that many bytes left, None: as many as ever. Waits until the browser knows: it looks every 30 seconds."""
        wire = self.phone.context.new_cdp_session(self.page)
        self.wires.append(wire)
        used = self.page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
        limit = {} if size is None else {"quotaSize": used + size}
        wire.send("Storage.overrideQuotaForOrigin", {"origin": self.phone.url, **limit})
        probe, wanted = (1_000_000, True) if size is None else (size + 4_000, "QuotaExceededError")
        until = time.monotonic() + PATIENCE / 1000
        while self.page.evaluate(FITS, probe) != wanted:
            assert time.monotonic() < until, "The browser has not noticed what room there is."
            self.page.wait_for_timeout(500)

    def press(self, kind: str = "masuk") -> None:
        self.phone.photograph_and_send(kind)

    def capture(self, kind: str = "masuk") -> Captured:
        """A punch that the phone has promised to keep; leaves the screen at home."""
        before = now()
        self.press(kind)
        card = self.page.locator("[data-testid=receipt-pending], [data-testid=receipt]").first
        expect(card).to_be_visible(timeout=PATIENCE)
        done = Captured(card.get_attribute("data-id"), before, now())
        self.phone.element("receipt-home").click()
        expect(self.phone.element("punch-masuk")).to_be_visible(timeout=PATIENCE)
        return done

    def drained(self) -> None:
        """Nothing waits any more, photos included."""
        expect(self.phone.element("queue")).to_have_count(0, timeout=PATIENCE)
        expect(self.phone.element("photo-state")).to_have_count(0, timeout=PATIENCE)

    def new_rows(self) -> dict[str, dict[str, Any]]:
        """By id_klien: what the server has got since the start."""
        return {key: row for key, row in self._rows().items() if key not in self.known}

    def _rows(self) -> dict[str, dict[str, Any]]:
        filters = {"pegawai": self.user["pegawai"]}
        params = {"filters": json.dumps(filters), "fields": json.dumps(FIELDS), "limit_page_length": 0}
        answer = self.api.call("GET", "/api/resource/Absensi", params=params)
        assert answer.status_code == 200, answer.text[:500]
        rows = answer.json()["data"]
        found = {row["id_klien"]: row for row in rows}
        assert len(found) == len(rows), "One id twice."
        return found

    def holds(self, *captures: Captured, width: timedelta | None = None) -> None:
        """The server has exactly these, each once, with its photo, and the interval holds the moment of the press."""
        rows = self.new_rows()
        assert sorted(rows) == sorted(each.id for each in captures)
        for each in captures:
            row = rows[each.id]
            earliest, latest = moment(row["waktu_awal"]), moment(row["waktu_akhir"])
            assert earliest <= each.after + SLACK, (row, each)
            assert latest >= each.before - SLACK, (row, each)
            assert latest <= moment(row["waktu_tiba"])
            if width is not None:
                assert latest - earliest <= width, (row, each)
            assert row["foto_status"] == "Ada", row

    @contextmanager
    def held(self, pattern: str, *, after: bool) -> Iterator[list[str]]:
        """Requests of this page that never get an answer; with ``after`` the server has done its work. Yields their addresses."""
        seen: list[str] = []

        def hold(route: Any) -> None:
            if after:
                route.fetch()
            seen.append(route.request.url)

        self.page.route(pattern, hold)
        yield seen
        # The page goes with its routes.

    def wait_for(self, seen: list[str]) -> None:
        until = time.monotonic() + PATIENCE / 1000
        while not seen:
            assert time.monotonic() < until, "The request never came."
            self.page.wait_for_timeout(50)


def now() -> datetime:
    return datetime.now(JAKARTA)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)
