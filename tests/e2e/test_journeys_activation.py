"""From the slip of BKPSDM's printer to the first punch: on paper, on the person's phone, at the place of work."""

from __future__ import annotations

import re
import uuid
from io import BytesIO

import pytest
from accessible import violations
from desk import DeskUser
from pages import PATIENCE, Phone, Point
from playwright.sync_api import expect
from pypdf import PdfReader

CODE = re.compile(r"[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}")
HERE = Point(1.0123, 102.7211)
PASSWORD, PIN = "perahu-kopi-senja", "482915"


@pytest.fixture
def bkpsdm(browser, stack):
    user = DeskUser(browser, stack, stack.user("BKPSDM"))
    yield user
    user.context.close()


@pytest.fixture
def newcomer(bkpsdm, heads):
    """An honorer of a fresh OPD with a place of its own, without an account: {pegawai, nama, nomor, opd}."""
    mark = uuid.uuid4().hex[:6].upper()
    above = bkpsdm.client.document("OPD", heads[0]["opd"])["induk"]
    unit = {"nama_opd": f"Unit Uji {mark}", "kode": f"UJI{mark}", "induk": above}
    opd = made(bkpsdm, "OPD", unit)["name"]
    place = {"nama_lokasi": f"Kantor {mark}", "opd": opd, "jenis_area": "Radius", "radius": 100}
    point = {"latitude": HERE.latitude, "longitude": HERE.longitude}
    made(bkpsdm, "OPD Lokasi", {**place, **point})
    values = {"nama": f"Orang Baru {mark}", "status_kepegawaian": "Non ASN", "opd": opd}
    person = made(bkpsdm, "Pegawai", values)
    number = bkpsdm.client.document("Pegawai", person["name"])["nomor_pegawai"]
    return {"pegawai": person["name"], "nama": values["nama"], "nomor": number, "opd": opd}


def made(desk: DeskUser, doctype: str, values: dict) -> dict:
    answer = desk.client.call("POST", f"/api/resource/{doctype}", json=values)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()["data"]


def printed_slip(desk: DeskUser, opd: str) -> str:
    """The text of the slips of an OPD, printed from the list of staff."""
    page = desk.page
    desk.list_of("Pegawai")
    page.locator(".menu-btn-group button").locator("visible=true").first.click()
    page.locator(".menu-btn-group .dropdown-menu a, .menu-btn-group .dropdown-menu li").filter(
        has_text="Cetak Slip Aktivasi"
    ).first.click()
    dialog = page.locator(".modal.show").filter(has_text="Cetak Slip Aktivasi")
    field = dialog.locator("[data-fieldname=opd] input")
    field.fill(opd)
    page.locator(".awesomplete li").filter(has_text=opd).first.click()
    expect(dialog.get_by_role("status")).to_contain_text("1 slip", timeout=PATIENCE)
    with desk.context.expect_event(
        "request", lambda request: "/files/" in request.url, timeout=3 * PATIENCE
    ) as asked:
        dialog.get_by_role("button", name="Terbitkan Kode dan Cetak").click()
    answer = desk.client.call("GET", asked.value.url.removeprefix(desk.stack.url))
    assert answer.status_code == 200, answer.text[:200]
    return " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages).split()
    )


def choose_secrets(phone: Phone) -> None:
    for name, text in (("password", PASSWORD), ("again", PASSWORD), ("pin", PIN), ("pin-again", PIN)):
        phone.element(f"activation-{name}").fill(text)
    phone.element("activation-save").click()


def test_a_slip_opens_the_account_and_its_person_punches(stack, bkpsdm, newcomer, new_phone):
    text = printed_slip(bkpsdm, newcomer["opd"])
    assert newcomer["nama"] in text and newcomer["nomor"] in text
    code = CODE.search(text)[0]
    phone = new_phone(HERE)
    addresses: list[str] = []
    phone.page.on("request", lambda request: addresses.append(request.url))

    phone.page.goto(f"{stack.url}/absen/aktivasi#{code}")
    expect(phone.element("activation-scanned")).to_be_visible(timeout=PATIENCE)
    # The code is neither in the address bar any more nor in an address that was asked for.
    expect(phone.page).to_have_url(f"{stack.url}/absen/aktivasi")
    assert violations(phone.page) == []
    phone.element("activation-next").click()
    expect(phone.element("activation-yours")).to_have_text(newcomer["nomor"], timeout=PATIENCE)
    assert violations(phone.page) == []

    phone.element("activation-password").fill("12345678")
    expect(phone.element("strength")).to_have_attribute("data-level", "0")
    phone.element("activation-save").click()
    expect(phone.element("activation-password")).to_be_focused()
    assert phone.width_of_content() <= 360
    choose_secrets(phone)
    expect(phone.element("punch-masuk")).to_be_enabled(timeout=PATIENCE)
    assert not [url for url in addresses if code.replace("-", "") in url.replace("-", "")]

    phone.photograph_and_send("masuk")
    expect(phone.receipt()).to_contain_text("tercatat", timeout=PATIENCE)
    again = new_phone(HERE)
    again.log_in({"username": newcomer["nomor"], "password": PASSWORD})


def test_a_code_that_was_replaced_says_what_to_do_and_a_new_one_comes_from_the_form(
    stack, bkpsdm, newcomer, new_phone
):
    phone = new_phone()
    phone.page.goto(f"{stack.url}/absen/login")
    phone.element("login-activate").click()
    phone.element("activation-next").click()
    expect(phone.element("activation-number")).to_be_focused()
    phone.element("activation-number").fill(newcomer["nomor"])
    phone.element("activation-code").fill("abcde fgh23")
    phone.element("activation-next").click()
    expect(phone.element("activation-fault")).to_contain_text(
        "minta kode baru kepada Admin OPD", timeout=PATIENCE
    )

    page = bkpsdm.page
    bkpsdm.open("Pegawai", newcomer["pegawai"])
    page.get_by_role("button", name="Akun", exact=True).locator("visible=true").click()
    page.get_by_role("link", name="Kode Aktivasi Baru").click()
    dialog = page.locator(".modal.show").filter(has_text="Kode Aktivasi Baru")
    dialog.locator("textarea[data-fieldname=catatan]").fill("Datang sendiri, KTP diperiksa")
    dialog.get_by_role("button", name="Terbitkan Kode").click()
    shown = page.locator(".modal.show code[data-code]")
    expect(shown).to_be_visible(timeout=PATIENCE)

    phone.element("activation-code").fill(shown.inner_text())
    phone.element("activation-next").click()
    expect(phone.element("activation-yours")).to_have_text(newcomer["nomor"], timeout=PATIENCE)
    choose_secrets(phone)
    expect(phone.element("punch-masuk")).to_be_visible(timeout=PATIENCE)
    kept = bkpsdm.client.rows("Catatan Akun", {"pegawai": newcomer["pegawai"]}, "tindakan", "catatan")
    assert {row["tindakan"] for row in kept} == {"Kode Diterbitkan", "Akun Diaktifkan"}
