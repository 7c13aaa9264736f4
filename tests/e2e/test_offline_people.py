"""Two people on one phone, a refusal out in the field, and a phone that is full."""

from __future__ import annotations

import pytest
from offline import DUMP, Field
from pages import API, PATIENCE, centre, just_outside, office
from playwright.sync_api import expect

# Of the session that this browser has.
TOKEN = f"fetch('{API}.sesi.info').then((answer) => answer.json()).then(({{message}}) => message.csrf_token)"


@pytest.fixture
def two(new_phone, heads, staff_of, api):
    """Two of one office, and the phone that they share."""
    users = [staff_of(heads[1]["opd"], index) for index in (2, 3)]
    clients = [api(user) for user in users]
    phone = new_phone(centre(office(clients[0].places())))
    return [Field(phone, client, user) for client, user in zip(clients, users, strict=True)]


def leave(field: Field) -> None:
    field.phone.element("logout").click()
    if field.phone.element("logout-confirm").count():
        field.phone.element("logout-confirm").click()
    expect(field.phone.element("login-submit")).to_be_visible(timeout=PATIENCE)


def test_what_waits_stays_sealed_to_its_person_on_a_borrowed_phone(two):
    owner, guest = two
    phone = owner.phone
    person = guest.api.message(f"{API}.absensi.hari_ini")["pegawai"]
    guest.start()
    token = phone.page.evaluate(TOKEN)
    assert token in phone.page.evaluate(DUMP)
    guest.offline()
    waiting = guest.capture()
    phone.element("logout").click()
    expect(phone.element("logout-waiting")).to_contain_text("tersegel")
    phone.element("logout-confirm").click()
    notice = phone.element("login-waiting")
    expect(notice).to_contain_text("Ada 1 absen menunggu", timeout=PATIENCE)
    assert person["nama"] not in phone.page.content()
    kept = phone.page.evaluate(DUMP)
    assert waiting.id in kept
    for secret in (person["nama"], guest.user["username"], token, "latitude", "foto_sha256", "JFIF"):
        assert secret not in kept

    owner.offline(False)
    owner.start()
    expect(phone.element("queue")).to_have_count(0)
    own = owner.capture()
    owner.drained()
    assert guest.new_rows() == {}
    leave(owner)
    expect(phone.element("login-waiting")).to_be_visible(timeout=PATIENCE)

    phone.log_in(guest.user)
    guest.drained()
    guest.holds(waiting)
    owner.holds(own)
    leave(guest)
    expect(phone.element("login-waiting")).to_have_count(0)
    assert phone.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_a_refusal_that_comes_later_is_explained_settled_or_dropped(two):
    field, _other = two
    phone = field.phone
    phone.stand_at(just_outside(field.api.places(), 500))
    field.start()
    field.offline()
    first, second = field.capture(), field.capture("pulang")
    field.offline(False)
    rows = phone.element("queue-row")
    expect(phone.page.locator("[data-testid=queue-row][data-state=ditolak]")).to_have_count(
        2, timeout=PATIENCE
    )
    expect(rows.first).to_contain_text(office(field.api.places())["nama_lokasi"])
    assert field.new_rows() == {}

    rows.first.get_by_test_id("queue-reason").click()
    phone.give_reason("Rapat di kecamatan")
    expect(rows).to_have_count(1, timeout=PATIENCE)
    rows.first.get_by_test_id("queue-discard").click()
    phone.element("discard-confirm").click()
    field.drained()
    field.holds(first)
    assert second.id not in field.new_rows()


# Another program's data until nothing more goes in.
FILL = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open('penuh')
        asked.onupgradeneeded = () => asked.result.createObjectStore('isi', { autoIncrement: true })
        asked.onsuccess = () => done(asked.result)
    })
    for (const size of [1 << 20, 1 << 16, 1 << 12])
        while (await new Promise((done) => {
            const tx = db.transaction('isi', 'readwrite')
            tx.objectStore('isi').put(crypto.getRandomValues(new Uint8Array(Math.min(size, 65536))))
            for (let more = 1; more < size / 65536; more += 1)
                tx.objectStore('isi').put(crypto.getRandomValues(new Uint8Array(65536)))
            tx.oncomplete = () => done(true)
            tx.onabort = () => done(false)
        }));
    db.close()
}"""


def test_a_phone_without_a_free_byte_says_so_and_punches_with_a_network(two):
    field, _other = two
    wire = field.phone.context.new_cdp_session(field.page)
    wire.send("Storage.overrideQuotaForOrigin", {"origin": field.phone.url, "quotaSize": 3_000_000})
    field.start()
    field.page.evaluate(FILL)
    field.offline()
    field.press()
    # Not a byte more: nothing is promised that cannot be kept.
    expect(field.phone.element("punch-fault")).to_be_visible(timeout=PATIENCE)
    field.offline(False)
    field.phone.element("punch-send").click()
    expect(field.phone.receipt()).to_be_visible()
    field.phone.element("receipt-home").click()
    expect(field.phone.element("room-low")).to_be_visible(timeout=PATIENCE)
    assert len(field.new_rows()) == 1
