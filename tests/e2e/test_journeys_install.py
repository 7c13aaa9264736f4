"""The app on the home screen: offered when a punch was accepted, not before, and not again to who declined."""

from __future__ import annotations

import pytest
from offline import Field
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

OFFER = """() => {
    const offer = new Event('beforeinstallprompt', {cancelable: true})
    window.prompted = 0
    offer.prompt = async () => { window.prompted += 1 }
    offer.userChoice = Promise.resolve({outcome: 'dismissed'})
    window.dispatchEvent(offer)
    return offer.defaultPrevented
}"""


@pytest.fixture
def field(new_phone, heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 3)
    client = api(user)
    made = Field(new_phone(centre(office(client.places()))), client, user)
    made.start()
    return made


def test_installing_is_offered_after_the_first_accepted_punch_and_stays_in_the_account(field):
    phone = field.phone
    assert field.page.evaluate(OFFER) is True
    expect(phone.element("install")).to_have_count(0)
    field.press()
    expect(phone.element("receipt")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("install")).to_be_visible()
    assert phone.width_of_content() <= 360
    phone.element("install-later").click()
    expect(phone.element("install")).to_have_count(0)
    phone.element("receipt-home").click()
    field.press("pulang")
    expect(phone.element("receipt")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("install")).to_have_count(0)

    # In the account it is found for ever; without the browser's offer the way is told.
    field.page.goto(f"{phone.url}/absen/akun")
    expect(phone.element("install")).to_contain_text("menu peramban", timeout=PATIENCE)
    field.page.evaluate(OFFER)
    phone.element("install-now").click()
    field.page.wait_for_function("() => window.prompted === 1")
    expect(phone.element("install")).to_contain_text("menu peramban")
    field.page.evaluate("window.dispatchEvent(new Event('appinstalled'))")
    expect(phone.element("install")).to_have_count(0)
