"""A head decides on the phone: one by one, many at once, taken back in time, and refused in words."""

from __future__ import annotations

import pytest
from accessible import violations
from pages import PATIENCE, Phone
from playwright.sync_api import expect
from review_queue import office_with_staff, people, two_alike
from test_persetujuan_http import outside

from tests.client import API, Client


@pytest.fixture
def head(stack):
    return stack.user("Kepala OPD")


@pytest.fixture
def staff(stack, head) -> Client:
    worker = next(
        user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == head["opd"]
    )
    return Client(stack, worker)


@pytest.fixture
def at_approvals(new_phone, head):
    """The head's phone with the page open, reached by its tab."""
    phone = new_phone()
    phone.page.goto(f"{phone.url}/absen")
    phone._field("login-nip").fill(head["username"])
    phone._field("login-password").fill(head["password"])
    phone.element("login-submit").click()
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    phone.page.goto(f"{phone.url}/absen/persetujuan")
    expect(phone.element("approval").first).to_be_visible(timeout=PATIENCE)
    # Others may have left more than a page.
    while phone.element("more").count():
        phone.more_approvals()
    return phone


def card(phone: Phone, name: str):
    return phone.page.locator(f"[data-testid=approval][data-name='{name}']")


def status(staff: Client, name: str) -> str:
    return staff.document("Absensi", name)["status"]


@pytest.fixture
def waiting(staff) -> list[str]:
    return [outside(staff)["name"] for _ in range(3)]


def test_more_than_a_page_is_gone_through_with_keyboard_and_screen_reader(staff, head, new_phone):
    boss = Client(staff.stack, head)
    names = [outside(staff)["name"] for _ in range(27)]
    phone = new_phone()
    phone.page.goto(f"{phone.url}/absen")
    phone._field("login-nip").fill(head["username"])
    phone._field("login-password").fill(head["password"])
    phone.element("login-submit").click()
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    phone.page.goto(f"{phone.url}/absen/persetujuan")
    group = phone.page.get_by_role("region", name="Absensi di luar lokasi")
    cards, more = group.get_by_test_id("approval"), group.get_by_test_id("more")
    expect(cards).to_have_count(25, timeout=PATIENCE)
    waiting = boss.message("GET", f"{API}.persetujuan.jumlah")["per_jenis"]["Absensi"]
    expect(group).to_contain_text(f"25 dari {waiting} ditampilkan")
    assert more.get_attribute("aria-label") == "Tampilkan lagi: Absensi di luar lokasi"
    more.press("Enter")
    expect(cards).to_have_count(min(50, waiting), timeout=PATIENCE)
    expect(cards.nth(25).get_by_role("heading")).to_be_focused()
    expect(phone.element("told")).to_have_text(f"{min(50, waiting)} dari {waiting} ditampilkan")
    faults = violations(phone.page)
    assert faults == []
    phone.approval(names[-1])
    # A look at another page and back, as the list is fetched anew: the place in it is kept.
    shown = cards.count()
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.page.wait_for_load_state("networkidle")
    expect(cards).to_have_count(shown)
    decided = boss.message(
        "POST",
        f"{API}.persetujuan.putuskan",
        json={"doctype": "Absensi", "nama": names, "aksi": "Setujui", "catatan": "Uji"},
    )
    assert decided["berhasil"] == len(names)


def test_many_are_approved_at_once_and_one_is_taken_back_in_time(waiting, at_approvals, staff):
    phone = at_approvals
    expect(phone.element("approvals-badge")).to_be_visible()
    first, *others = waiting
    # Rejecting needs words; taken back in time nothing is sent.
    card(phone, first).get_by_test_id("reject").click()
    phone.element("note-confirm").click()
    expect(phone.page.locator("#catatan")).to_have_attribute("aria-invalid", "true")
    phone.element("note").fill("Tidak ada surat tugas")
    phone.element("note-confirm").click()
    expect(card(phone, first)).to_have_count(0)
    phone.element("undo").click()
    expect(card(phone, first)).to_be_visible()
    assert status(staff, first) == "Menunggu Persetujuan"

    for name in others:
        card(phone, name).get_by_test_id("choose").check()
    phone.element("approve-chosen").click()
    with phone.page.expect_response(lambda answer: "persetujuan.putuskan" in answer.url, timeout=PATIENCE):
        phone.element("note-confirm").click()
        assert status(staff, others[0]) == "Menunggu Persetujuan", "It was sent before the time was over."
    expect(phone.element("undo-bar")).to_have_attribute("data-tone", "ok", timeout=PATIENCE)
    assert {status(staff, name) for name in others} == {"Disetujui"}
    assert phone.width_of_content() <= 360


def test_a_row_that_somebody_else_decided_says_so(stack, waiting, at_approvals, staff):
    phone, name = at_approvals, waiting[0]
    body = {"doctype": "Absensi", "nama": [name], "aksi": "Tolak", "catatan": "Sudah diperiksa"}
    Client(stack, stack.user("BKPSDM")).message("POST", f"{API}.persetujuan.putuskan", json=body)
    card(phone, name).get_by_test_id("approve").click()
    phone.element("note-confirm").click()
    # Leaving the page is no undo: the decision goes out at once.
    phone.element("nav-requests").click()
    expect(phone.element("requests")).to_be_visible(timeout=PATIENCE)
    assert status(staff, name) == "Ditolak"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_can_be_used_by_everybody(waiting, at_approvals, theme):
    phone = at_approvals
    phone.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    card(phone, waiting[0]).get_by_test_id("choose").focus()
    phone.page.keyboard.press("Space")
    expect(phone.element("selection")).to_be_visible()
    assert violations(phone.page) == []


def test_staff_have_no_such_tab(new_phone, stack, staff):
    phone = new_phone()
    phone.page.goto(f"{phone.url}/absen")
    phone._field("login-nip").fill(staff.user["username"])
    phone._field("login-password").fill(staff.user["password"])
    phone.element("login-submit").click()
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    with phone.page.expect_response(lambda answer: "persetujuan.daftar" in answer.url, timeout=PATIENCE):
        phone.page.goto(f"{phone.url}/absen/persetujuan")
    expect(phone.element("approvals-empty")).to_be_visible(timeout=PATIENCE)
    expect(phone.element("nav-approvals")).to_have_count(0)


@pytest.fixture
def head_of_office(new_phone, stack):
    """The phone of a head who has staff."""
    phone = new_phone()
    phone.page.goto(f"{phone.url}/absen")
    user = people(stack, office_with_staff(stack), "Kepala OPD")[0]
    phone._field("login-nip").fill(user["username"])
    phone._field("login-password").fill(user["password"])
    phone.element("login-submit").click()
    expect(phone.element("nav-home")).to_be_visible(timeout=PATIENCE)
    return phone


def test_what_looks_odd_is_explained_and_decided_in_three_ways(head_of_office, stack):
    phone, names = head_of_office, two_alike(stack, office_with_staff(stack))
    first, second = names
    phone.page.goto(f"{phone.url}/absen/persetujuan")
    one, other = phone.approval(first), phone.approval(second)
    expect(other.get_by_test_id("signals")).to_contain_text("Foto Berulang")
    expect(one.get_by_role("img", name="Peta")).to_be_visible()
    expect(other.get_by_test_id("photo")).to_be_visible()
    for verdict in ("void", "clarify", "fine"):
        expect(one.get_by_test_id(verdict)).to_be_visible()
    assert phone.width_of_content() <= 360
    assert violations(phone.page) == []

    # What the person must answer needs words; what is reasonable needs none.
    other.get_by_test_id("clarify").click()
    phone.element("note-confirm").click()
    expect(phone.page.locator("#catatan")).to_have_attribute("aria-invalid", "true")
    phone.element("note").fill("Mengapa fotonya sama?")
    phone.element("note-confirm").click()
    expect(other).to_have_count(0)
    phone.element("undo").click()
    other = phone.approval(second)
    for card in (one, other):
        card.get_by_test_id("choose").check()
    phone.element("fine-chosen").click()
    phone.confirm_decision()
    bkpsdm = Client(stack, stack.user("BKPSDM"))
    for name in names:
        assert bkpsdm.document("Tinjauan Absensi", name)["status"] == "Wajar"
