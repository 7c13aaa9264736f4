"""The phone itself: without a network, borrowed, and small."""

from __future__ import annotations

import json

import pytest
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

STORED = """async () => {
    const kept = { local: { ...localStorage }, session: { ...sessionStorage }, caches: [], databases: [] }
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) {
            const answer = await (await caches.open(name)).match(request)
            const readable = /text|json|javascript/.test(answer.headers.get('content-type') ?? '')
            kept.caches.push([new URL(request.url).pathname, readable ? await answer.text() : ''])
        }
    kept.databases = (await indexedDB.databases()).map((database) => database.name)
    return kept
}"""


@pytest.fixture
def worker(heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 1)
    return user, api(user)


def test_after_the_first_visit_the_app_opens_without_a_network(new_phone, worker):
    user, client = worker
    phone = new_phone(centre(office(client.places())))
    phone.log_in(user)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.reload()
    phone.page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=PATIENCE)
    phone.context.set_offline(True)
    phone.page.goto(f"{phone.url}/absen")
    expect(phone.element("punch-masuk")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("offline")).to_be_visible()
    # What the phone has kept is enough to punch.
    expect(phone.element("punch-masuk")).to_be_enabled(timeout=PATIENCE)
    expect(phone.element("unproven")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.element("unproven")).to_have_count(0, timeout=PATIENCE)


def test_a_log_out_leaves_nothing_of_the_person_on_the_phone(new_phone, worker):
    user, client = worker
    person = client.message("/api/method/spbe_attendance.api.absensi.hari_ini")["pegawai"]
    phone = new_phone(centre(office(client.places())))
    phone.log_in(user)
    phone.photograph_and_send("masuk")
    expect(phone.element("photo-state")).to_have_attribute("data-state", "sent", timeout=PATIENCE)
    phone.element("receipt-home").click()
    phone.history()
    phone.element("logout").click()
    expect(phone.element("login-submit")).to_be_visible(timeout=PATIENCE)

    stored = phone.page.evaluate(STORED)
    assert stored["session"] == {}
    assert stored["databases"] == []
    assert set(stored["local"]) <= {"absen.perangkat"}
    assert not [path for path, _body in stored["caches"] if path.startswith(("/api", "/private", "/files"))]
    left = json.dumps([stored, phone.context.cookies()])
    for secret in (person["nama"], person["name"], user["username"], user["pegawai"]):
        assert secret not in left
    assert all(
        cookie["value"] in ("Guest", "") for cookie in phone.context.cookies() if cookie["name"] == "sid"
    )
    phone.page.go_back()
    expect(phone.element("login-submit")).to_be_visible(timeout=PATIENCE)
    assert person["nama"] not in phone.page.content()


def test_no_screen_scrolls_sideways_at_360_pixels(new_phone, worker):
    user, client = worker
    phone = new_phone(centre(office(client.places())))
    phone.page.goto(f"{phone.url}/absen")
    expect(phone.element("login-submit")).to_be_visible(timeout=PATIENCE)
    widths = {"login": phone.width_of_content()}
    phone.log_in(user)
    widths["home"] = phone.width_of_content()
    phone.element("punch-masuk").click()
    expect(phone.element("camera-capture")).to_be_visible(timeout=PATIENCE)
    widths["camera"] = phone.width_of_content()
    phone.element("camera-capture").click()
    expect(phone.element("punch-send")).to_be_visible(timeout=PATIENCE)
    widths["review"] = phone.width_of_content()
    phone.element("punch-send").click()
    phone.receipt()
    widths["receipt"] = phone.width_of_content()
    phone.history()
    widths["history"] = phone.width_of_content()
    assert {screen: width for screen, width in widths.items() if width > 360} == {}
