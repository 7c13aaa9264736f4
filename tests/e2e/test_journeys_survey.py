"""A head surveys a place on the phone, half of it without a network; who keeps places applies it."""

from __future__ import annotations

import uuid

from pages import API, PATIENCE, Phone, Point
from playwright.sync_api import expect

MIDDLE = Point(0.905, 102.96)
SECONDS, FIXES = 30, 9


def stand_still(phone: Phone, point: Point, number: int) -> None:
    """Half a minute at one station: the clock runs ahead, the receiver jitters by a metre."""
    phone.stand_at(point, accuracy=6)
    phone.element("measure").click()
    for step in range(FIXES):
        # The clock goes on by itself, too: half a minute may be over before the last step.
        if phone.element("station").count() == number:
            break
        before = phone.element("fixes").inner_text()
        phone.stand_at(point.moved(1, 2.4 * (step + 1)), accuracy=6 + 0.1 * step)
        expect(phone.element("fixes")).not_to_have_text(before, timeout=PATIENCE)
        phone.page.clock.run_for(1000 * SECONDS // (FIXES - 1))
    expect(phone.element("station")).to_have_count(number, timeout=PATIENCE)


def test_two_stations_on_the_phone_become_a_place(new_phone, api, heads, stack):
    head, name = heads[0], f"Pos survei {uuid.uuid4().hex[:6]}"
    phone = new_phone(MIDDLE)
    phone.page.clock.install()
    phone.log_in(head)
    phone.page.goto(f"{phone.url}/absen/akun")
    phone.element("open-survey").click(timeout=PATIENCE)
    phone.page.locator("#opd").select_option(head["opd"], timeout=PATIENCE)
    phone.page.locator("#nama").fill(name)
    stand_still(phone, MIDDLE.moved(25, 0), 1)
    stand_still(phone, MIDDLE.moved(25, 3.14159), 2)
    expect(phone.element("survey-proposal")).to_contain_text("30 m")
    assert phone.width_of_content() <= 360

    # No signal where the place is: kept, and sent by itself later.
    phone.context.set_offline(True)
    phone.element("survey-send").click()
    expect(phone.element("survey-waiting")).to_contain_text(name, timeout=PATIENCE)
    phone.context.set_offline(False)
    expect(phone.element("survey-waiting")).to_have_count(0, timeout=PATIENCE)

    keeper = api(stack.user("BKPSDM"))
    answer = keeper.call("GET", f'/api/resource/Survei Lokasi?filters={{"nama_lokasi": "{name}"}}')
    (survey,) = answer.json()["data"]
    answer = keeper.call("POST", f"{API}.lokasi.terapkan_survei", json=survey)
    place = answer.json()["message"]["lokasi"]
    row = keeper.call("GET", f"/api/resource/OPD Lokasi/{place}").json()["data"]
    assert Point(row["latitude"], row["longitude"]).metres_to(MIDDLE) < 3
    assert (row["opd"], row["radius"], row["survei"]) == (head["opd"], 30, survey["name"])
    for doctype, made in (("OPD Lokasi", place), ("Survei Lokasi", survey["name"])):
        assert keeper.call("DELETE", f"/api/resource/{doctype}/{made}").status_code == 202
