"""The second opening on a line of the islands: 400 kbit/s with 400 ms each way and back, and a punch button within two seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.phone import LINE, phone, until_ready, visit

TRIES, TARGET_MS = 3, 2000


@pytest.fixture
def context(tmp_path, stack):
    """A phone that has been here before: the program is kept, and what was known last."""
    user = stack.user("Pegawai SPBE")
    with (
        sync_playwright() as playwright,
        phone(playwright, Path(tmp_path, "profile"), stack.url, user) as made,
    ):
        visit(made, stack.url)
        yield made


def opened(context: BrowserContext, url: str) -> tuple[Page, float]:
    """A new page on the slow line, and the milliseconds until its punch button works."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    return page, until_ready(page, url)


def test_the_punch_button_works_within_two_seconds(context, stack):
    times = []
    for _try in range(TRIES):
        page, took = opened(context, stack.url)
        times.append(took)
        page.close()
        if took <= TARGET_MS:
            break
    assert min(times) <= TARGET_MS, times
