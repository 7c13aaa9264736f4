"""Colours and language of the phone: chosen once, kept after a log-out, and no screen keeps anybody out in either."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from accessible import violations
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

# The running month has no computed day before its second morning.
MONTH = f"{datetime.now(ZoneInfo('Asia/Jakarta')).date() - timedelta(days=1):%Y-%m}"
SCREENS = {
    "home": ("", "punch-masuk"),
    "punch": ("/catat/masuk", "camera-capture"),
    "history": ("/riwayat", "history-list"),
    "card": (f"/riwayat/kartu?bulan={MONTH}", "card-days"),
    "requests": ("/permohonan", "requests"),
    "permit": ("/permohonan/izin", "permit-kind"),
    "correction": ("/permohonan/koreksi", "correction-date"),
    "appeal": ("/permohonan/sanggah", "appeal-text"),
    "swap": ("/permohonan/tukar-dinas", "back"),
    "display": ("/tampilan", "tampilan"),
    "own-data": ("/akun/data", "fix-field"),
}


@pytest.fixture
def phone(new_phone, heads, staff_of, api):
    user = staff_of(heads[0]["opd"], 7)
    found = new_phone(centre(office(api(user).places())))
    found.log_in(user)
    return found


def choose(phone, group: str, value: str) -> None:
    phone.page.goto(f"{phone.url}/absen/tampilan")
    phone.page.locator(f"#{group}-{value}").check(timeout=PATIENCE)
    # The words of a language are fetched first; who leaves before they came has chosen nothing.
    sign = {"tampilan": "data-theme", "bahasa": "lang"}[group]
    expect(phone.page.locator("html")).to_have_attribute(sign, value, timeout=PATIENCE)


def look(phone) -> str:
    return phone.page.evaluate("document.documentElement.dataset.theme")


@pytest.mark.parametrize(("theme", "language"), [("dark", "en"), ("light", "id")])
def test_no_screen_keeps_anybody_out_in_either_colours(phone, theme, language):
    choose(phone, "tampilan", theme)
    choose(phone, "bahasa", language)
    faults, widths = {}, {}
    for name, (path, element) in SCREENS.items():
        phone.page.goto(f"{phone.url}/absen{path}")
        expect(phone.element(element)).to_be_visible(timeout=PATIENCE)
        assert look(phone) == theme
        faults[name], widths[name] = violations(phone.page), phone.width_of_content()
    assert {screen: found for screen, found in faults.items() if found} == {}
    assert {screen: width for screen, width in widths.items() if width > 360} == {}


def test_colours_and_language_belong_to_the_phone_and_outlive_a_log_out(phone):
    choose(phone, "tampilan", "dark")
    choose(phone, "bahasa", "en")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Display and language")
    phone.page.goto(f"{phone.url}/absen")
    expect(phone.element("punch-masuk")).to_contain_text("Clock in", timeout=PATIENCE)
    phone.element("logout").click()
    expect(phone.element("login-submit")).to_have_text("Log in", timeout=PATIENCE)
    assert look(phone) == "dark"
    assert phone.page.evaluate("document.documentElement.lang") == "en"
    # A stranger to the account may choose, too.
    phone.element("display").click()
    phone.page.locator("#bahasa-id").check(timeout=PATIENCE)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Tampilan dan bahasa")


def test_without_a_choice_the_phone_is_followed(phone):
    phone.page.emulate_media(color_scheme="dark")
    expect(phone.page.locator("html[data-theme=dark]")).to_have_count(1)
    phone.page.emulate_media(color_scheme="light")
    expect(phone.page.locator("html[data-theme=light]")).to_have_count(1)


def test_refusals_of_the_server_come_in_the_language_of_the_screen(phone):
    choose(phone, "bahasa", "en")
    phone.page.goto(f"{phone.url}/absen/permohonan/koreksi?tanggal=2020-01-06")
    phone.page.get_by_label("Forgot to clock").check(timeout=PATIENCE)
    phone.page.get_by_label("In", exact=True).check()
    phone.element("correction-time").fill("06:31")
    phone.element("correction-reason").fill("Went straight to the counter")
    phone.element("witness-search").fill("ari")
    phone.element("witness-list").get_by_role("button").first.click(timeout=PATIENCE)
    answer = phone.send_request("ajukan_koreksi")
    assert answer["exc_type"]
    expect(phone.element("request-fault")).to_contain_text("The request was not accepted")
    expect(phone.element("request-fault")).not_to_contain_text("hari kerja")
