"""Read-only mode on a phone, in Chromium: it says so in a sentence, keeps the punch, and sends it by itself afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.client import HARI_INI, Client
from tests.e2e.pages import PATIENCE, Phone, centre, office

from . import bench
from .production import DOMAIN, rendered, served

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"]
ARGUMENTS += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
    "timezone_id": "Asia/Jakarta",
    "permissions": ["geolocation", "camera"],
    "ignore_https_errors": True,
}
# Retry-After of read-only mode, what is added by chance, and a slow machine.
UNTIL_SENT = 120


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("SPBE_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail(
            "Chromium is missing: run ./dev test --operations, which installs it, or set SPBE_CHROMIUM."
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def url(site, tmp_path_factory) -> Iterator[str]:
    parts = rendered(tmp_path_factory.mktemp("ponsel"), site)
    with served(parts, "web"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(parts.certificate))
        yield f"https://{DOMAIN}:{parts.https}"


def switch(site: str, on: bool) -> None:
    for name in ("allow_reads_during_maintenance", "maintenance_mode"):
        bench.frappe("--site", site, "set-config", "--parse", name, str(int(on)))


def test_a_punch_in_read_only_mode_waits_on_the_phone_and_goes_by_itself(browser, stack, site, url):
    user = stack.user("Pegawai SPBE", 3)
    there = type(stack)(url, url.removeprefix("https://"), stack.users, site)
    home = Client(there, user).message("GET", HARI_INI)
    context = browser.new_context(**PHONE)
    phone = Phone(context, url)
    phone.stand_at(centre(office(home["lokasi"])))
    phone.log_in(user)

    def recorded() -> int:
        return bench.rows(site, "select count(*) from `tabAbsensi` where pegawai = %s", [user["pegawai"]])[0][
            0
        ]

    before = recorded()
    switch(site, True)
    try:
        phone.page.reload()
        expect(phone.element("serviced")).to_contain_text("terkirim sendiri", timeout=PATIENCE)
        phone.photograph_and_send("masuk")
        expect(phone.element("receipt-pending")).to_be_visible(timeout=PATIENCE)
        assert recorded() == before
    finally:
        switch(site, False)
    bench.wait(lambda: recorded() == before + 1, "the punch", UNTIL_SENT)
    expect(phone.element("receipt-sent")).to_be_visible(timeout=PATIENCE)
    phone.page.goto(f"{url}/absen")
    expect(phone.element("punch-pulang")).to_be_enabled(timeout=PATIENCE)
    expect(phone.element("serviced")).to_have_count(0)
    assert recorded() == before + 1
    context.close()
