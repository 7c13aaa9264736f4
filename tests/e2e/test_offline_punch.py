"""Punches without a network, with a bad one, and with a clock that was moved: none lost, none doubled, each in its interval."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from offline import CATAT, MANY, Captured, Field, now
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

HARI_INI, INFO, JANGKAR = (
    "**/api/method/spbe_attendance.api.absensi.hari_ini*",
    "**/api/method/spbe_attendance.api.sesi.info*",
    "spbe_attendance.api.perangkat.jangkar",
)
WORKER = Path(__file__).parents[2] / "apps/spbe_attendance/spbe_attendance/public/frontend/sw.js"
BUSY = {
    "status": 503,
    "headers": {"Retry-After": "20", "Content-Type": "application/json"},
    "body": '{"exc_type": "SistemSibuk"}',
}
# Date alone is moved: the counter of the browser is not for sale.
MOVABLE = """(() => {
    const Real = Date
    window.shift = 0
    window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + window.shift) }
        static now() { return Real.now() + window.shift }
    }
})()"""


@pytest.fixture
def field(new_phone, heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 2)
    client = api(user)
    made = Field(new_phone(centre(office(client.places()))), client, user)
    made.start()
    return made


def test_without_a_network_it_opens_punches_shows_what_waits_and_sends_it(field):
    phone = field.phone
    field.offline()
    first = field.capture()
    expect(phone.element("queue-row")).to_have_attribute("data-state", "menunggu")
    expect(phone.element("badge")).to_contain_text("1")
    # The page that had met the server is gone.
    field.kill()
    field.open()
    expect(phone.element("unproven")).to_be_visible()
    expect(phone.element("server-time")).to_have_text(re.compile(r"\d\d[.:]\d\d"))
    field.press("pulang")
    card = phone.element("receipt-pending")
    expect(card).to_contain_text("Tersimpan di ponsel pukul", timeout=PATIENCE)
    expect(card).to_contain_text("Menunggu sinyal")
    expect(phone.element("proof-warning")).to_be_visible()
    second = Captured(card.get_attribute("data-id"), now() - timedelta(seconds=5), now())
    assert field.new_rows() == {}
    field.offline(False)
    expect(phone.element("receipt-sent")).to_be_visible(timeout=PATIENCE)
    phone.element("receipt-home").click()
    field.drained()
    expect(phone.element("badge")).to_have_count(0)
    field.holds(first, second)


def test_fifty_punches_wait_and_arrive_in_their_order_each_once(field):
    field.offline()
    start = now()
    ids = field.page.evaluate(MANY, 50)
    end = now()
    assert len(set(ids)) == 50
    expect(field.phone.element("queue-row")).to_have_count(50)
    field.offline(False)
    field.drained()
    field.holds(*(Captured(each, start, end) for each in ids), width=timedelta(seconds=10))
    rows = field.new_rows()
    times = [rows[each]["waktu"] for each in ids]
    assert times == sorted(times)
    assert [rows[each]["waktu_tiba"] for each in ids] == sorted(rows[each]["waktu_tiba"] for each in ids)


def test_a_slow_and_a_flapping_line_lose_and_double_nothing(field):
    wire = field.phone.context.new_cdp_session(field.page)
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    captures = [field.capture("masuk")]
    for turn in range(4):
        field.offline(turn % 2 == 0)
        captures.append(field.capture("pulang"))
        field.offline(turn % 2 == 1)
    field.offline(False)
    field.drained()
    field.holds(*captures, width=timedelta(seconds=10))


def test_a_moved_clock_changes_the_width_of_the_interval_never_its_truth(field):
    field.kill()
    field.phone.context.add_init_script(MOVABLE)
    field.open()
    # The time of the server has been there once more.
    expect(field.phone.element("unproven")).to_have_count(0)
    field.page.wait_for_load_state("networkidle")
    field.offline()
    captures = []
    for hours in (-3, 2):
        field.page.evaluate(f"window.shift = {hours} * 3600_000")
        captures.append(field.capture())
    field.page.evaluate("window.shift = 0")
    field.offline(False)
    field.drained()
    field.holds(*captures)


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(field):
    asked = []

    def busy(route):
        asked.append(now())
        if len(asked) > 1:
            route.continue_()
            return
        route.fulfill(
            status=503,
            headers={"Retry-After": "4", "Content-Type": "application/json"},
            body='{"exc_type": "SistemSibuk"}',
        )

    field.page.route(CATAT, busy)
    done = field.capture()
    field.phone.element("queue-send").click()
    field.drained()
    assert asked[1] - asked[0] >= timedelta(seconds=4)
    field.holds(done)


def test_who_opens_while_home_screens_are_put_off_proves_their_punch_all_the_same(field):
    phone = field.phone
    phone.context.route(HARI_INI, lambda route: route.fulfill(**BUSY))
    # The page that had met the server is gone, and its counter with it.
    field.kill()
    with phone.context.expect_event("response", lambda answer: answer.ok and JANGKAR in answer.url):
        field.open()
    expect(phone.element("crowded")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("unproven")).to_have_count(0)
    field.offline()
    done = field.capture()
    field.page.wait_for_timeout(15_000)
    field.offline(False)
    field.drained()
    field.holds(done, width=timedelta(seconds=10))


def test_who_opens_while_the_server_has_no_time_to_say_who_they_are_punches_all_the_same(field):
    phone = field.phone
    turned_away = []

    def busy(route):
        turned_away.append(route.request.url)
        route.fulfill(**BUSY)

    for address in (HARI_INI, INFO):
        phone.context.route(address, busy)
    field.kill()
    field.open()
    done = field.capture()
    field.drained()
    field.holds(done, width=timedelta(seconds=10))
    assert any("sesi.info" in url for url in turned_away)
    # Only a phone that has no token hurries.
    assert not any("segera" in url for url in turned_away)


def test_an_update_of_the_app_keeps_what_waits(field):
    phone = field.phone
    old = WORKER.read_bytes()
    try:
        WORKER.write_bytes(old + b"\n// another version\n")
        field.page.evaluate("navigator.serviceWorker.getRegistration('/absen').then((own) => own.update())")
        expect(phone.element("update")).to_be_visible(timeout=PATIENCE)
        # From here on nothing gets out, not by the worker either, which the browser wakes as soon as it sees a network.
        field.offline()
        done = field.capture()
        expect(phone.element("queue-row")).to_have_count(1)
        with field.page.expect_navigation():
            phone.element("update").click()
        expect(phone.element("queue-row")).to_have_attribute("data-id", done.id, timeout=PATIENCE)
        assert field.new_rows() == {}
        field.offline(False)
        field.drained()
    finally:
        WORKER.write_bytes(old)
    field.holds(done)
