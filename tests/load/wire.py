"""What comes over the network to a page and to its service worker, as Chromium itself counts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from playwright.sync_api import BrowserContext, Error, Page, Request

WORKER = "/absen/sw.js"
AFTERWARDS = "afterwards"


@dataclass
class Fetched:
    """An answer. ``size``: bytes received, headers included, nothing when it came out of the phone; ``phase``: when it was asked for."""

    path: str
    phase: str
    size: int = 0
    packed: bool = False
    failed: bool = False

    @property
    def is_data(self) -> bool:
        return self.path.startswith("/api/")


class Wire:
    """Everything that a page asks for; what is sent, a photo for one, is not counted.

    The caller sets ``phase``; with the answer at the path ``last`` it becomes AFTERWARDS by itself.
    """

    def __init__(
        self, context: BrowserContext, page: Page, phase: str = "", line: Any = None, last: str = ""
    ) -> None:
        self.phase, self.last = phase, last
        self.found: dict[str, Fetched] = {}
        self.session = context.new_cdp_session(page)
        for event, handler in {
            "requestWillBeSent": self._asked,
            "responseReceived": self._answered,
            "dataReceived": self._came,
            "loadingFinished": self._done,
            "loadingFailed": self._failed,
        }.items():
            self.session.on(f"Network.{event}", handler)
        self.session.send("Network.enable")
        if line:
            self.session.send("Network.emulateNetworkConditions", line)

    def of(self, *phases: str) -> list[Fetched]:
        return [one for one in self.found.values() if one.phase in phases]

    def _asked(self, event: dict[str, Any]) -> None:
        address, number = urlsplit(event["request"]["url"]), event["requestId"]
        # The next hop has the same id and a count of its own.
        if "redirectResponse" in event and number in self.found:
            hop = self.found[f"{number} {len(self.found)}"] = self.found.pop(number)
            hop.size = int(event["redirectResponse"]["encodedDataLength"])
        if address.scheme in ("http", "https"):
            self.found[number] = Fetched(address.path, self.phase)

    def _answered(self, event: dict[str, Any]) -> None:
        if one := self.found.get(event["requestId"]):
            headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
            one.packed = headers.get("content-encoding") == "gzip"
            if one.path == self.last:
                self.phase = AFTERWARDS

    def _came(self, event: dict[str, Any]) -> None:
        if one := self.found.get(event["requestId"]):
            one.size += event["encodedDataLength"]

    def _done(self, event: dict[str, Any]) -> None:
        # The whole, with its headers.
        if one := self.found.get(event["requestId"]):
            one.size = int(event["encodedDataLength"])

    def _failed(self, event: dict[str, Any]) -> None:
        if one := self.found.get(event["requestId"]):
            one.failed = True


class Background:
    """What the service worker fetches. Only where PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS was set before Playwright began."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[Request] = []
        context.on("requestfinished", lambda request: self.requests.append(request))

    def size(self) -> int:
        """Bytes, its own file left out: Chromium does not count that one."""
        sizes = [request.sizes() for request in self.requests if _is_of_worker(request)]
        return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def _is_of_worker(request: Request) -> bool:
    if urlsplit(request.url).path == WORKER:
        return False
    try:
        return not request.frame
    except Error:
        return True


def packed_size(url: str) -> int:
    """Bytes of the body as a browser gets it."""
    with requests.get(url, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30) as answer:
        answer.raise_for_status()
        return len(answer.raw.read())


def browser(context: BrowserContext) -> str:
    page = context.new_page()
    return str(context.new_cdp_session(page).send("Browser.getVersion")["product"])
