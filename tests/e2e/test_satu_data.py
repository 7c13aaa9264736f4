"""Open data from the closing of a month to somebody's download, and through a correction, in the browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import requests
from accessible import WCAG, violations
from desk import until
from open_data import DATASET, Office, path
from pages import PATIENCE
from playwright.sync_api import Page, expect

# Not the month that the tests over HTTP count on.
MONTH, SHOWN = "2026-02", "Februari 2026"


@pytest.fixture
def office(stack) -> Office:
    return Office(stack, MONTH)


@pytest.fixture
def guest_page(browser, stack) -> Page:
    """A phone without a log-in."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def close_with_a_change(office: Office) -> dict:
    """The first closing of the month, or one after a correction. Answers the draft that follows by itself."""
    if office.versions():
        office.correct()
    else:
        office.compute_month()
    count = len(office.versions())
    office.close()
    return office.wait_for_draft(count + 1)


def publish(wali, version: dict, *, compared: bool) -> None:
    form = wali.open("Versi Dataset", version["name"])
    form.says(re.compile("Menunggu Wali Data"))
    preview = form.field("pratinjau")
    expect(preview.locator("table").last).to_contain_text("dirahasiakan", timeout=PATIENCE)
    if compared:
        expect(preview).to_contain_text(re.compile(r"\d+ baris berbeda dari versi"))
    offered = set(form.steps())
    assert {"Terbitkan", "Tolak"} <= offered
    assert not {"Ajukan", "Tarik"} & offered
    form.act("Terbitkan")
    form.says(re.compile("Sudah terbit"))


def downloaded(page: Page, stack, number: int) -> bytes:
    """As a person finds it: list of datasets, dataset, file."""
    page.goto(f"{stack.url}/data")
    page.get_by_role("link", name="Kehadiran Pegawai").click()
    link = page.get_by_role("link", name=re.compile(rf"^CSV .*, {SHOWN}, versi {number}$"))
    with page.expect_download(timeout=PATIENCE) as file:
        link.click()
    assert file.value.suggested_filename == f"{DATASET}-{MONTH}-v{number}.csv"
    return Path(file.value.path()).read_bytes()


def test_a_closed_month_becomes_open_data_and_a_correction_a_new_version(office, desk_of, guest_page, stack):
    wali = desk_of(stack.user("Wali Data"))
    first = close_with_a_change(office)
    address = f"{stack.url}{path(first['nomor'], month=MONTH)}"
    assert requests.get(address, headers={"Host": stack.host}, timeout=30).status_code == 404
    publish(wali, first, compared=any(row["status"] == "Terbit" for row in office.versions()))
    old = downloaded(guest_page, stack, first["nomor"])
    rows = list(csv.DictReader(io.StringIO(old.decode("utf-8"))))
    total = next(
        row
        for row in rows
        if (row["kode_opd"], row["status_kepegawaian"], row["kode_kehadiran"]) == ("SEMUA", "SEMUA", "JUMLAH")
    )
    assert int(total["orang_hari"]) > 0

    second = close_with_a_change(office)
    publish(wali, second, compared=True)
    new = downloaded(guest_page, stack, second["nomor"])
    assert new != old
    assert downloaded(guest_page, stack, first["nomor"]) == old
    before = (
        guest_page.get_by_role("listitem")
        .filter(has_text=SHOWN)
        .filter(has_text="diperbaiki versi lebih baru")
    )
    expect(before.first).to_be_visible()


def test_a_refusal_asks_for_its_reason_and_the_public_sees_nothing(office, desk_of, stack):
    wali = desk_of(stack.user("Wali Data"))
    draft = close_with_a_change(office)
    form = wali.open("Versi Dataset", draft["name"])
    form.actions().first.click(timeout=PATIENCE)
    form.area.locator(".actions-btn-group .dropdown-menu").get_by_text("Tolak", exact=True).click()
    wali.answer("Putuskan", alasan="Jumlah DL tidak wajar")
    until(lambda: form.stored()["status"], "Ditolak")
    stored = form.stored()
    assert (stored["status"], stored["alasan"]) == ("Ditolak", "Jumlah DL tidak wajar")
    address = f"{stack.url}{path(draft['nomor'], month=MONTH)}"
    assert requests.get(address, headers={"Host": stack.host}, timeout=30).status_code == 404


def test_the_public_page_fits_a_phone_and_is_worked_with_the_keyboard(guest_page, stack):
    guest_page.goto(f"{stack.url}/data/{DATASET}")
    assert guest_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    guest_page.keyboard.press("Tab")
    expect(guest_page.locator(":focus")).to_have_text("Langsung ke isi")
    guest_page.keyboard.press("Enter")
    expect(guest_page.locator("#isi")).to_be_focused()
    assert guest_page.locator("h1").count() == 1
    guest_page.get_by_role("link", name="English").click()
    expect(guest_page.locator("html")).to_have_attribute("lang", "en")
    expect(guest_page.get_by_role("heading", name="Data Standard")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_open_data(guest_page, stack, scheme):
    guest_page.emulate_media(color_scheme=scheme)
    faults, widths = {}, {}
    for address in ("/data", f"/data/{DATASET}", "/data/perangkat-daerah"):
        answer = guest_page.goto(f"{stack.url}{address}")
        assert answer and answer.status == 200, address
        faults[address] = violations(guest_page, "html", tags=WCAG)
        widths[address] = guest_page.evaluate("document.documentElement.scrollWidth")
    assert {address: found for address, found in faults.items() if found} == {}
    assert {address: width for address, width in widths.items() if width > 360} == {}
