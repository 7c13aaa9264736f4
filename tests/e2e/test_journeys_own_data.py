"""What people see and do about their own data: a copy on the phone, a correction that BKPSDM accepts, and nobody else's hands on either."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from urllib.parse import urlsplit

import pytest
from desk import DeskUser
from pages import PATIENCE
from playwright.sync_api import expect

from tests.client import API, Client


@pytest.fixture
def person(stack):
    """Whose copy nobody has asked for today."""
    return stack.user("Pegawai SPBE", -1)


def opened(new_phone, user):
    phone = new_phone()
    phone.log_in(user)
    phone.page.goto(f"{phone.url}/absen/akun/data")
    return phone


def test_a_person_fetches_a_copy_of_the_own_data_and_nobody_else_does(new_phone, stack, person):
    phone = opened(new_phone, person)
    expect(phone.element("own-copy")).to_be_visible(timeout=PATIENCE)
    phone.element("copy-ask").click()
    file = phone.element("copy-file").first
    expect(file).to_be_visible(timeout=6 * PATIENCE)
    address = file.get_attribute("href")
    mine = Client(stack, person)
    answer = mine.call("GET", address)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        told = json.loads(found.read("data.json"))
        assert "baca-saya.html" in found.namelist()
    assert [row["name"] for row in told["Pegawai"]["baris"]] == [person["pegawai"]]
    others = (stack.user("Pegawai SPBE"), stack.user("Kepala OPD"), stack.user("BKPSDM"))
    assert [Client(stack, other).call("GET", address).status_code for other in others] == [403, 403, 403]


def test_a_correction_goes_to_bkpsdm_and_comes_back_accepted(new_phone, browser, stack, person):
    phone = opened(new_phone, person)
    title = f"S.{uuid.uuid4().hex[:4]}."
    phone.element("fix-field").select_option("gelar_belakang")
    phone.element("fix-value").fill(title)
    phone.element("fix-reason").fill("Ijazah terbaru")
    phone.element("fix-send").click()
    expect(phone.element("fix-sent")).to_be_visible(timeout=PATIENCE)
    desk = DeskUser(browser, stack, stack.user("BKPSDM"))
    try:
        filters = json.dumps({"pegawai": person["pegawai"], "status": "Diajukan"})
        rows = desk.client.call("GET", "/api/resource/Perbaikan Data", params={"filters": filters})
        name = rows.json()["data"][0]["name"]
        decision = {"doc": json.dumps(desk.client.document("Perbaikan Data", name)), "action": "Terima"}
        answer = desk.client.call("POST", "/api/method/frappe.model.workflow.apply_workflow", data=decision)
        assert answer.status_code == 200, answer.text[:300]
        assert desk.client.document("Pegawai", person["pegawai"])["gelar_belakang"] == title
    finally:
        desk.context.close()
    phone.page.reload()
    expect(phone.element("fix-row").first).to_contain_text(title, timeout=PATIENCE)


def test_a_consent_is_withdrawn_and_given_again(new_phone, stack):
    user = stack.user("Pegawai SPBE", -2)
    phone = new_phone()
    phone.log_in(user)
    client = Client(stack, user)
    client.call(
        "POST",
        "/api/method/spbe_attendance.api.registrasi.setujui",
        json={"naskah": client.message("GET", f"{API}.registrasi.persetujuan")["naskah"]["name"]},
    )
    phone.page.goto(f"{phone.url}/absen/data-pribadi")
    phone.element("consent-withdraw").click(timeout=PATIENCE)
    phone.element("consent-withdraw-sure").click()
    expect(phone.element("consent-history")).to_contain_text("ditarik", timeout=PATIENCE)
    assert not client.message("GET", f"{API}.registrasi.persetujuan")["disetujui"]
    phone.element("consent-agree").click()
    expect(phone.element("consent-done")).to_be_visible(timeout=PATIENCE)


def test_bkpsdm_counts_in_desk_what_would_be_removed(browser, stack):
    desk = DeskUser(browser, stack, stack.user("BKPSDM"))
    try:
        desk.list_of("Penghapusan Data")
        desk.page.get_by_role("button", name="Hitung yang Akan Dihapus").click()
        desk.page.wait_for_url(re.compile(r"/app/penghapusan-data/(?!view)\w+"), timeout=PATIENCE)
        name = urlsplit(desk.page.url).path.rsplit("/", 1)[-1]
        shown = desk.page.locator("[id='page-Penghapusan Data'] .indicator-pill")
        expect(shown.filter(has_text="Selesai").first).to_be_visible(timeout=6 * PATIENCE)
        (row,) = desk.rows("Penghapusan Data", {"name": name}, "jenis", "status")
        assert (row["jenis"], row["status"]) == ("Simulasi", "Selesai")
    finally:
        desk.context.close()


@pytest.mark.parametrize("role", ["Pegawai SPBE", "Kepala OPD", "Admin OPD", "Pimpinan", "Wali Data"])
def test_nobody_else_starts_a_removal(stack, role):
    client = Client(stack, stack.user(role))
    answer = client.call(
        "POST", "/api/method/spbe_attendance.api.privasi.mulai_penghapusan", json={"jenis": "Penghapusan"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["", "Semua", None, 7, ["Simulasi"], {"a": 1}])
def test_a_removal_of_no_kind_is_refused(stack, kind):
    client = Client(stack, stack.user("BKPSDM"))
    body = {"jenis": kind} if kind is not None else {}
    answer = client.call("POST", "/api/method/spbe_attendance.api.privasi.mulai_penghapusan", json=body)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
