"""The review queue as a head of OPD works it: two staff on one spot with one picture, found by the job and decided in Desk."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from typing import Any

import pytest
from desk import DeskUser, until
from pages import API, PATIENCE
from playwright.sync_api import expect

from tests.client import CATAT, HARI_INI, Client, inside, picture, punch

REVIEW = "Tinjauan Absensi"
SCAN = "spbe_attendance.kehadiran.tinjauan.scan.run"


@pytest.fixture(scope="module")
def office(stack) -> str:
    """An OPD with a head and at least two staff who can log in."""
    staff = [user["opd"] for user in stack.users if user["role"] == "Pegawai SPBE"]
    heads = [user["opd"] for user in stack.users if user["role"] == "Kepala OPD"]
    return next(opd for opd in heads if staff.count(opd) >= 2)


def people(stack, opd: str, role: str) -> list[dict[str, Any]]:
    return [user for user in stack.users if user["role"] == role and user["opd"] == opd]


@pytest.fixture
def found(stack, office) -> list[str]:
    """Names of two punches of two people with the same position to the last digit and the same photo, looked at by the job."""
    shade = random.randrange(256)
    photo, names = picture(shade), []
    first, second = (Client(stack, user) for user in people(stack, office, "Pegawai SPBE")[:2])
    middle = inside(first.message("GET", HARI_INI))
    spot = {
        "latitude": round(middle["latitude"] + random.uniform(1, 9) * 1e-6, 7),
        "longitude": round(middle["longitude"] + random.uniform(1, 9) * 1e-6, 7),
    }
    for client in (first, second):
        body = punch(spot, foto_sha256=hashlib.sha256(photo).hexdigest(), perangkat=f"{uuid.uuid4()} uji")
        names.append(client.message("POST", CATAT, json=body)["name"])
        client.upload(body["id_klien"], photo)
    scan(stack)
    return names


def scan(stack) -> None:
    """What the scheduler does every ten minutes."""
    admin = Client(stack, stack.user("Administrator"))
    (job,) = admin.rows("Scheduled Job Type", {"method": SCAN})
    event = "frappe.core.doctype.scheduled_job_type.scheduled_job_type.execute_event"
    admin.message("POST", f"/api/method/{event}", json={"doc": json.dumps(job)})


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
    listed = {row["name"]: row for row in head.message("GET", f"{API}.tinjauan.daftar")["baris"]}
    assert set(found) <= set(listed)
    assert listed[found[0]]["foto"] and [one["name"] for one in listed[found[0]]["lain"]]

    body = {"names": found[:1], "keputusan": "Perlu Klarifikasi", "catatan": "Siapa yang memotret?"}
    told = head.message("POST", f"{API}.tinjauan.putuskan", json=body)
    assert (told["berhasil"], told["hasil"][0]["status"]) == (1, "Perlu Klarifikasi")

    person = Client(stack, people(stack, office, "Pegawai SPBE")[0])
    own = {row["name"]: row for row in person.message("GET", HARI_INI)["absensi"]}
    assert own[found[0]]["tinjauan"] == "Perlu Klarifikasi"
    assert own[found[0]]["catatan_tinjauan"] == "Siapa yang memotret?"
    assert person.call("GET", f"/api/resource/{REVIEW}/{found[0]}").status_code == 403
