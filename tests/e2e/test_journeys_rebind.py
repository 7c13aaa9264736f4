"""Another phone where the setting wants a witness: it keeps its punches until a colleague has confirmed it on its own screen."""

from __future__ import annotations

import pytest
from accessible import violations
from desk import until
from offline import Field
from pages import PATIENCE, Phone, centre, office
from playwright.sync_api import expect

from tests.client import Client

SETTINGS = "/api/resource/Pengaturan Absensi/Pengaturan Absensi"


@pytest.fixture
def admin(stack):
    return Client(stack, stack.user("BKPSDM"))


@pytest.fixture
def person(heads, staff_of):
    return staff_of(heads[1]["opd"], 5)


@pytest.fixture
def place(api, person):
    return centre(office(api(person).places()))


def keys(admin: Client, person: dict, status: str) -> int:
    return len(admin.rows("Perangkat", {"pegawai": person["pegawai"], "status": status}))


@pytest.fixture
def first(new_phone, person, place, admin) -> Phone:
    """The phone that the person has had so far: registered while one could still do so alone."""
    before = keys(admin, person, "Aktif")
    phone = new_phone(place)
    phone.log_in(person)
    until(lambda: keys(admin, person, "Aktif"), before + 1)
    return phone


@pytest.fixture
def witnesses_wanted(first, admin):
    def switch(on: int) -> None:
        answer = admin.call("PUT", SETTINGS, json={"ganti_perangkat_dengan_saksi": on})
        assert answer.status_code == 200, answer.text

    switch(1)
    yield
    switch(0)


def this_phone(phone: Phone):
    """Its row on the account page, which is opened anew."""
    phone.page.goto(f"{phone.url}/absen/akun")
    return phone.element("phone").filter(has_text="ponsel ini")


def confirm(phone: Phone, witness: dict, pin: str | None = None) -> None:
    phone.element("phone-witness-number").fill(witness["username"])
    phone.element("phone-witness-pin").fill(pin or witness["pin"])
    phone.element("phone-witness-send").click()


def test_a_second_phone_waits_for_a_colleague_and_then_takes_the_place_of_the_first(
    first, witnesses_wanted, new_phone, person, place, heads, staff_of, api, admin
):
    waiting = keys(admin, person, "Menunggu Saksi")
    second = Field(new_phone(place), api(person), person)
    second.start()
    kept = second.capture()
    until(lambda: keys(admin, person, "Menunggu Saksi"), waiting + 1)
    expect(this_phone(second.phone)).to_contain_text("Menunggu Saksi", timeout=PATIENCE)
    assert second.new_rows() == {}, "A phone that nobody has confirmed has signed a punch."
    form = second.phone.element("phone-witness")
    expect(form).to_be_visible(timeout=PATIENCE)
    second.phone.element("phone-witness-send").click()
    expect(second.phone.element("phone-witness-number")).to_have_attribute("aria-invalid", "true")
    assert violations(second.phone.page) == []
    assert second.phone.width_of_content() <= 360

    colleague, stranger = staff_of(heads[1]["opd"], 4), staff_of(heads[0]["opd"], 4)
    fault = second.phone.element("phone-witness-fault")
    for witness, sentence in ((person, "rekan yang ada bersama Anda"), (stranger, "dari OPD yang sama")):
        confirm(second.phone, witness)
        expect(fault).to_contain_text(sentence, timeout=PATIENCE)
        expect(second.phone.element("phone-witness-pin")).to_have_value("")
    confirm(second.phone, colleague)
    expect(form).to_have_count(0, timeout=PATIENCE)

    expect(this_phone(second.phone)).to_contain_text("Aktif", timeout=PATIENCE)
    assert (keys(admin, person, "Aktif"), keys(admin, person, "Menunggu Saksi")) == (1, waiting)
    assert keys(admin, person, "Dicabut") >= 1
    second.page.goto(f"{second.phone.url}/absen")
    # Before it has been read the queue looks empty.
    expect(second.phone.element("punch-masuk")).to_be_enabled(timeout=PATIENCE)
    second.drained()
    second.holds(kept)
    (row,) = admin.rows("Perangkat", {"pegawai": person["pegawai"], "status": "Aktif"}, "saksi")
    assert row["saksi"] == colleague["pegawai"]
    head = api(heads[1])

    def told() -> bool:
        params = {"fields": '["subject"]', "order_by": "creation desc", "limit_page_length": 20}
        return "ponsel" in head.call("GET", "/api/resource/Notification Log", params=params).text

    until(told, True)
    assert told()
