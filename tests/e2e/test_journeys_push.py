"""News on the phone: a push message is shown while no page is open, and a tap on it opens the right page."""

from __future__ import annotations

import json
import uuid

import pytest
from accessible import violations
from pages import PATIENCE
from playwright.sync_api import expect
from test_push_http import GOOD

from tests.client import API, Client

SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready
  return (await worker.getNotifications()).map(({title, body, tag, data}) => ({title, body, tag, data}))
}"""


@pytest.fixture
def phone(new_phone, stack):
    phone = new_phone()
    phone.context.grant_permissions(["geolocation", "camera", "notifications"], origin=stack.url)
    phone.page.goto(f"{phone.url}/absen")
    user = stack.user("Kepala OPD")
    phone._field("login-nip").fill(user["username"])
    phone._field("login-password").fill(user["password"])
    phone.element("login-submit").click()
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    return phone


def deliver(phone, text: str) -> None:
    """As the browser's push service would, decrypted already."""
    session = phone.context.new_cdp_session(phone.page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(row["registrationId"] for row in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for _ in range(50):
        if registrations:
            break
        phone.page.wait_for_timeout(100)
    origin = phone.page.evaluate("location.origin")
    for number in registrations:
        session.send(
            "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": number, "data": text}
        )
    session.detach()


def test_a_message_becomes_a_notification_and_the_newest_of_a_kind_stands(phone):
    for sentence in ("Jam masuk pukul 07.30.", "Absen pulang ditutup pukul 18.00."):
        deliver(phone, json.dumps({"jenis": "pengingat", "isi": sentence, "url": "/absen"}))
    deliver(phone, "bukan JSON")
    shown = phone.page.evaluate(SHOWN)
    assert {row["tag"]: row["body"] for row in shown} == {
        "pengingat": "Absen pulang ditutup pukul 18.00.",
        "kabar": "Ada kabar baru. Buka aplikasi untuk melihatnya.",
    }
    assert all(row["data"] == {"url": "/absen"} for row in shown)


def test_a_tap_leads_the_open_app_to_the_page(phone):
    phone.page.evaluate(
        "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {type: 'OPEN', url: '/absen/persetujuan'}}))"
    )
    phone.page.wait_for_url("**/absen/persetujuan")
    phone.page.evaluate(
        "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {type: 'OPEN', url: 'https://jahat.example/'}}))"
    )
    phone.page.wait_for_url(lambda url: url.rstrip("/").endswith("/absen"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_settings_are_found_and_can_be_used_by_everybody(phone, theme):
    phone.element("display").first.click()
    phone.element("to-notices").click()
    expect(phone.element("push").or_(phone.element("push-unsupported"))).to_be_visible(timeout=PATIENCE)
    expect(phone.element("kind-pengingat")).to_be_checked()
    phone.element("kind-pengingat").uncheck()
    expect(phone.element("push")).to_have_attribute("data-state", "off")
    phone.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    assert violations(phone.page) == []
    assert phone.width_of_content() <= 360


RENEWED = """async ([before, after]) => {
    // What the browser's push service does is taken over here; the rest is the worker's own.
    self.PushManager.prototype.getSubscription = async () => null
    self.PushManager.prototype.subscribe = async () => ({
        endpoint: after.endpoint,
        toJSON: () => ({endpoint: after.endpoint, keys: {p256dh: after.p256dh, auth: after.auth}}),
        unsubscribe: async () => true,
    })
    let done
    const event = new Event('pushsubscriptionchange')
    Object.defineProperty(event, 'oldSubscription', {value: {endpoint: before}})
    event.waitUntil = (work) => { done = work }
    self.dispatchEvent(event)
    await done
}"""


def test_a_browser_that_gets_another_address_is_subscribed_again_by_its_worker(phone, stack):
    person = Client(stack, stack.user("Kepala OPD"))
    before, after = ({**GOOD, "endpoint": f"https://8.8.8.8/wpush/{uuid.uuid4()}"} for _ in range(2))
    person.message("POST", f"{API}.push.langgan", json={**before, "pilihan": {"pengingat": False}})
    phone.page.reload()
    phone.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    worker = next(each for each in phone.context.service_workers if "/absen" in each.url)
    worker.evaluate(RENEWED, [before["endpoint"], after])
    told = {
        name: person.message("POST", f"{API}.push.pengaturan", json={"endpoint": each["endpoint"]})
        for name, each in (("before", before), ("after", after))
    }
    assert told["before"]["langganan"] is False
    assert told["after"] == {
        "langganan": True,
        "pilihan": {"keputusan": True, "persetujuan": True, "pengingat": False},
    }
    person.message("POST", f"{API}.push.berhenti", json={"endpoint": after["endpoint"]})
