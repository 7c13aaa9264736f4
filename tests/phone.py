"""A phone in Chromium, logged in, and the line of the islands: what tests of speed and the scenario ``pwa`` of ./dev load share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
    "permissions": ["geolocation", "camera"],
    "geolocation": {"latitude": 1.0125, "longitude": 102.7123, "accuracy": 8},
}
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Bytes per second, and milliseconds there and back.
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
# Milliseconds since the page was asked for, once the punch button works.
READY = """() => { const b = document.querySelector('[data-testid=punch-masuk]');
    return b && !b.disabled ? performance.now() : false }"""


def program() -> str | None:
    return os.environ.get("SPBE_CHROMIUM") or shutil.which("chromium")


@contextmanager
def phone(
    playwright: Playwright,
    profile: Path,
    url: str,
    user: dict[str, Any] | None,
    arguments: Sequence[str] = (),
    **options: Any,
) -> Iterator[BrowserContext]:
    """A browser with that profile, in which nothing was opened yet but the person, if any, is logged in. ``options``: of the context."""
    made = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=program(),
        args=["--headless", "--no-sandbox", *arguments],
        **{**PHONE, **options},
    )
    try:
        if user:
            log_in = {"usr": user["username"], "pwd": user["password"]}
            assert made.request.post(f"{url}/api/method/login", data=log_in).ok
        yield made
    finally:
        made.close()


def visit(context: BrowserContext, url: str) -> None:
    """The first opening, until the program is kept, and what was known last."""
    page = context.new_page()
    page.goto(f"{url}/absen")
    page.wait_for_function(READY)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.close()


def until_ready(page: Page, url: str) -> float:
    """Opens the home screen; milliseconds until its punch button works."""
    page.goto(f"{url}/absen", wait_until="commit")
    return float(page.wait_for_function(READY, polling=50).json_value())
