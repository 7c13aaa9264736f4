"""A roll call from BKPSDM's form to the phone on the field, over HTTP and in a real browser."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pages import API, PATIENCE, Point
from playwright.sync_api import expect

from tests.client import CATAT, Client, punch

FIELD = {"latitude": 0.9771, "longitude": 102.6611}


def window(start: int, end: int) -> dict[str, str]:
    """Minutes from now, within today."""
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    first, last = now + timedelta(minutes=start), now + timedelta(minutes=end)
    midnight = now.replace(hour=0, minute=0, second=0)
    first, last = max(first, midnight), min(last, midnight + timedelta(hours=23, minutes=59))
    return {"tanggal": f"{now:%Y-%m-%d}", "mulai": f"{first:%H:%M:00}", "selesai": f"{last:%H:%M:00}"}


@pytest.fixture(scope="module")
def bkpsdm(stack) -> Client:
    return Client(stack, stack.user("BKPSDM"))


@pytest.fixture(scope="module")
def make_event(bkpsdm):
    """``make_event(opd, start, end)``: an event on a field where nobody works."""
    made = bkpsdm.call(
        "POST",
        "/api/resource/OPD Lokasi",
        json={
            "nama_lokasi": "Lapangan Uji",
            "semua_opd": 1,
            "hanya_kegiatan": 1,
            "jenis_area": "Radius",
            "radius": 60,
            **FIELD,
        },
    )
    place = made.json()["data"]["name"]

    def make(opd: str, start: int = -5, end: int = 30) -> str:
        body = {
            "nama_kegiatan": f"Apel Uji {uuid.uuid4().hex[:6]}",
            "jenis_kegiatan": "Upacara",
            "lokasi": place,
            "undangan": [{"opd": opd}],
            **window(start, end),
        }
        return bkpsdm.call("POST", "/api/resource/Kegiatan Apel", json=body).json()["data"]["name"]

    return make


def events(client) -> dict[str, dict]:
    rows = client.message("GET", f"{API}.absensi.hari_ini")["kegiatan"]
    return {row["name"]: row for row in rows}


def punched_at(client) -> set[str]:
    return {name for name, row in events(client).items() if row["absensi"]}


def body(event: str, **values) -> dict:
    return punch(FIELD, jenis="Apel", kegiatan=event, **values)


def test_the_contract_of_a_punch_at_an_event(stack, staff, colleague, make_event):
    mine, theirs = stack.user("Pegawai SPBE")["opd"], stack.user("BKPSDM")["opd"]
    event, foreign = make_event(mine), make_event(theirs)
    early = make_event(mine, 5, 30)
    assert {event, early} <= set(events(staff)) and foreign not in events(staff)
    shown = events(staff)[event]
    assert set(shown) >= {
        "name",
        "nama_kegiatan",
        "jenis_kegiatan",
        "mulai",
        "selesai",
        "status",
        "lokasi",
        "absensi",
    }
    assert shown["absensi"] is None and shown["lokasi"]["nama_lokasi"] == "Lapangan Uji"

    assert staff.refusal("POST", CATAT, json=body(foreign))[1] == "BukanUndangan"
    assert colleague.refusal("POST", CATAT, json=body(event))[1] == "BukanUndangan"
    assert staff.refusal("POST", CATAT, json=body(event, latitude=1.2))[1] == "DiLuarLokasi"
    assert staff.refusal("POST", CATAT, json={**body(event), "jenis": "Pulang"})[1] == "KegiatanBukanApel"
    status, kind, sentence = staff.refusal("POST", CATAT, json=body(early))
    assert (status, kind) == (417, "DiLuarWaktuKegiatan")
    assert events(staff)[early]["mulai"] in sentence and events(staff)[early]["selesai"] in sentence

    sent = body(event)
    first, again = (staff.message("POST", CATAT, json=sent) for _ in range(2))
    assert (first["status"], first["jenis"], first["duplikat"]) == ("Sah", "Apel", False)
    assert (again["name"], again["duplikat"]) == (first["name"], True)
    assert events(staff)[event]["absensi"]["name"] == first["name"]


def test_strength_and_outages_are_not_for_staff(staff, bkpsdm, stack, make_event):
    event = make_event(stack.user("Pegawai SPBE")["opd"])
    strength = f"{API}.apel.kekuatan?kegiatan={event}"
    assert staff.refusal("GET", strength)[0] == 403
    told = bkpsdm.message("GET", strength)
    assert told["total"]["jumlah"] == sum(row["jumlah"] for row in told["baris"]) > 0
    outage = {
        "sebab": "Listrik",
        "dari": "2026-01-05 07:00:00",
        "sampai": "2026-01-05 09:00:00",
        "semua_lokasi": 1,
    }
    assert staff.refusal("POST", "/api/resource/Gangguan Layanan", json=outage)[0] == 403
    made = bkpsdm.call("POST", "/api/resource/Gangguan Layanan", json=outage).json()["data"]
    for method, values in (("berlakukan", {"dasar": "SE 1/2026"}), ("tolak", {"alasan": "Tidak terbukti"})):
        path = f"{API}.gangguan.{method}"
        assert staff.refusal("POST", path, json={"gangguan": made["name"], **values})[0] == 403
    assert bkpsdm.refusal("POST", f"{API}.gangguan.berlakukan", json={"gangguan": made["name"]})[1] == (
        "KeputusanGangguanTidakSah"
    )
    done = bkpsdm.message(
        "POST", f"{API}.gangguan.tolak", json={"gangguan": made["name"], "alasan": "Tidak terbukti"}
    )
    assert done["status"] == "Ditolak"


def test_staff_punch_at_the_event_with_its_own_button(stack, heads, staff_of, make_event, new_phone):
    user = staff_of(heads[0]["opd"], 2)
    client = Client(stack, user)
    event = make_event(user["opd"])
    before = punched_at(client)
    phone = new_phone(Point(**FIELD))
    phone.log_in(user)
    card = phone.element("event-card").filter(has=phone.element("event-punch")).first
    card.get_by_test_id("event-punch").click()
    phone.page.wait_for_url("**/catat/apel/*")
    phone.element("camera-capture").click(timeout=PATIENCE)
    phone.element("punch-send").click(timeout=PATIENCE)
    expect(phone.receipt()).to_contain_text("Apel tercatat")
    expect(phone.element("receipt-status")).to_have_text("Sah")
    assert phone.width_of_content() <= 360
    phone.element("receipt-home").click()
    done = phone.element("event-words").filter(has_text="Tercatat pukul")
    expect(done.first).to_be_visible(timeout=PATIENCE)
    assert len(punched_at(client) - before) == 1
    home = client.message("GET", f"{API}.absensi.hari_ini")
    assert home["jadwal"]["saran"] == "Masuk"
    assert event in events(client)
