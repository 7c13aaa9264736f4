"""Duties exchanged on two phones, requests taken back and shortened with a way back, and the own card of a month."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pages import API, PATIENCE, centre, office
from playwright.sync_api import expect

PERMITS = f"{API}.permohonan"
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
ENDED = ("Ditolak", "Dibatalkan")


def post(client, path: str, **values):
    answer = client.call("POST", path, json=values)
    assert answer.status_code == 200, answer.text
    return answer.json()["message"]


def own(client, kind: str, day: str = str(TODAY)) -> list[dict]:
    return client.message(f"{PERMITS}.permohonan_saya?tahun={day[:4]}")[kind]


def request_of(phone, name: str, day: str):
    """The row in the list of the day's year, which may be the next one."""
    row = phone.request(name)
    for _ in range(int(day[:4]) - TODAY.year):
        phone.page.get_by_role("button", name="Tahun berikutnya").click()
    expect(row).to_be_visible(timeout=PATIENCE)
    return row


@pytest.fixture
def bkpsdm(stack, api):
    return api(stack.user("BKPSDM"))


@pytest.fixture
def phone_of(new_phone, api):
    """``phone_of(user)``: that person, logged in."""

    def make(user: dict):
        phone = new_phone(centre(office(api(user).places())))
        phone.log_in(user)
        return phone

    return make


def remove_rosters(client, people: list[str], days: list[str]) -> None:
    for person in people:
        for day in days:
            rows = client.call(
                "GET",
                "/api/resource/Roster Dinas",
                params={"filters": f'{{"pegawai": "{person}", "tanggal": "{day}"}}'},
            )
            for row in rows.json()["data"]:
                assert client.call("DELETE", f"/api/resource/Roster Dinas/{row['name']}").status_code == 202


@pytest.fixture
def duties(heads, staff_of, api, bkpsdm):
    """(applicant, colleague), two days, two shifts: each is on duty on one day and off on the other."""
    unit = heads[0]["opd"]
    people = [staff_of(unit, 5), staff_of(unit, 6)]
    keys = [user["pegawai"] for user in people]
    # Within what the phone offers, away from what other tests compute.
    days = [str(TODAY + timedelta(days=offset)) for offset in (45, 46)]
    for row in own(api(people[0]), "tukar_dinas", days[0]):
        if "Batalkan" in row["tindakan"]:
            post(bkpsdm, f"{PERMITS}.batalkan", doctype="Tukar Dinas", name=row["name"], alasan="Uji ulang")
    remove_rosters(bkpsdm, keys, days)
    shifts = [f"U{uuid.uuid4().hex[:6].upper()}" for _ in days]
    for code, (start, end) in zip(shifts, (("07:00:00", "14:00:00"), ("14:00:00", "21:00:00")), strict=True):
        body = {"kode": code, "nama_shift": "Dinas uji", "mulai": start, "selesai": end}
        insert(bkpsdm, "Shift Kerja", body)
    for at, key in enumerate(keys):
        for day, shift in zip(days, (shifts[at], None)[:: 1 - 2 * at], strict=True):
            insert(bkpsdm, "Roster Dinas", {"pegawai": key, "tanggal": day, "shift": shift})
    yield people, days, shifts
    remove_rosters(bkpsdm, keys, days)


def insert(client, doctype: str, body: dict) -> dict:
    answer = client.call("POST", f"/api/resource/{doctype}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_a_duty_is_exchanged_on_the_phones_of_both_and_of_the_head(phone_of, duties, heads, bkpsdm):
    (applicant, colleague), days, shifts = duties
    phone = phone_of(applicant)
    name = ask_for_exchange(phone, colleague, days)
    mine = request_of(phone, name, days[0])
    expect(mine).to_contain_text("Menunggu kesediaan rekan")
    expect(mine).to_contain_text(shifts[0])

    other = phone_of(colleague)
    card = waiting(other, name)
    expect(card).to_contain_text(f"{shifts[0]}")
    expect(card.get_by_test_id("approve")).to_have_text("Bersedia")
    card.get_by_test_id("approve").click()
    other.confirm_decision()
    expect(request_of(phone, name, days[0])).to_contain_text("Rekan bersedia, menunggu Kepala OPD")

    head = phone_of(heads[0])
    card = waiting(head, name)
    expect(card.get_by_test_id("approve")).to_have_text("Setujui")
    card.get_by_test_id("approve").click()
    head.confirm_decision()
    expect(request_of(phone, name, days[0])).to_contain_text("Disetujui")
    rows = bkpsdm.call(
        "GET",
        "/api/resource/Roster Dinas",
        params={
            "filters": f'{{"pegawai": "{applicant["pegawai"]}", "tanggal": ["in", {days}]}}'.replace(
                "'", '"'
            ),
            "fields": '["tanggal", "shift"]',
        },
    ).json()["data"]
    assert {row["tanggal"]: row["shift"] for row in rows} == {days[0]: None, days[1]: shifts[1]}


def ask_for_exchange(phone, colleague: dict, days: list[str]) -> str:
    phone.page.goto(f"{phone.url}/absen/permohonan/tukar-dinas")
    expect(phone.element("swap-mine")).to_be_visible(timeout=PATIENCE)
    phone.element("request-send").click()
    expect(phone.element("tanggal-fault")).to_have_text("Pilih dinas yang diserahkan.")
    expect(phone.element("swap-mine")).to_be_focused()
    phone.element("swap-mine").select_option(days[0])
    phone.element("swap-colleague").select_option(colleague["pegawai"])
    phone.element("swap-his").select_option(days[1], timeout=PATIENCE)
    phone.element("swap-reason").fill("Acara keluarga di kampung")
    return phone.send_request("ajukan_tukar_dinas")["message"]["name"]


def waiting(phone, name: str):
    phone.page.goto(f"{phone.url}/absen/persetujuan")
    return phone.approval(name)


def test_a_colleague_declines_with_a_reason_that_the_applicant_reads(phone_of, duties):
    (applicant, colleague), days, _shifts = duties
    phone = phone_of(applicant)
    name = ask_for_exchange(phone, colleague, days)
    other = phone_of(colleague)
    card = waiting(other, name)
    card.get_by_test_id("reject").click()
    other.element("note-confirm").click()
    expect(other.element("catatan-fault")).to_contain_text("paling sedikit 5 huruf")
    other.element("note").fill("Saya sudah ada acara")
    other.confirm_decision()
    expect(request_of(phone, name, days[0])).to_contain_text("Saya sudah ada acara")


@pytest.fixture
def worker(heads, staff_of, api):
    user = staff_of(heads[0]["opd"], 7)
    return user, api(user)


def clear(client, bkpsdm) -> None:
    """What an earlier run left; appeals and corrections are made for one day each."""
    for row in own(client, "sanggah"):
        if row["status"] == "Diajukan":
            post(bkpsdm, f"{PERMITS}.batalkan", doctype="Sanggah", name=row["name"], alasan="Uji ulang")
    for row in own(client, "ketidakhadiran"):
        if row["status"] not in ENDED:
            post(
                bkpsdm, f"{PERMITS}.batalkan", doctype="Ketidakhadiran", name=row["name"], alasan="Uji ulang"
            )


def working_days(count: int) -> list[str]:
    """Weekdays before today, the latest first."""
    days = (TODAY - timedelta(days=back) for back in range(1, 30))
    return [str(day) for day in days if day.weekday() < 5][:count]


def test_an_appeal_is_taken_back_and_until_then_can_be_undone(phone_of, worker, bkpsdm):
    user, client = worker
    clear(client, bkpsdm)
    day = working_days(1)[0]
    post(bkpsdm, f"{API}.rekap.tutup_hari", tanggal=day)
    name = post(
        client,
        f"{PERMITS}.ajukan_sanggah",
        id_klien=str(uuid.uuid4()),
        tanggal=day,
        uraian="Saya bertugas di posko",
    )["name"]
    phone = phone_of(user)
    take_back(phone, name, "Salah memilih hari")
    phone.element("undo").click()
    expect(phone.element("undo-bar")).to_contain_text("Tidak jadi")
    assert state_of(client, "sanggah", name)["status"] == "Diajukan"

    take_back(phone, name, "Salah memilih hari")
    # Leaving the page is no undo.
    phone.element("nav-history").click()
    expect(phone.element("history-list")).to_be_visible(timeout=PATIENCE)
    row = phone.request(name)
    expect(row).to_contain_text("Dibatalkan")
    expect(row).to_contain_text("Salah memilih hari")
    expect(row.get_by_test_id("request-cancel")).to_have_count(0)


def take_back(phone, name: str, why: str) -> None:
    phone.request(name).get_by_test_id("request-cancel").click()
    phone.element("note").fill(why)
    phone.element("note-confirm").click()
    expect(phone.element("undo")).to_be_visible()


def state_of(client, kind: str, name: str) -> dict:
    return next(row for row in own(client, kind) if row["name"] == name)


def test_an_approved_permit_is_shortened(phone_of, worker, bkpsdm):
    user, client = worker
    clear(client, bkpsdm)
    first, last = (str(TODAY + timedelta(days=offset)) for offset in (0, 6))
    name = approved_permit(client, bkpsdm, first, last)
    phone = phone_of(user)
    phone.request(name).get_by_test_id("request-shorten").click()
    phone.element("shorten-until").fill(last)
    phone.element("note").fill("Urusan selesai lebih cepat")
    phone.element("note-confirm").click()
    expect(phone.element("sampai-baru-fault")).to_contain_text("Pilih antara")
    phone.element("shorten-until").fill(str(TODAY + timedelta(days=2)))
    phone.element("note-confirm").click()
    expect(phone.element("undo-bar")).to_contain_text("Izin dipersingkat.", timeout=PATIENCE)
    expect(phone.element("requests").locator(f"[data-name='{name}']")).to_contain_text("Dipersingkat sampai")
    assert state_of(client, "ketidakhadiran", name)["dipersingkat_sampai"] == str(TODAY + timedelta(days=2))
    clear(client, bkpsdm)


def approved_permit(client, bkpsdm, first: str, last: str) -> str:
    fields = {
        "id_klien": str(uuid.uuid4()),
        "jenis": "DL",
        "dari": first,
        "sampai": last,
        "alasan": "Rapat provinsi",
    }
    letter = {"lampiran": ("surat.pdf", b"%PDF-1.4 surat tugas", "application/pdf")}
    answer = client.call("POST", f"{PERMITS}.ajukan_ketidakhadiran", data=fields, files=letter)
    assert answer.status_code == 200, answer.text
    name = answer.json()["message"]["name"]
    while state_of(client, "ketidakhadiran", name)["status"] != "Disetujui":
        post(
            bkpsdm, f"{PERMITS}.putuskan", doctype="Ketidakhadiran", name=name, tindakan="Setujui", catatan=""
        )
    return name


def test_the_own_card_of_a_month_is_read_and_fetched_as_pdf(phone_of, worker):
    user, client = worker
    month = working_days(1)[0][:7]
    phone = phone_of(user)
    phone.page.goto(f"{phone.url}/absen/riwayat?bulan={month}")
    phone.element("card-open").click(timeout=PATIENCE)
    expect(phone.element("card-days")).to_be_visible(timeout=PATIENCE)
    card = client.message(f"{API}.laporan.kartu_saya?bulan={month}")
    expect(phone.element("card-day")).to_have_count(len(card["hari"]))
    late = sum(day["terlambat"] for day in card["hari"])
    expect(phone.element("card-totals")).to_contain_text(
        f"{late // 60} jam" if late >= 60 else f"{late} menit"
    )
    phone.element("card-make").click()
    link = phone.element("card-file")
    expect(link).to_be_visible(timeout=2 * PATIENCE)
    content = client.call("GET", link.get_attribute("href")).content
    assert content.startswith(b"%PDF-") and len(content) > 5_000
