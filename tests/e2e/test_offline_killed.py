"""The page dies between every two steps of a punch: the server holds what was promised, once each."""

from __future__ import annotations

import pytest
from offline import CATAT, FOTO, Captured, Field, now
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

SIGN_NEVER_ENDS = "void (crypto.subtle.sign = () => new Promise(() => { window.reached = true }))"
# The answer is there, and the page dies before it is written down.
WRITE_FAILS = """(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (value, ...rest) {
        if (this.name === 'queue' && (%s)) {
            window.reached = true
            throw new Error('killed')
        }
        return put.call(this, value, ...rest)
    }
})()"""


@pytest.fixture
def field(new_phone, heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 3)
    client = api(user)
    made = Field(new_phone(centre(office(client.places()))), client, user)
    made.start()
    return made


def promised(field: Field) -> Captured:
    before = now()
    field.press()
    card = field.page.locator("[data-testid=receipt-pending], [data-testid=receipt]").first
    expect(card).to_be_visible(timeout=PATIENCE)
    return Captured(card.get_attribute("data-id"), before, now())


def test_the_page_dies_before_the_punch_is_written_nothing_was_promised_and_nothing_is_half_there(field):
    field.page.evaluate(SIGN_NEVER_ENDS)
    field.press()
    field.page.wait_for_function("() => window.reached === true", timeout=PATIENCE)
    expect(field.phone.element("receipt-pending")).to_have_count(0)
    field.kill()
    field.open()
    expect(field.phone.element("queue")).to_have_count(0)
    done = field.capture()
    field.drained()
    field.holds(done)


def test_the_page_dies_at_every_step_of_sending(field):
    captures = []
    for pattern, after in ((CATAT, False), (CATAT, True), (FOTO, False), (FOTO, True)):
        with field.held(pattern, after=after) as seen:
            captures.append(promised(field))
            field.wait_for(seen)
            field.kill()
        field.open()
        field.drained()
    for condition in ("value.state === 'terkirim'", "value.photo === 'sent'"):
        field.page.evaluate(WRITE_FAILS % condition)
        captures.append(promised(field))
        field.page.wait_for_function("() => window.reached === true", timeout=PATIENCE)
        field.kill()
        field.open()
        field.drained()
    field.holds(*captures)


def test_the_worker_sends_when_no_page_is_open(field):
    field.offline()
    done = field.capture()
    page = field.page
    page.goto("about:blank")
    wire = field.phone.context.new_cdp_session(page)
    found = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    wire.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    (own,) = [each for each in found if each["scopeURL"].endswith("/absen") and not each["isDeleted"]]
    field.offline(False)
    wire.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": field.phone.url,
            "registrationId": own["registrationId"],
            "tag": "absen-antrean",
            "lastChance": False,
        },
    )
    for _ in range(60):
        if any(row["foto_status"] == "Ada" for row in field.new_rows().values()):
            break
        page.wait_for_timeout(250)
    field.holds(done)
