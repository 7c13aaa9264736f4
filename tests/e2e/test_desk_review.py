"""The review queue as a head of OPD works it: two staff on one spot with one picture, found by the job and decided in Desk."""

from __future__ import annotations

import pytest
from desk import DeskUser, until
from pages import API, PATIENCE
from playwright.sync_api import expect
from review_queue import office_with_staff, people, two_alike

from tests.client import HARI_INI, Client

REVIEW = "Tinjauan Absensi"


@pytest.fixture(scope="module")
def office(stack) -> str:
    return office_with_staff(stack)


@pytest.fixture
def found(stack, office) -> list[str]:
    return two_alike(stack, office)


def test_a_head_sees_both_photos_declares_one_void_with_a_note_and_the_other_reasonable(
    found, stack, office, desk_of
):
    head = desk_of(people(stack, office, "Kepala OPD")[0])
    mine = {"name": ["in", found]}
    until(lambda: len(head.rows(REVIEW, mine)), 2)
    assert {row["isyarat_utama"] for row in head.rows(REVIEW, mine, "isyarat_utama")} == {
        "Foto Berulang, Koordinat Sama Persis"
    }

    head.visit(f"tinjauan-absensi/{found[0]}")
    photos = head.page.locator(".tinjauan-photos img")
    expect(photos.nth(1)).to_be_visible(timeout=PATIENCE)
    until(lambda: photos.evaluate_all("all => all.every(one => one.naturalWidth > 0)"), True)
    assert photos.evaluate_all("all => all.every(one => one.naturalWidth > 0)")
    expect(head.page.locator(".tinjauan-map .leaflet-interactive").first).to_be_attached()
    act(head, "Nyatakan Tidak Sah")
    head.answer("Putuskan", catatan="Foto yang sama dengan rekan")
    until(lambda: state(head, found[0]), "Tidak Sah")

    # Rows chosen in the list are decided by the framework at once, one or many.
    head.visit("tinjauan-absensi/view/list", name=found[1])
    row = head.page.locator(".list-row-container .list-row")
    expect(row).to_have_count(1, timeout=PATIENCE)
    row.locator(".list-row-checkbox").check()
    act(head, "Wajar")
    expect(head.dialog(found[1])).to_be_visible()
    until(lambda: state(head, found[1]), "Wajar")

    assert [state(head, name) for name in found] == ["Tidak Sah", "Wajar"]


def act(head: DeskUser, action: str) -> None:
    menu = head.page.locator(".page-container:visible .actions-btn-group")
    menu.locator("button").first.click(timeout=PATIENCE)
    menu.locator("a", has_text=action).first.click()


def state(head: DeskUser, name: str) -> str:
    return head.rows(REVIEW, {"name": name}, "status")[0]["status"]


def test_the_phone_lists_and_decides_the_same_rows_and_the_person_reads_the_words(found, stack, office):
    head = Client(stack, people(stack, office, "Kepala OPD")[0])
    until(lambda: len(head.rows(REVIEW, {"name": ["in", found]})), 2)
    groups = head.message("GET", f"{API}.persetujuan.daftar")["kelompok"]
    listed = {row["name"]: row for group in groups if group["doctype"] == REVIEW for row in group["baris"]}
    assert set(found) <= set(listed)
    assert listed[found[0]]["foto"] and [one["name"] for one in listed[found[0]]["lain"]]

    body = {
        "doctype": REVIEW,
        "nama": found[:1],
        "aksi": "Minta Klarifikasi",
        "catatan": "Siapa yang memotret?",
    }
    told = head.message("POST", f"{API}.persetujuan.putuskan", json=body)
    assert (told["berhasil"], told["hasil"][0]["status"]) == (1, "Perlu Klarifikasi")

    person = Client(stack, people(stack, office, "Pegawai SPBE")[0])
    own = {row["name"]: row for row in person.message("GET", HARI_INI)["absensi"]}
    assert own[found[0]]["tinjauan"] == "Perlu Klarifikasi"
    assert own[found[0]]["catatan_tinjauan"] == "Siapa yang memotret?"
    assert person.call("GET", f"/api/resource/{REVIEW}/{found[0]}").status_code == 403
