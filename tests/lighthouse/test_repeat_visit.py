"""The second opening on a line of the islands: 400 kbit/s with 400 ms each way and back, and a punch button within two seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

TRIES, TARGET_MS = 3, 2000
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
    "permissions": ["geolocation", "camera"],
    "geolocation": {"latitude": 1.0125, "longitude": 102.7123, "accuracy": 8},
}
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
READY = """() => { const b = document.querySelector('[data-testid=punch-masuk]');
    return b && !b.disabled ? performance.now() : false }"""


@pytest.fixture
def context(tmp_path, stack):
    """A phone that has been here before: the program is kept, and what was known last."""
    user = stack.user("Pegawai SPBE")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch_persistent_context(
            str(Path(tmp_path, "profile")),
            executable_path=shutil.which("chromium"),
            args=["--headless", "--no-sandbox"],
            **PHONE,
        )
        log_in = {"usr": user["username"], "pwd": user["password"]}
        assert made.request.post(f"{stack.url}/api/method/login", data=log_in).ok
        page = made.new_page()
        page.goto(f"{stack.url}/absen")
        page.wait_for_function(READY)
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        page.close()
        yield made
        made.close()


def opened(context: BrowserContext, url: str) -> tuple[Page, float]:
    """A new page on the slow line, and the milliseconds until its punch button works."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    page.goto(f"{url}/absen", wait_until="commit")
    took = page.wait_for_function(READY, polling=50).json_value()
    return page, took


def test_the_punch_button_works_within_two_seconds(context, stack):
    times = []
    for _try in range(TRIES):
        page, took = opened(context, stack.url)
        times.append(took)
        page.close()
        if took <= TARGET_MS:
            break
    assert min(times) <= TARGET_MS, times
