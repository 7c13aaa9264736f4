"""The app on a phone: what the first punch downloads, and how soon the punch button works again, on a slow line and without one.

Called by ``./dev load``. Real Chromium with a camera that it invents, each first visit with an empty profile and punching once as
another person; everything stays on the site: run it on a throw-away one.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.phone import CAMERA, LINE, READY, phone, until_ready, visit

from . import figures, machine, people, pwa_page, wire

FIRST_VISITS, REPEATS = 3, 5
# Milliseconds in which a page that is open may still ask for something.
LINGER = 1500
PATIENCE = 60_000


@dataclass(frozen=True)
class First:
    """A visit with an empty profile. ``ready``: seconds until the punch button worked; ``fetched``: until the punch was recorded."""

    ready: float
    fetched: list[wire.Fetched]


@dataclass(frozen=True)
class Repeat:
    """``ready``: seconds until the punch button worked; ``size``: bytes received in the whole visit; ``failed``: requests without answer."""

    ready: float
    size: int
    failed: int


@dataclass(frozen=True)
class Measured:
    """``unknown``: a first visit that begins with the log-in form. ``kept``: bytes that the service worker fetches in the background of a first visit; ``worker``: of its own file."""

    browser: str
    first: list[First]
    unknown: First
    kept: int
    worker: int
    slow: list[Repeat]
    offline: list[Repeat]


def main() -> None:
    options = read_options()
    # The driver reads it when it starts.
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        measured = measure(playwright, options, Path(folder))
    with machine.connect(options.host) as connection:
        facts = machine.facts(connection) | {"Browser": measured.browser}
    options.out.write_text(pwa_page.page(measured, facts))
    figures.save(pwa_page.figures_of(measured), options.figures)
    print(f"Written: {options.out}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running stack, loopback only")
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument("--logins", required=True, type=Path, help="file of demo log-ins")
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve(), help="page to write")
    parser.add_argument(
        "--figures", type=lambda text: Path(text).resolve(), help="JSON file of the figures to write"
    )
    return parser.parse_args()


def measure(playwright: Playwright, options: argparse.Namespace, folder: Path) -> Measured:
    stand = standing(options)
    first = []
    for number in range(FIRST_VISITS):
        user, here = next(stand)
        first.append(first_visit(playwright, options.url, folder / f"first-{number}", user, here))
        print(f"first visit: button after {first[-1].ready:.2f} s", flush=True)
    user, here = next(stand)
    unknown = first_visit(playwright, options.url, folder / "unknown", user, here, form=True)
    user, here = next(stand)
    with phone(playwright, folder / "again", options.url, user, CAMERA, geolocation=here) as context:
        background = wire.Background(context)
        visit(context, options.url)
        kept = background.size()
        slow = [opened(context, options.url, LINE) for _try in range(REPEATS)]
        context.set_offline(True)
        offline = [opened(context, options.url) for _try in range(REPEATS)]
        browser = wire.browser(context)
    return Measured(browser, first, unknown, kept, wire.packed_size(options.url + wire.WORKER), slow, offline)


def standing(options: argparse.Namespace) -> Any:
    """Staff one after the other, each with a position inside a place of work."""
    for user in json.loads(options.logins.read_text())["users"]:
        if user["role"] != "Pegawai SPBE":
            continue
        # Who has no circle to stand in is passed over.
        with suppress(SystemExit):
            one = people.log_in(options.url, options.host, user)
            yield user, {"latitude": one.latitude, "longitude": one.longitude, "accuracy": 8}


def first_visit(
    playwright: Playwright,
    url: str,
    profile: Path,
    user: dict[str, Any],
    here: dict[str, float],
    *,
    form: bool = False,
) -> First:
    """To the server's answer to the first punch, on the slow line; ``form``: nobody is logged in before.

    Without service worker: every file is fetched by the page, and counted once.
    """
    options = {"geolocation": here, "service_workers": "block"}
    with phone(playwright, profile, url, None if form else user, CAMERA, **options) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        seen = wire.Wire(context, page, "button", LINE, last=f"{people.API}.absensi.catat")
        ready = until_logged_in(page, url, user) if form else until_ready(page, url)
        seen.phase = "punch"
        for press in ("punch-masuk", "camera-capture", "punch-send"):
            page.get_by_test_id(press).click()
        page.get_by_test_id("receipt-sent").wait_for()
        # What was asked for before is counted whole.
        page.wait_for_timeout(LINGER)
        return First(ready / 1000, seen.of("button", "punch"))


def until_logged_in(page: Page, url: str, user: dict[str, Any]) -> float:
    """Milliseconds until the punch button works, by somebody who types without a pause."""
    page.goto(f"{url}/absen")
    for field, text in (("login-nip", user["username"]), ("login-password", user["password"])):
        page.locator(f"input[data-testid={field}], [data-testid={field}] input").first.fill(text)
    page.get_by_test_id("login-submit").click()
    return float(page.wait_for_function(READY, polling=50).json_value())


def opened(context: BrowserContext, url: str, line: Any = None) -> Repeat:
    page = context.new_page()
    seen = wire.Wire(context, page, line=line)
    ready = until_ready(page, url)
    page.wait_for_timeout(LINGER)
    found = seen.of("")
    page.close()
    made = Repeat(ready / 1000, sum(one.size for one in found), sum(one.failed for one in found))
    print(f"again: button after {made.ready:.2f} s, {made.size} bytes", flush=True)
    return made


if __name__ == "__main__":
    main()
