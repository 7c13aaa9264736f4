"""Without an own phone: on a colleague's, and at the kiosk of the office; and the PIN that both need."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from accessible import violations
from pages import PATIENCE, Phone, centre, office
from playwright.sync_api import expect
from test_journeys_display import choose, look

ISIAN = "/api/method/spbe_attendance.api.saksi.isian"
TABLET = {
    "viewport": {"width": 1280, "height": 800},
    "has_touch": True,
    "locale": "id-ID",
    "timezone_id": "Asia/Jakarta",
    "permissions": ["geolocation", "camera"],
}
QUOTA = 3
QUIET_MS, RECEIPT_MS = 46_000, 7_000
KEPT = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.body.innerText])"


@pytest.fixture
def colleague(stack, api, heads):
    """Staff of the head's OPD who may still be helped this month, with ``left`` after this time."""
    rows = stored(api(heads[0]), ["!=", ""])
    used = Counter(row["pegawai"] for row in rows)
    staff = [
        user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == heads[0]["opd"]
    ]
    # The first ones punch in other journeys.
    user = min(staff[3:], key=lambda each: used[each["pegawai"]])
    return {**user, "left": QUOTA - 1 - used[user["pegawai"]]}


@pytest.fixture
def witness(heads, staff_of):
    return staff_of(heads[0]["opd"], 2)


@pytest.fixture
def here(api, witness):
    return centre(office(api(witness).places()))


@pytest.fixture
def helper(new_phone, here, witness):
    phone = new_phone(here)
    phone.log_in(witness)
    return phone


@pytest.fixture
def kiosk(browser, stack, here):
    """The tablet at the counter, logged in, with a clock that the test can move."""
    context = browser.new_context(**TABLET)
    tablet = Phone(context, stack.url)
    tablet.stand_at(here)
    user = stack.user("Kios SPBE")
    tablet.page.clock.install()
    tablet.page.goto(f"{stack.url}/absen")
    tablet._field("login-nip").fill(user["username"])
    tablet._field("login-password").fill(user["password"])
    tablet.element("login-submit").click()
    expect(tablet.element("kiosk-masuk")).to_be_enabled(timeout=PATIENCE)
    yield tablet
    context.close()


def fill_in(phone, person: dict[str, Any]) -> None:
    phone.element("witness-open").click()
    phone.element("witness-number").fill(person["username"], timeout=PATIENCE)
    phone.page.get_by_label("Ponsel Mati").check()
    phone.element("witness-next").click()
    phone.element("camera-capture").click(timeout=PATIENCE)


def send(phone, pin: str) -> None:
    phone.element("witness-pin").fill(pin, timeout=PATIENCE)
    phone.element("witness-send").click()


def words_for(left: int) -> str:
    return f"{left} dari {QUOTA}" if left else "habis"


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06d}"


def stored(client, pegawai: Any) -> list[dict[str, Any]]:
    """What the list shows, the latest first."""
    fields = ["name", "pegawai", "saksi", "kios", "sumber", "foto_status", "perlu_tinjau", "sebab_saksi"]
    answer = client.call(
        "GET",
        "/api/resource/Absensi",
        params={
            "filters": json.dumps({"pegawai": pegawai, "sumber": "Saksi"}),
            "fields": json.dumps(fields),
            "order_by": "creation desc",
            "limit_page_length": 0,
        },
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_a_colleague_punches_on_this_phone_and_the_head_sees_who_saw_it(
    helper, colleague, witness, heads, api, new_desk
):
    fill_in(helper, colleague)
    send(helper, wrong(colleague["pin"]))
    expect(helper.element("punch-fault")).to_contain_text("PIN tidak tepat", timeout=PATIENCE)
    # The photo stays, the PIN does not.
    expect(helper.page.get_by_alt_text("Foto rekan Anda")).to_be_visible()
    expect(helper.element("witness-pin")).to_have_value("")
    send(helper, colleague["pin"])
    receipt = helper.receipt()
    person = api(colleague).message("/api/method/spbe_attendance.api.absensi.hari_ini")["pegawai"]
    expect(receipt.get_by_test_id("receipt-name")).to_have_text(person["nama"])
    expect(receipt.get_by_test_id("receipt-left")).to_contain_text(words_for(colleague["left"]))
    expect(helper.element("photo-state")).to_have_attribute("data-state", "sent", timeout=PATIENCE)

    row = stored(api(heads[0]), colleague["pegawai"])[0]
    assert (row["saksi"], row["kios"], row["sebab_saksi"]) == (witness["pegawai"], None, "Ponsel Mati")
    assert (row["foto_status"], row["perlu_tinjau"]) == ("Ada", 1)
    desk = new_desk(heads[0])
    desk.open(row["name"])
    name = api(witness).message("/api/method/spbe_attendance.api.absensi.hari_ini")["pegawai"]["nama"]
    seen_by = desk.form().locator("[data-fieldname=saksi]")
    expect(seen_by).to_contain_text("Saksi", timeout=PATIENCE)
    expect(seen_by).to_contain_text(name, timeout=PATIENCE)


def test_an_answer_that_is_lost_on_the_way_costs_one_punch_and_not_two(helper, colleague, api, heads):
    lost = []

    def lose(route):
        # The server has done it; the phone never hears of it, the first time.
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.json())
            route.abort()

    helper.page.route("**/*api.saksi.catat*", lose)
    fill_in(helper, colleague)
    send(helper, colleague["pin"])
    helper.receipt()
    assert lost[0]["message"]["nama"]
    assert len(stored(api(heads[0]), colleague["pegawai"])) == QUOTA - colleague["left"]
    expect(helper.element("receipt-left")).to_contain_text(words_for(colleague["left"]))


def test_without_a_network_the_page_says_what_to_do_instead(helper):
    helper.element("witness-open").click()
    expect(helper.element("witness-number")).to_be_visible(timeout=PATIENCE)
    helper.context.set_offline(True)
    expect(helper.element("witness-offline")).to_contain_text("Koreksi absensi", timeout=PATIENCE)
    helper.context.set_offline(False)
    expect(helper.element("witness-number")).to_be_visible(timeout=PATIENCE)


def test_only_a_live_photo_counts(helper, colleague):
    helper.element("witness-open").click()
    helper.element("witness-number").fill(colleague["username"], timeout=PATIENCE)
    helper.page.get_by_label("Ponsel Mati").check()
    helper.element("witness-next").click()
    expect(helper.element("camera-capture")).to_be_enabled(timeout=PATIENCE)
    expect(helper.page.locator("input[type=file]")).to_have_count(0)


def press(kiosk, digits: str) -> None:
    for digit in digits:
        kiosk.element("pad").get_by_role("button", name=digit, exact=True).click()


def prove(kiosk, person: dict[str, Any], pin: str | None = None) -> None:
    """Number and PIN by the pad alone."""
    kiosk.element("kiosk-number").click(timeout=PATIENCE)
    press(kiosk, person["username"])
    kiosk.element("kiosk-pin").click()
    press(kiosk, pin or person["pin"])


def to_the_witness(kiosk, person: dict[str, Any], pin: str | None = None) -> None:
    kiosk.element("kiosk-masuk").click()
    prove(kiosk, person, pin)
    kiosk.element("kiosk-cause").select_option("Tidak Punya Ponsel")
    kiosk.element("kiosk-next").click()
    expect(kiosk.page.get_by_label("PIN saksi")).to_be_visible()


def test_a_punch_at_the_kiosk_and_then_an_empty_screen(kiosk, colleague, witness, api, heads, stack):
    to_the_witness(kiosk, colleague, wrong(colleague["pin"]))
    prove(kiosk, witness)
    kiosk.element("kiosk-next").click()
    kiosk.element("camera-capture").click(timeout=PATIENCE)
    kiosk.element("kiosk-send").click(timeout=PATIENCE)
    expect(kiosk.element("punch-fault")).to_contain_text("PIN tidak tepat", timeout=PATIENCE)
    # Back at the beginning of the form: the number and the photo are kept, the PINs are not.
    expect(kiosk.element("kiosk-number")).to_have_value(colleague["username"])
    expect(kiosk.element("kiosk-pin")).to_have_value("")
    kiosk.page.keyboard.type(colleague["pin"])
    kiosk.page.keyboard.press("Enter")
    expect(kiosk.page.get_by_label("PIN saksi")).to_have_value("")
    kiosk.page.keyboard.type(witness["pin"])
    kiosk.page.keyboard.press("Enter")
    kiosk.element("kiosk-send").click(timeout=PATIENCE)
    name = kiosk.receipt().get_by_test_id("receipt-name").inner_text()

    kiosk.page.clock.run_for(RECEIPT_MS)
    expect(kiosk.element("kiosk-masuk")).to_be_visible(timeout=PATIENCE)
    row = stored(api(heads[0]), colleague["pegawai"])[0]
    assert row["saksi"] == witness["pegawai"] and row["kios"]
    left = kiosk.page.evaluate(KEPT)
    for trace in (name, colleague["username"], witness["username"], colleague["pegawai"], colleague["pin"]):
        assert trace not in left
    assert kiosk.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    kiosk.element("kiosk-pulang").click()
    expect(kiosk.element("kiosk-number")).to_have_value("")


def test_a_kiosk_that_is_left_forgets_what_was_typed(kiosk, colleague):
    to_the_witness(kiosk, colleague)
    kiosk.page.clock.run_for(QUIET_MS)
    expect(kiosk.element("kiosk-masuk")).to_be_visible(timeout=PATIENCE)
    kiosk.element("kiosk-masuk").click()
    expect(kiosk.element("kiosk-number")).to_have_value("")
    expect(kiosk.element("kiosk-pin")).to_have_value("")


def test_a_kiosk_has_one_page_and_staff_have_every_other(kiosk, helper):
    for path in ("", "/riwayat", "/permohonan", "/saksi", "/akun", "/tampilan"):
        kiosk.page.goto(f"{kiosk.url}/absen{path}")
        kiosk.page.wait_for_url("**/absen/kios", timeout=PATIENCE)
        expect(kiosk.element("kiosk-masuk")).to_be_visible(timeout=PATIENCE)
    helper.page.goto(f"{helper.url}/absen/kios")
    expect(helper.element("punch-masuk")).to_be_visible(timeout=PATIENCE)


def test_a_kiosk_leaves_its_account_only_when_asked_twice(kiosk):
    kiosk.element("kiosk-settings").click()
    kiosk.element("kiosk-leave").click()
    kiosk.element("kiosk-leave-confirm").click()
    expect(kiosk.element("login-submit")).to_be_visible(timeout=PATIENCE)


def test_a_pin_is_set_with_the_password_and_then_works(new_phone, here, heads, staff_of, api):
    user = staff_of(heads[0]["opd"], 1)
    phone = new_phone(here)
    phone.log_in(user)
    phone.element("account-open").click()
    expect(phone.element("pin-state")).to_have_attribute("data-state", "set", timeout=PATIENCE)
    expect(phone.element("phone").first).to_contain_text("ponsel ini", timeout=PATIENCE)
    phone.element("pin-open").click()
    for field in ("pin-new", "pin-again"):
        phone.element(field).fill("123456")
    phone.element("pin-password").fill(user["password"])
    phone.element("pin-save").click()
    expect(phone.element("pin-fault")).to_contain_text("mudah ditebak", timeout=PATIENCE)
    # The demo's own PIN again: what the file of log-ins says stays true.
    for field in ("pin-new", "pin-again"):
        phone.element(field).fill(user["pin"])
    phone.element("pin-save").click()
    expect(phone.element("pin-saved")).to_be_visible(timeout=PATIENCE)
    assert api(user).message(ISIAN)["punya_pin"] is True


@pytest.mark.parametrize(("theme", "language"), [("dark", "en"), ("light", "id")])
def test_neither_page_keeps_anybody_out(helper, colleague, theme, language):
    helper.page.emulate_media(reduced_motion="reduce")
    choose(helper, "tampilan", theme)
    choose(helper, "bahasa", language)
    faults, widths = {}, {}

    def note(screen: str) -> None:
        faults[screen], widths[screen] = violations(helper.page), helper.width_of_content()

    helper.page.goto(f"{helper.url}/absen/akun")
    helper.element("pin-open").click(timeout=PATIENCE)
    helper.element("pin-save").click()
    expect(helper.element("phone").first).to_be_visible(timeout=PATIENCE)
    note("account")
    helper.page.goto(f"{helper.url}/absen/saksi")
    helper.element("witness-next").click(timeout=PATIENCE)
    note("form")
    helper.element("witness-number").fill(colleague["username"])
    helper.page.locator("input[name=sebab]").first.check()
    helper.element("witness-next").click()
    expect(helper.element("camera-capture")).to_be_enabled(timeout=PATIENCE)
    note("camera")
    helper.element("camera-capture").click()
    send(helper, wrong(colleague["pin"]))
    expect(helper.element("punch-fault")).to_be_visible(timeout=PATIENCE)
    assert look(helper) == theme
    note("refused")
    assert {screen: found for screen, found in faults.items() if found} == {}
    assert {screen: width for screen, width in widths.items() if width > 360} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_the_kiosk_keeps_nobody_out(kiosk, colleague, witness, theme, size):
    kiosk.page.set_viewport_size({"width": size[0], "height": size[1]})
    kiosk.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    faults, widths = {}, {}

    def note(screen: str) -> None:
        faults[screen], widths[screen] = violations(kiosk.page), kiosk.width_of_content()

    note("start")
    kiosk.element("kiosk-masuk").click()
    kiosk.element("kiosk-next").click()
    note("person")
    prove(kiosk, colleague)
    kiosk.element("kiosk-cause").select_option("Tidak Punya Ponsel")
    kiosk.element("kiosk-next").click()
    expect(kiosk.page.get_by_label("PIN saksi")).to_be_visible()
    note("witness")
    prove(kiosk, witness)
    kiosk.element("kiosk-next").click()
    expect(kiosk.element("camera-capture")).to_be_enabled(timeout=PATIENCE)
    note("camera")
    kiosk.element("camera-capture").click()
    expect(kiosk.element("kiosk-send")).to_be_visible(timeout=PATIENCE)
    # Everything that is needed to go on stands on the screen.
    assert kiosk.element("kiosk-send").bounding_box()["y"] < size[1]
    note("review")
    assert {screen: found for screen, found in faults.items() if found} == {}
    assert {screen: width for screen, width in widths.items() if width > size[0]} == {}
