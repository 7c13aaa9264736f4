"""A phone that is full: the punch comes before its photo, nothing is said to be kept that is not, and what waits goes out all the same."""

from __future__ import annotations

import pytest
from offline import CATAT, FOTO, Field
from pages import PATIENCE, centre, office
from playwright.sync_api import expect

# Bytes: enough for a punch, not for the photo of a camera that is none.
A_PUNCH = 5_000
NOT_KEPT = "BELUM tersimpan"
NEARLY_FULL = """navigator.storage.estimate = async () => ({ quota: 1e9, usage: 1e9 - 15 * 1024 * 1024 })"""


@pytest.fixture
def field(new_phone, heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 3)
    client = api(user)
    made = Field(new_phone(centre(office(client.places()))), client, user)
    made.start()
    return made


def test_who_is_nearly_out_of_room_is_told_before_it_is_gone(field):
    expect(field.phone.element("room-low")).to_have_count(0)
    field.kill()
    field.phone.context.add_init_script(NEARLY_FULL)
    field.open()
    expect(field.phone.element("room-low")).to_contain_text("kurang dari 20 MB")


def test_a_full_phone_keeps_the_punch_without_its_photo_and_says_so(field):
    phone = field.phone
    field.offline()
    first = field.capture()
    field.leave_room(A_PUNCH)
    second = field.capture("pulang")
    expect(phone.element("queue-row")).to_have_count(2)
    expect(phone.element("queue-row").last).to_contain_text("foto tidak tersimpan")
    expect(phone.element("room-low")).to_be_visible()
    # The page that held the picture is gone, the punch is not.
    field.kill()
    field.open()
    expect(phone.element("queue-row")).to_have_count(2)
    field.offline(False)
    field.drained()
    rows = field.new_rows()
    assert sorted(rows) == sorted((first.id, second.id))
    assert (rows[first.id]["foto_status"], rows[second.id]["foto_status"]) == ("Ada", "Menunggu")


def test_a_picture_without_a_place_goes_out_while_its_page_is_open(field):
    field.offline()
    first = field.capture()
    field.leave_room(A_PUNCH)
    second = field.capture()
    expect(field.phone.element("queue-row").last).to_contain_text("foto tidak tersimpan")
    field.offline(False)
    field.drained()
    field.holds(first, second)


@pytest.mark.parametrize("silence", ["no network", "no answer"])
def test_where_nothing_fits_it_says_what_is_not_kept_and_the_same_press_works_when_there_is_room(
    field, silence
):
    phone = field.phone
    if silence == "no network":
        field.offline()
    else:
        field.page.route(CATAT, lambda route: route.abort())
    first = field.capture()
    field.leave_room(0)
    field.press("pulang")
    expect(phone.element("punch-fault")).to_contain_text(NOT_KEPT, timeout=PATIENCE)
    expect(phone.element("punch-fault")).to_contain_text("Hapus beberapa foto")
    field.leave_room(None)
    phone.element("punch-send").click()
    card = phone.element("receipt-pending")
    expect(card).to_be_visible(timeout=PATIENCE)
    second = card.get_attribute("data-id")
    phone.element("receipt-home").click()
    expect(phone.element("queue-row")).to_have_count(2)
    expect(phone.element("room-low")).to_have_count(0)
    field.page.unroute(CATAT)
    field.offline(False)
    phone.element("queue-send").click()
    field.drained()
    rows = field.new_rows()
    assert sorted(rows) == sorted((first.id, second))
    assert {row["foto_status"] for row in rows.values()} == {"Ada"}


def test_what_waits_on_a_phone_without_any_room_goes_out_once_photos_too(field):
    sent = []
    field.offline()
    captures = [field.capture(), field.capture("pulang")]
    field.leave_room(0)
    for pattern in (CATAT, FOTO):
        field.page.route(pattern, lambda route: (sent.append(route.request.url), route.continue_()))
    field.offline(False)
    field.drained()
    field.holds(*captures)
    # Nothing is sent again and again because its state could not be noted.
    assert len(sent) == 4, sent
    field.kill()
    field.open()
    expect(field.phone.element("queue-row")).to_have_count(0)


def test_whoever_logs_out_of_a_full_phone_leaves_nothing_that_can_be_read(field):
    field.offline()
    done = field.capture()
    field.leave_room(0)
    field.phone.element("logout").click()
    field.phone.element("logout-confirm").click()
    field.offline(False)
    expect(field.phone.element("login-submit")).to_be_visible(timeout=PATIENCE)
    seals = field.page.evaluate(SEALS)
    assert seals == [None]
    field.leave_room(None)
    field.phone.log_in(field.user)
    field.drained()
    field.holds(done)


SEALS = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open('absen-luring')
        asked.onsuccess = () => done(asked.result)
    })
    const people = await new Promise((done) => {
        db.transaction('people').objectStore('people').getAll().onsuccess = (event) => done(event.target.result)
    })
    db.close()
    return people.map(({ seal }) => seal && 'open')
}"""
