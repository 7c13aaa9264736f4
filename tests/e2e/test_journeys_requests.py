"""Permits, corrections and appeals: asked for on the phone, decided by the head, and seen again by the person."""

from __future__ import annotations

import os
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from accessible import GRAVE, violations
from pages import API, PATIENCE, centre, office
from PIL import Image
from playwright.sync_api import expect

PERMITS = f"{API}.permohonan"
ENDED = ("Ditolak", "Dibatalkan")
PDF = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 surat tugas"}


def working_day(client, back: int = 0) -> str:
    """The ``back``-th weekday before today, by the server's calendar; 0 is today if it is one."""
    day = datetime.fromisoformat(client.message(f"{API}.absensi.hari_ini")["waktu_server"]).date()
    while True:
        if day.weekday() < 5:
            if back == 0:
                return day.isoformat()
            back -= 1
        day -= timedelta(days=1)


def post(client, path: str, **values):
    answer = client.call("POST", path, json=values)
    assert answer.status_code == 200, answer.text
    return answer.json()["message"]


def own(client, day: str) -> dict[str, list[dict]]:
    return client.message(f"{PERMITS}.permohonan_saya?tahun={day[:4]}")


def clear(client, bkpsdm, day: str) -> None:
    """Permits of an earlier run on that day are taken back."""
    for row in own(client, day)["ketidakhadiran"]:
        if row["status"] not in ENDED and row["dari"] <= day <= row["sampai"]:
            post(bkpsdm, f"{PERMITS}.batalkan_ketidakhadiran", name=row["name"], alasan="Uji ulang")


def refuse(client, doctype: str, name: str) -> None:
    post(
        client, f"{PERMITS}.putuskan", doctype=doctype, name=name, tindakan="Tolak", catatan="Sudah diperiksa"
    )


@pytest.fixture
def bkpsdm(stack, api):
    return api(stack.user("BKPSDM"))


@pytest.fixture
def boss(heads, api):
    return api(heads[0])


@pytest.fixture
def worker(heads, staff_of, api):
    """One of the first head's staff whose employment knows annual leave."""
    for index in range(3, 10):
        user = staff_of(heads[0]["opd"], index)
        client = api(user)
        kinds = client.message(f"{PERMITS}.isian")["jenis"]
        if "CT" in [kind["kode"] for kind in kinds]:
            return user, client
    return pytest.fail("Nobody of this OPD has annual leave.")


@pytest.fixture
def phone(new_phone, worker):
    user, client = worker
    found = new_phone(centre(office(client.places())))
    found.log_in(user)
    return found


def open_form(phone, path: str, element: str):
    phone.page.goto(f"{phone.url}/absen/permohonan/{path}")
    expect(phone.element(element)).to_be_visible(timeout=PATIENCE)


def ask_for_permit(phone, kind: str, first: str, last: str, reason: str) -> None:
    open_form(phone, "izin", "permit-kind")
    phone.element("permit-kind").select_option(kind)
    phone.element("permit-from").fill(first)
    phone.element("permit-until").fill(last)
    phone.element("permit-reason").fill(reason)


def ask_for_correction(phone, day: str, clock: str) -> None:
    open_form(phone, f"koreksi?tanggal={day}", "correction-date")
    phone.page.get_by_label("Lupa absen").check()
    phone.page.get_by_label("Masuk", exact=True).check()
    phone.element("correction-time").fill(clock)
    phone.element("correction-reason").fill("Langsung bertugas di loket")


def kode(client, day: str) -> str:
    days = client.message(f"{API}.absensi.riwayat?bulan={day[:7]}")["hari"]
    found = next((row["rekap"] for row in days if row["tanggal"] == day), None)
    return found["kode"] if found else ""


def until_computed(client, day: str, code: str = "") -> None:
    """The background job computes what a decision touches; without a code, whatever comes out."""
    end = time.monotonic() + 2 * PATIENCE / 1000
    while not (found := kode(client, day)) or (code and code not in found.split(",")):
        assert time.monotonic() < end, f"{day} is {found!r} and not {code}."
        time.sleep(1)


@pytest.fixture
def yesterday(worker, bkpsdm) -> str:
    """The working day before today, closed by BKPSDM."""
    _user, client = worker
    day = working_day(client, 1)
    post(bkpsdm, f"{API}.rekap.tutup_hari", tanggal=day)
    until_computed(client, day)
    return day


def test_a_permit_is_approved_in_desk_and_changes_the_day(phone, new_desk, worker, heads, bkpsdm):
    _user, client = worker
    day, reason = working_day(client), f"Keperluan keluarga {uuid.uuid4().hex[:6]}"
    clear(client, bkpsdm, day)
    ask_for_permit(phone, "I", day, day, reason)
    answer = phone.send_request("ajukan_ketidakhadiran")["message"]
    expect(phone.element("request-sent")).to_contain_text("Permohonan terkirim")
    expect(phone.element("request-words")).to_have_text(answer["penjelasan"])
    phone.element("request-list").click()
    row = phone.element("requests").locator(f"[data-name='{answer['name']}']")
    expect(row).to_contain_text("Menunggu", timeout=PATIENCE)
    expect(row).to_contain_text(reason)

    desk = new_desk(heads[0])
    while (status := mine(client, day, answer["name"])["status"]) != "Disetujui":
        assert status.startswith("Menunggu")
        desk.decide("Ketidakhadiran", answer["name"], "Setujui")

    expect(phone.request(answer["name"])).to_contain_text("Disetujui")
    until_computed(client, day, "I")
    expect(phone.day(day).get_by_test_id("day-result")).to_contain_text("Izin")
    phone.page.goto(f"{phone.url}/absen")
    if day == client.message(f"{API}.absensi.hari_ini")["jadwal"]["tanggal"]:
        expect(phone.element("today-result")).to_contain_text("Izin", timeout=PATIENCE)
    clear(client, bkpsdm, day)


def mine(client, day: str, name: str) -> dict:
    return next(row for row in own(client, day)["ketidakhadiran"] if row["name"] == name)


def test_more_leave_than_is_left_is_refused_in_words_and_what_was_typed_stays(phone, worker):
    _user, client = worker
    year = date.fromisoformat(working_day(client)).year + 1
    ask_for_permit(phone, "CT", f"{year}-03-01", f"{year}-04-30", "Libur panjang keluarga")
    before = len(own(client, f"{year}-03-01")["ketidakhadiran"])
    refusal = phone.send_request("ajukan_ketidakhadiran")
    assert refusal["exc_type"] == "SaldoCutiTidakCukup"
    expect(phone.element("request-fault")).to_contain_text("Cuti tahunan")
    expect(phone.element("request-fault")).to_contain_text(str(year))
    expect(phone.element("permit-reason")).to_have_value("Libur panjang keluarga")
    assert len(own(client, f"{year}-03-01")["ketidakhadiran"]) == before


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_sent(phone):
    open_form(phone, "izin", "permit-kind")
    sent = []
    phone.page.on("request", lambda request: sent.append(request.url))
    phone.element("request-send").click()
    expect(phone.element("jenis-fault")).to_have_text("Pilih jenisnya.")
    expect(phone.element("permit-kind")).to_be_focused()
    phone.element("permit-kind").select_option("DL")
    expect(phone.element("jenis-fault")).to_have_text("")
    expect(phone.element("lampiran-fault")).to_have_text("Lampirkan surat untuk jenis ini.")
    phone.element("lampiran-berkas").set_input_files(
        {"name": "catatan.txt", "mimeType": "text/plain", "buffer": b"bukan surat"}
    )
    expect(phone.element("lampiran-fault")).to_contain_text("bukan PDF atau gambar")
    assert not [url for url in sent if "ajukan" in url]


def test_a_duty_order_goes_with_its_letter_and_is_taken_back_while_it_waits(phone, worker, bkpsdm):
    _user, client = worker
    day = working_day(client)
    clear(client, bkpsdm, day)
    ask_for_permit(phone, "DL", day, day, "Rapat koordinasi provinsi")
    phone.element("permit-letter-number").fill("094/ST/2026")
    phone.element("permit-place").fill("Pekanbaru")
    phone.element("lampiran-berkas").set_input_files(PDF)
    expect(phone.element("lampiran-siap")).to_contain_text("surat.pdf")
    name = phone.send_request("ajukan_ketidakhadiran")["message"]["name"]
    row = phone.request(name)
    expect(row).to_contain_text("094/ST/2026")
    letter = row.get_by_role("link", name="Lihat lampiran").get_attribute("href")
    assert client.call("GET", letter).content == PDF["buffer"]

    row.get_by_test_id("request-cancel").click()
    phone.element("note-confirm").click()
    expect(phone.element("catatan-fault")).to_contain_text("paling sedikit 5 huruf")
    phone.element("note").fill("Rapat diundur")
    phone.element("note-confirm").click()
    expect(phone.element("requests").locator(f"[data-name='{name}']")).to_contain_text(
        "Dibatalkan", timeout=PATIENCE
    )
    assert mine(client, day, name)["alasan_batal"] == "Rapat diundur"


def test_a_photographed_letter_is_made_small_enough(phone, tmp_path):
    open_form(phone, "izin", "permit-kind")
    photo = tmp_path / "surat.png"
    noise(photo)
    assert photo.stat().st_size > 3 * 1024 * 1024
    phone.element("lampiran-kamera").set_input_files(photo)
    ready = phone.element("lampiran-siap")
    expect(ready).to_contain_text("surat.jpg", timeout=PATIENCE)
    assert 0 < int(ready.inner_text().split(",")[1].split()[0]) <= 1024


def noise(path: Path) -> None:
    """A picture that no encoder makes small: as heavy as a phone's photo."""

    Image.frombytes("L", (2400, 1800), os.urandom(2400 * 1800)).save(path)


def ask_with_witness(phone, client, day: str) -> str:
    """A correction of a forgotten punch, from the day in the history; answers its name."""
    phone.day(day).get_by_test_id("day-correct").click()
    expect(phone.element("correction-date")).to_have_value(day, timeout=PATIENCE)
    ask_for_correction(phone, day, "06:31")
    phone.element("request-send").click()
    expect(phone.element("saksi-fault")).to_contain_text("Pilih rekan")
    witness = colleague(client)
    phone.element("witness-search").fill(witness["nama"][:6])
    phone.element("witness-list").get_by_role("button", name=witness["nama"]).click(timeout=PATIENCE)
    expect(phone.element("witness")).to_contain_text(witness["nama"])
    name = phone.send_request("ajukan_koreksi")["message"]["name"]
    expect(phone.request(name)).to_contain_text("Menunggu Persetujuan")
    (stored,) = [row for row in own(client, day)["koreksi"] if row["name"] == name]
    assert (stored["saksi"], stored["waktu"]) == (witness["name"], f"{day} 06:31:00")
    return name


def test_a_correction_that_is_refused_says_why(phone, worker, boss, yesterday):
    _user, client = worker
    for row in own(client, yesterday)["koreksi"]:
        if row["status"].startswith("Menunggu"):
            refuse(boss, "Koreksi Absensi", row["name"])
    name = ask_with_witness(phone, client, yesterday)
    refuse(boss, "Koreksi Absensi", name)
    row = phone.request(name)
    expect(row).to_contain_text("Ditolak")
    expect(row).to_contain_text("Sudah diperiksa")


@pytest.fixture
def uncorrected(stack, heads, api, yesterday):
    """Somebody of the first head's staff who has asked for no correction this month: an approved one stays."""
    for user in stack.users:
        if user["role"] == "Pegawai SPBE" and user["opd"] == heads[0]["opd"]:
            client = api(user)
            if all(row["status"] == "Ditolak" for row in own(client, yesterday)["koreksi"]):
                return user, client
    return pytest.fail("Everybody has a correction by now: make the demo data anew.")


def test_an_approved_correction_is_a_punch_of_that_day(new_phone, uncorrected, boss, yesterday):
    user, client = uncorrected
    phone = new_phone(centre(office(client.places())))
    phone.log_in(user)
    name = ask_with_witness(phone, client, yesterday)
    post(boss, f"{PERMITS}.putuskan", doctype="Koreksi Absensi", name=name, tindakan="Setujui")
    expect(phone.request(name)).to_contain_text("Disetujui")
    expect(phone.day(yesterday)).to_contain_text("Masuk 06:31")
    until_explained(client, yesterday, "06.31")
    shown = phone.day(yesterday)
    shown.get_by_text("Mengapa?").click()
    expect(shown.get_by_test_id("day-result")).to_contain_text("06.31")


def until_explained(client, day: str, words: str) -> None:
    """The result of the day is computed again with the new punch."""
    end = time.monotonic() + 2 * PATIENCE / 1000
    while words not in (found := explanation(client, day)):
        assert time.monotonic() < end, found
        time.sleep(1)


def explanation(client, day: str) -> str:
    days = client.message(f"{API}.absensi.riwayat?bulan={day[:7]}")["hari"]
    (found,) = [row for row in days if row["tanggal"] == day]
    return " ".join(reason["teks"] for reason in found["rekap"]["penjelasan"])


def colleague(client) -> dict:
    found = [row for part in ("ari", "ita", "usa", "ani") for row in witnesses(client, part)]
    assert found, "Nobody of this OPD is found by a part of a name."
    return found[0]


def witnesses(client, part: str) -> list[dict]:
    return client.message(f"{PERMITS}.cari_saksi?cari={part}")


def test_an_appeal_is_decided_by_the_head_on_the_phone_with_an_answer(
    new_phone, phone, worker, heads, boss, yesterday
):
    _user, client = worker
    day = yesterday
    for row in own(client, day)["sanggah"]:
        if row["tanggal"] == day and row["status"] == "Diajukan":
            refuse_appeal(boss, row["name"])
    result = phone.day(day)
    result.get_by_text("Mengapa?").click()
    expect(result.get_by_test_id("day-result").locator("li").first).to_be_visible()
    result.get_by_test_id("day-appeal").click()
    expect(phone.element("appeal-date")).to_have_value(day, timeout=PATIENCE)
    expect(phone.element("day-result")).to_be_visible(timeout=PATIENCE)
    phone.element("appeal-text").fill("Saya bertugas di posko sejak pagi")
    name = phone.send_request("ajukan_sanggah")["message"]["name"]
    expect(phone.request(name)).to_contain_text("Diajukan")

    head = new_phone(centre(office(boss.places())))
    head.log_in(heads[0])
    # What waits is decided in one place; this page leads there.
    head.requests()
    head.element("to-approvals").click()
    card = head.approval(name)
    expect(card).to_contain_text("Saya bertugas di posko")
    card.get_by_test_id("reject").click()
    head.element("note-confirm").click()
    expect(head.element("catatan-fault")).to_contain_text("paling sedikit 5 huruf")
    head.element("note").fill("Tidak ada dalam daftar petugas posko")
    head.confirm_decision()

    row = phone.request(name)
    expect(row).to_contain_text("Ditolak")
    expect(row).to_contain_text("Tidak ada dalam daftar petugas posko")


def refuse_appeal(client, name: str) -> None:
    refuse(client, "Sanggah", name)


SCREENS = {
    "home": ("", "punch-masuk"),
    "history": ("/riwayat", "history-list"),
    "requests": ("/permohonan", "requests"),
    "permit": ("/permohonan/izin", "permit-kind"),
    "correction": ("/permohonan/koreksi", "correction-date"),
    "appeal": ("/permohonan/sanggah", "appeal-text"),
    "punch": ("/catat/masuk", "camera-capture"),
}


def test_no_screen_keeps_anybody_out_or_scrolls_sideways(new_phone, phone, yesterday):
    stranger = new_phone()
    stranger.page.goto(f"{stranger.url}/absen/login")
    expect(stranger.element("login-submit")).to_be_visible(timeout=PATIENCE)
    faults = {"login": violations(stranger.page, impacts=GRAVE)}
    widths = {}
    for name, (path, element) in SCREENS.items():
        phone.page.goto(f"{phone.url}/absen{path}")
        expect(phone.element(element)).to_be_visible(timeout=PATIENCE)
        if name in ("permit", "correction", "appeal"):
            phone.element("request-send").click()
        faults[name] = violations(phone.page, impacts=GRAVE)
        widths[name] = phone.width_of_content()
    assert {screen: found for screen, found in faults.items() if found} == {}
    assert {screen: width for screen, width in widths.items() if width > 360} == {}
