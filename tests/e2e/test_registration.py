"""An honorer registers on the phone, the Admin OPD verifies, BKPSDM approves in Desk: a member of staff with an account."""

from __future__ import annotations

import os
import random
import time

import pytest
from accessible import violations
from pages import PATIENCE, Phone
from playwright.sync_api import expect

from tests.client import API, Client

REGISTER = f"{API}.registrasi"
DOCTYPE = "Registrasi Pegawai"
# Where to put pictures of the screens, for whoever wants to look at them.
PICTURES = os.environ.get("SPBE_PICTURES")


@pytest.fixture
def applicant(stack, new_phone) -> Phone:
    """At the form, from the log-in page."""
    phone = new_phone()
    phone.page.goto(f"{phone.url}/absen")
    phone.element("to-register").click()
    expect(phone.element("consent-text")).to_be_visible(timeout=PATIENCE)
    return phone


@pytest.fixture
def admin(stack) -> dict:
    return stack.user("Admin OPD")


def nik() -> str:
    return f"141001180896{random.randrange(1, 9999):04d}"


def check(phone: Phone, name: str) -> None:
    """Nobody is left out: axe finds nothing, nothing is wider than the screen, by day and by night."""
    for theme in ("light", "dark"):
        phone.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        # Colours on their way from one to the other have any contrast.
        phone.page.evaluate(
            "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))"
        )
        if PICTURES:
            phone.page.screenshot(path=f"{PICTURES}/{name}-{theme}.png", full_page=True)
        assert violations(phone.page) == [], (name, theme)
    assert phone.width_of_content() <= 360


def compared(office: Client, receipt: dict[str, str]) -> dict:
    """The row, after the job that looks for it in the recap."""
    for _try in range(240):
        fields = ("name", "status", "nik_samar", "dicocokkan_pada")
        row = office.rows(DOCTYPE, {"nomor": receipt["nomor"]}, *fields)[0]
        if row["dicocokkan_pada"]:
            return row
        time.sleep(0.5)
    raise AssertionError("The job has not run.")


def next_step(phone: Phone) -> None:
    phone.element("register-next").click()


def fill_person(phone: Phone, number: str, name: str) -> None:
    phone.element("register-nik").fill(number)
    phone.element("register-name").fill(name)
    phone.element("register-born").fill("1996-08-18")
    phone.page.locator("#jenis_kelamin-Laki-laki").check()
    phone.element("register-phone").fill("0812 3456 7890")


def choose_unit(phone: Phone, name: str, code: str) -> None:
    phone.element("register-choose-unit").click()
    phone.element("unit-search").fill(name[:12])
    phone.page.locator(f"[data-unit='{code}']").click()


def test_from_the_phone_to_a_member_of_staff(stack, applicant, admin, new_desk):
    phone, office = applicant, Client(stack, stack.user("BKPSDM"))
    unit = next(
        each for each in office.message("GET", f"{REGISTER}.isian")["unit"] if each["kode"] == admin["opd"]
    )
    number, name = nik(), f"Rahmat Pendaftar {random.randrange(10**6)}"

    check(phone, "daftar-1-persetujuan")
    next_step(phone)
    expect(phone.page.locator("#setuju-fault")).not_to_be_empty()
    phone.element("register-agree").check()
    next_step(phone)

    next_step(phone)
    expect(phone.page.locator("#nik")).to_be_focused()
    check(phone, "daftar-2-kosong")
    fill_person(phone, number, name)
    next_step(phone)

    phone.page.locator("[id='status_kepegawaian-Non ASN']").check()
    choose_unit(phone, unit["nama"], unit["kode"])
    phone.element("register-position").fill("Tenaga kebersihan")
    check(phone, "daftar-3-tugas")
    next_step(phone)

    phone.element("camera-capture").click(timeout=PATIENCE)
    next_step(phone)
    check(phone, "daftar-5-periksa")
    # No network: said, and nothing is lost.
    phone.context.set_offline(True)
    expect(phone.element("register-send")).to_be_disabled()
    expect(phone.element("register-offline")).to_be_visible()
    phone.context.set_offline(False)
    phone.element("register-send").click()
    expect(phone.element("register-receipt")).to_be_visible(timeout=PATIENCE)
    check(phone, "daftar-6-tanda-terima")
    receipt = {
        "nomor": phone.element("receipt-number").inner_text().strip(),
        "kode": phone.element("receipt-code").inner_text().strip(),
    }
    row = compared(office, receipt)
    assert number not in str(row)

    keeper = new_desk(admin)
    keeper.decide(DOCTYPE, row["name"], "Verifikasi")
    desk = new_desk(stack.user("BKPSDM"))
    desk.decide(DOCTYPE, row["name"], "Setujui")
    shown = desk.page.locator("[id='page-Registrasi Pegawai'] .registrasi-tabel")
    expect(shown).to_contain_text(name, timeout=PATIENCE)
    expect(shown).to_contain_text(row["nik_samar"])
    if PICTURES:
        desk.page.screenshot(path=f"{PICTURES}/desk-registrasi.png")
    person = office.rows("Pegawai", {"nama": name}, "name", "opd", "status_kepegawaian", "user")[0]
    assert (person["opd"], person["status_kepegawaian"]) == (unit["kode"], "Non ASN")
    assert person["user"]

    phone.element("receipt-done").click()
    phone.element("to-register-status").click()
    phone.element("status-number").fill(receipt["nomor"].lower())
    phone.element("status-code").fill(receipt["kode"].replace("-", " "))
    phone.element("status-look").click()
    expect(phone.element("status-login")).to_be_visible(timeout=PATIENCE)
    phone.element("status-activate").click()
    expect(phone.element("status-activation")).to_be_visible(timeout=PATIENCE)
    check(phone, "daftar-7-status")


def test_a_reload_keeps_the_form_but_neither_nik_nor_phone_number(applicant):
    phone = applicant
    phone.element("register-agree").check()
    next_step(phone)
    fill_person(phone, nik(), "Rahmat Ulang")
    kept = phone.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "Rahmat Ulang" in kept
    assert "14100118" not in kept and "3456" not in kept
    phone.page.reload()
    expect(phone.element("register-restored")).to_be_visible(timeout=PATIENCE)
    phone.element("register-agree").check()
    next_step(phone)
    expect(phone.element("register-name")).to_have_value("Rahmat Ulang")
    expect(phone.element("register-nik")).to_have_value("")
    check(phone, "daftar-pulih")


def test_staff_read_the_text_and_agree_also_without_a_network(stack, new_phone):
    office = Client(stack, stack.user("BKPSDM"))
    text = "/api/resource/Naskah Persetujuan"
    known = office.call("GET", text, params={"fields": '["*"]', "order_by": "versi desc"}).json()["data"][0]
    # Whoever has agreed before is asked again.
    newer = {field: known[field] for field in ("judul", "isi", "berlaku_sejak")}
    assert office.call("POST", text, json={**newer, "versi": known["versi"] + 1}).status_code == 200
    user = stack.user("Pegawai SPBE", 1)
    phone = new_phone()
    phone.context.request.post(
        f"{phone.url}/api/method/login", data={"usr": user["username"], "pwd": user["password"]}
    )
    phone.page.goto(f"{phone.url}/absen/riwayat")
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    with phone.page.expect_response(lambda answer: "sesi.info" in answer.url, timeout=PATIENCE):
        phone.page.reload()
    phone.element("nav-home").click()
    expect(phone.element("consent-asked")).to_be_visible(timeout=PATIENCE)
    check(phone, "beranda-persetujuan")
    phone.element("consent-read").click()
    phone.element("consent-refuse").click(timeout=PATIENCE)
    expect(phone.element("consent-refused")).to_be_visible()
    check(phone, "data-pribadi")
    phone.context.set_offline(True)
    phone.element("consent-agree").click()
    expect(phone.element("consent-kept")).to_be_visible(timeout=PATIENCE)
    phone.context.set_offline(False)
    expect(phone.element("consent-done")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("consent-history").locator("li").first).to_contain_text(str(known["versi"] + 1))
    phone.page.goto(f"{phone.url}/absen")
    expect(phone.element("punch-masuk")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("consent-asked")).to_have_count(0)
