"""What the product is for, from the phone to the head's decision and back, in a real browser."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from pages import API, PATIENCE, centre, just_outside, office
from playwright.sync_api import expect

PENDING = "Menunggu Persetujuan"


def punch_outside(phone, places, reason: str, kind: str = "masuk") -> None:
    phone.stand_at(just_outside(places, 500))
    phone.photograph_and_send(kind)
    expect(phone.element("reason-refusal")).to_be_visible(timeout=PATIENCE)
    phone.give_reason(reason)
    expect(phone.element("receipt-status")).to_have_text(PENDING, timeout=PATIENCE)


def name_of(client, reason: str) -> str:
    """The row in which somebody gave this reason."""
    rows = client.message(f"{API}.absensi.hari_ini")["absensi"]
    return next(row["name"] for row in rows if row["alasan"] == reason)


@pytest.fixture
def worker(heads, staff_of, api):
    """One of the first head's staff: log-in, session, places."""
    user = staff_of(heads[0]["opd"], 0)
    client = api(user)
    return user, client, client.places()


def test_a_punch_inside_is_valid_and_stands_in_desk(new_phone, new_desk, heads, worker):
    user, client, places = worker
    before = {row["name"] for row in client.message(f"{API}.absensi.hari_ini")["absensi"]}
    phone = new_phone(centre(office(places)))
    phone.log_in(user)
    expect(phone.element("server-time")).to_have_text(re.compile(r"\d\d[.:]\d\d"))
    phone.photograph_and_send("masuk")
    receipt = phone.receipt()
    expect(phone.element("receipt-status")).to_have_text("Sah")
    expect(receipt).to_contain_text(office(places)["nama_lokasi"])
    expect(phone.element("photo-state")).to_have_attribute("data-state", "sent", timeout=PATIENCE)

    rows = client.message(f"{API}.absensi.hari_ini")["absensi"]
    (name,) = {row["name"] for row in rows} - before
    desk = new_desk(heads[0])
    form = desk.open_row(desk.list_of(pegawai=user["pegawai"], name=name), name)
    expect(form).to_contain_text("Sah")
    expect(form).to_contain_text(office(places)["nama_lokasi"])


def test_outside_without_a_reason_is_refused_with_the_nearest_place_and_how_far_it_is(new_phone, worker):
    user, client, places = worker
    before = client.message(f"{API}.absensi.hari_ini")["absensi"]
    place = office(places)
    phone = new_phone(just_outside(places, 500))
    phone.log_in(user)
    phone.photograph_and_send("pulang")
    refusal = phone.element("reason-refusal")
    expect(refusal).to_contain_text(place["nama_lokasi"], timeout=PATIENCE)
    (metres,) = re.findall(r"(\d+) m\b", refusal.inner_text())
    assert abs(int(metres) - 500) <= 8
    assert client.message(f"{API}.absensi.hari_ini")["absensi"] == before


def test_an_exception_goes_to_the_right_head_who_approves_it_and_the_person_sees_it(
    new_phone, new_desk, heads, worker
):
    user, client, places = worker
    reason = f"Rapat di kecamatan {uuid.uuid4().hex[:8]}"
    phone = new_phone()
    phone.stand_at(centre(office(places)))
    phone.log_in(user)
    punch_outside(phone, places, reason)
    name = name_of(client, reason)

    desk = new_desk(heads[0])
    rows = desk.list_of(pegawai=user["pegawai"], status=PENDING)
    form = desk.open_row(rows, name)
    expect(form).to_contain_text(reason)
    desk.act("Setujui")
    expect(form).to_contain_text("Disetujui", timeout=PATIENCE)

    punch = phone.history().locator("li").filter(has_text=reason)
    expect(punch).to_contain_text("Disetujui")
    expect(punch).not_to_contain_text(PENDING)


def test_a_rejection_reaches_the_person_too(new_phone, new_desk, heads, staff_of, api):
    user = staff_of(heads[1]["opd"], 0)
    client = api(user)
    reason = f"Mengantar surat {uuid.uuid4().hex[:8]}"
    phone = new_phone(centre(office(client.places())))
    phone.log_in(user)
    punch_outside(phone, client.places(), reason, "pulang")
    name = name_of(client, reason)
    desk = new_desk(heads[1])
    form = desk.open_row(desk.list_of(pegawai=user["pegawai"], status=PENDING), name)
    desk.act("Tolak")
    expect(form).to_contain_text("Ditolak", timeout=PATIENCE)
    expect(phone.history().locator("li").filter(has_text=reason)).to_contain_text("Ditolak")


def test_the_head_of_another_opd_neither_sees_nor_opens_nor_decides_it(
    new_phone, new_desk, heads, worker, api
):
    user, client, places = worker
    reason = f"Kunjungan lapangan {uuid.uuid4().hex[:8]}"
    person = client.message(f"{API}.absensi.hari_ini")["pegawai"]["nama"]
    phone = new_phone(centre(office(places)))
    phone.log_in(user)
    punch_outside(phone, places, reason)
    name = name_of(client, reason)

    other = api(heads[1])
    assert other.call("GET", f"/api/resource/Absensi/{name}").status_code == 403
    listed = other.call("GET", "/api/resource/Absensi", params={"filters": json.dumps({"name": name})})
    assert listed.json()["data"] == []
    assert decide(other, name) in (403, 417)
    desk = new_desk(heads[1])
    # Newest first: were it visible, it would stand at the top.
    rows = desk.list_of(status=PENDING)
    expect(rows.locator(f"a[href$='/absensi/{name}']")).to_have_count(0)
    expect(rows.filter(has_text=person)).to_have_count(0)
    desk.open(name)
    expect(desk.page.locator("body")).not_to_contain_text(reason)
    expect(desk.actions()).to_have_count(0)
    assert client.call("GET", f"/api/resource/Absensi/{name}").json()["data"]["status"] == PENDING


def decide(client, name: str) -> int:
    """What the workflow answers to an approval, the document being what the client claims it to be."""
    doc = {"doctype": "Absensi", "name": name}
    answer = client.call(
        "POST",
        "/api/method/frappe.model.workflow.apply_workflow",
        json={"doc": json.dumps(doc), "action": "Setujui"},
    )
    return answer.status_code


def test_nobody_approves_an_own_exception(new_phone, new_desk, heads, api):
    head, reason = heads[0], f"Rapat pimpinan {uuid.uuid4().hex[:8]}"
    client = api(head)
    phone = new_phone(centre(office(client.places())))
    phone.log_in(head)
    punch_outside(phone, client.places(), reason)
    name = name_of(client, reason)

    desk = new_desk(head)
    desk.open(name)
    expect(desk.form()).to_contain_text(reason)
    expect(desk.actions()).to_have_count(0)
    assert decide(client, name) in (403, 417)
    assert client.call("GET", f"/api/resource/Absensi/{name}").json()["data"]["status"] == PENDING
