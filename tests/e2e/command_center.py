"""The Command Center as its reader sees it, and the same numbers as the server tells them without a browser."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import accessible
from pages import API, PATIENCE, Api
from playwright.sync_api import BrowserContext, Locator, Route, WebSocketRoute, expect

from tests import duty
from tests.client import CATAT, HARI_INI, Client, inside, punch

# As many as these tests use, tried twice.
MOST = 10
PRESENT = ("tepat", "terlambat")
# Of engine.io: from now on by the socket alone.
UPGRADE = "5"
STATES = (*PRESENT, "izin", "belum_waktunya", "belum", "tertunda", "senyap", "alpa", "bebas")


class Screen:
    """A browser on ``/command-center``. ``cut`` takes the socket away and keeps it away; ``mend`` gives it back."""

    def __init__(self, context: BrowserContext, stack: Any, user: dict[str, Any] | None):
        self.context, self.url, self.page = context, stack.url, context.new_page()
        self.is_cut = False
        self.open_sockets: list[WebSocketRoute] = []
        self.upgraded = False
        self.asked: list[str] = []
        if user:
            body = {"usr": user["username"], "pwd": user["password"]}
            assert context.request.post(f"{stack.url}/api/method/login", data=body).ok
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if ".pemantauan.ringkasan" in request.url:
            self.asked.append(request.url)

    def watch_socket(self) -> Screen:
        """Before the page is opened: from then on the socket can be cut."""
        self.page.route("**/socket.io/**", self._polling)
        self.page.route_web_socket(re.compile("/socket.io/"), self._socket)
        return self

    def _polling(self, route: Route) -> None:
        if self.is_cut:
            route.abort()
        else:
            route.continue_()

    def _socket(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
            return
        server = socket.connect_to_server()
        socket.on_message(lambda message: self._forward(server, message))
        self.open_sockets.append(socket)

    def _forward(self, server: WebSocketRoute, message: str | bytes) -> None:
        server.send(message)
        self.upgraded = self.upgraded or message == UPGRADE

    def cut(self) -> None:
        """Not in the middle of its changing from polling to a socket: a client that loses that notices by its missing heartbeat
        only, and the heartbeat's patience is the server's (45 s)."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.upgraded:
            assert time.monotonic() < deadline, "The page never changed from polling to a socket."
            self.page.wait_for_timeout(50)
        self.is_cut = True
        for socket in self.open_sockets:
            socket.close()
        self.open_sockets.clear()
        self.upgraded = False

    def mend(self) -> None:
        self.is_cut = False

    def visit(self, **query: str) -> Screen:
        self.page.goto(f"{self.url}/command-center{'?' + urlencode(query) if query else ''}")
        return self

    def opened(self, **query: str) -> Screen:
        self.visit(**query)
        expect(self.element("ringkasan")).to_be_visible(timeout=PATIENCE)
        return self

    def element(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def link_is(self, state: str, timeout: float = PATIENCE) -> None:
        expect(self.element("kabar")).to_have_attribute("data-link", state, timeout=timeout)

    def number(self, state: str) -> int:
        text = self.element(f"keadaan-{state}").get_by_test_id("angka").inner_text()
        return int(re.sub(r"\D", "", text))

    def numbers(self) -> dict[str, int]:
        """Of the tiles on the screen."""
        shown = [state for state in STATES if self.element(f"keadaan-{state}").count()]
        return {state: self.number(state) for state in shown}

    def present(self) -> int:
        return self.number("tepat") + self.number("terlambat")

    def wait_for_present(self, wanted: int, seconds: float) -> float:
        """Seconds until the screen shows that many people, read as often as a screen is drawn."""
        began = time.monotonic()
        self.page.wait_for_function(
            """wanted => {
                const tiles = ['tepat', 'terlambat'].map((state) => document.querySelector(`[data-testid=keadaan-${state}] [data-testid=angka]`))
                return tiles.every(Boolean) && tiles.reduce((sum, tile) => sum + Number(tile.textContent.replace(/\\D/g, '')), 0) === wanted
            }""",
            arg=wanted,
            timeout=seconds * 1000,
        )
        return time.monotonic() - began

    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def row(self, opd: str) -> Locator:
        return self.page.locator(f"[data-testid=baris][data-name='{opd}']:not([data-langsung])")

    def violations(self) -> list[str]:
        """Of WCAG 2.2 A and AA."""
        # What has just changed is coloured for a moment.
        self.page.wait_for_timeout(1800)
        return accessible.violations(self.page, "html", tags=accessible.WCAG)

    def width_of_content(self) -> int:
        return self.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")


class Absentees:
    """People with a log-in who have not been seen today yet, one after the other. They may arrive at any hour: so does this test."""

    def __init__(self, stack: Any):
        self.stack = stack
        steward = Api(stack, stack.user("BKPSDM"))
        seen = {person["name"] for state in PRESENT for person in names(steward, keadaan=state)}
        users = [user for user in stack.users if user["role"] == "Pegawai SPBE"]
        self.users = [user for user in users if user["pegawai"] not in seen]
        assert len(self.users) >= MOST, "Everybody with a log-in has been here today already."
        del self.users[MOST:]
        today = steward.message(f"{API}.pemantauan.ringkasan")["tanggal"]
        duty.all_day(steward.call, [user["pegawai"] for user in self.users], today, today)

    def next(self) -> dict[str, Any]:
        assert self.users, "Everybody with a log-in has been here today already."
        return self.users.pop()

    def arrive(self) -> None:
        """The next one punches, without a browser."""
        client = Client(self.stack, self.next())
        client.message("POST", CATAT, json=punch(inside(client.message("GET", HARI_INI))))


def names(client: Api, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        values = {**query, "mulai": str(len(found)), "panjang": "50"}
        page = client.message(f"{API}.pemantauan.orang?{urlencode(values)}")
        found += page["orang"]
        if len(found) >= page["jumlah"] or not page["orang"]:
            return found


def summary(client: Api, **query: str) -> dict[str, Any]:
    return client.message(f"{API}.pemantauan.ringkasan?{urlencode(query)}")
