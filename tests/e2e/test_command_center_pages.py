"""What each reader may look at, the way down to names and back, days gone by, files, the keyboard, and the wall."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from command_center import PRESENT, STATES, names, summary
from conftest import PHONE
from pages import API, PATIENCE
from playwright.sync_api import expect

WALL = {"720p": (1280, 720), "4K": (3840, 2160)}


@pytest.fixture(scope="module")
def working_day(stack, logged_in) -> str:
    """The last day before today on which somebody was present."""
    client = logged_in("Pimpinan")
    today = client.message("GET", f"{API}.pemantauan.ringkasan")["tanggal"]
    for back in range(1, 12):
        wanted = (date.fromisoformat(today) - timedelta(days=back)).isoformat()
        if client.message("GET", f"{API}.pemantauan.ringkasan?tanggal={wanted}")["jumlah"]["hadir"]:
            return wanted
    pytest.fail("The demonstration has no working day in its history.")


def test_a_guest_is_led_through_the_log_in_and_back(new_screen, stack):
    screen = new_screen(None).visit(opd="DINKES")
    expect(screen.page.locator("#login_email")).to_be_visible(timeout=PATIENCE)
    user = stack.user("Pimpinan")
    screen.page.locator("#login_email").fill(user["username"])
    screen.page.locator("#login_password").fill(user["password"])
    screen.page.locator(".for-login .btn-login, .form-login .btn-login").first.click()
    expect(screen.element("cakupan")).to_have_text("Dinas Kesehatan", timeout=3 * PATIENCE)
    assert screen.query() == {"opd": "DINKES"}


def test_the_log_in_says_in_indonesian_where_one_is_and_what_is_wrong(new_screen, stack):
    screen = new_screen(None).visit()
    page = screen.page
    expect(page.get_by_role("heading", name="Masuk ke SPBE Absensi")).to_be_visible(timeout=PATIENCE)
    page.locator("#login_email").fill(stack.user("Pimpinan")["username"])
    page.locator("#login_password").fill("bukan kata sandinya")
    page.locator(".for-login .btn-login, .form-login .btn-login").first.click()
    told = page.get_by_text("Akun atau kata sandi salah. Coba lagi.")
    expect(told).to_be_visible(timeout=PATIENCE)


def test_staff_are_told_whom_it_is_for(new_screen, api, stack):
    screen = new_screen("Pegawai SPBE")
    answer = screen.page.goto(f"{screen.url}/command-center")
    assert answer.status == 403
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Command Center tidak terbuka bagi Anda")
    assert screen.violations() == []
    for path in ("ringkasan", "peta", "orang"):
        refused = api(stack.user("Pegawai SPBE")).call("GET", f"{API}.pemantauan.{path}")
        assert (refused.status_code, refused.json()["exc_type"]) == (403, "PermissionError"), path


def test_wali_data_sees_numbers_and_no_names(new_screen, api, stack, working_day):
    screen = new_screen("Wali Data").opened(tanggal=working_day, keadaan="tepat")
    assert screen.number("tepat") > 0
    assert screen.page.locator("a[data-testid^=keadaan-]").count() == 0
    expect(screen.element("nama-ditolak")).to_be_visible()
    expect(screen.element("nama")).to_have_count(0)
    refused = api(stack.user("Wali Data")).call("GET", f"{API}.pemantauan.orang?tanggal={working_day}")
    assert refused.status_code == 403


def test_a_head_sees_the_own_opd_and_nothing_beside_it(new_screen, stack):
    own, foreign = stack.user("Kepala OPD", 1)["opd"], stack.user("Kepala OPD", 0)["opd"]
    screen = new_screen("Kepala OPD", 1).opened()
    expect(screen.element("cakupan")).to_have_text("Dinas Kesehatan")
    screen.link_is("live")
    screen.visit(opd=foreign)
    expect(screen.element("ditolak")).to_be_visible(timeout=PATIENCE)
    screen.element("ditolak").get_by_role("button").click()
    expect(screen.element("cakupan")).to_have_text("Dinas Kesehatan", timeout=PATIENCE)
    assert own == "DINKES" and screen.query() == {}


def test_from_the_regency_down_to_names_and_back_by_the_browser(new_screen, working_day):
    screen = new_screen().opened(tanggal=working_day)
    regency = screen.element("cakupan").inner_text()
    screen.row("DINKES").get_by_role("link").click()
    expect(screen.element("cakupan")).to_have_text("Dinas Kesehatan", timeout=PATIENCE)
    unit = screen.page.locator("[data-testid=baris]:not([data-langsung])").first
    name, code = unit.get_by_role("link").inner_text(), unit.get_attribute("data-name")
    unit.get_by_role("link").click()
    expect(screen.element("cakupan")).to_have_text(name, timeout=PATIENCE)
    assert screen.query() == {"tanggal": working_day, "opd": code}
    # A unit without units below it shows its people at once.
    expect(screen.element("orang").first).to_be_visible(timeout=PATIENCE)
    expect(screen.element("jejak").get_by_role("listitem")).to_have_count(4)
    # Neither the address nor the page tells a number of a person.
    assert not re.search(r"\d{16,18}", screen.page.url + screen.page.locator("body").inner_text())
    screen.page.go_back()
    expect(screen.element("cakupan")).to_have_text("Dinas Kesehatan", timeout=PATIENCE)
    screen.page.go_back()
    expect(screen.element("cakupan")).to_have_text(regency, timeout=PATIENCE)


def test_a_number_leads_to_exactly_its_people(new_screen, api, stack, working_day):
    screen = new_screen("BKPSDM").opened(tanggal=working_day)
    wanted = {
        row["name"] for row in names(api(stack.user("BKPSDM")), tanggal=working_day, keadaan="terlambat")
    }
    assert wanted and len(wanted) == screen.number("terlambat")
    screen.element("keadaan-terlambat").click()
    expect(screen.element("orang").first).to_be_visible(timeout=PATIENCE)
    while screen.element("muat-nama").count():
        screen.element("muat-nama").click()
        screen.page.wait_for_load_state("networkidle")
    shown = screen.element("orang").evaluate_all("rows => rows.map((row) => row.dataset.name)")
    assert set(shown) == wanted
    assert screen.query() == {"tanggal": working_day, "keadaan": "terlambat"}
    screen.element("tutup-nama").click()
    expect(screen.element("nama")).to_have_count(0)


def test_any_day_gone_by_has_its_own_numbers_and_no_live_ones(new_screen, api, stack, working_day):
    screen = new_screen().opened()
    screen.element("tanggal").fill(working_day)
    screen.link_is("past")
    expect(screen.element("kabar")).to_contain_text("Sudah dihitung")
    told = summary(api(stack.user("Pimpinan")), tanggal=working_day)["jumlah"]
    assert screen.numbers() == {state: told[state] for state in STATES}
    assert told["hadir"] == sum(told[state] for state in PRESENT) > 0
    screen.element("hari-ini").click()
    screen.link_is("live")
    assert "tanggal" not in screen.query()


def test_a_day_that_has_not_come_cannot_be_chosen(new_screen):
    screen = new_screen().opened()
    expect(screen.element("hari-sesudah")).to_be_disabled()
    screen.visit(tanggal="2999-01-01")
    expect(screen.element("ditolak")).to_be_visible(timeout=PATIENCE)


def test_units_are_sorted_and_found_by_the_keyboard(new_screen, working_day):
    screen = new_screen().opened(tanggal=working_day)
    first = screen.page.locator("[data-testid=baris]").first
    screen.element("urut-nama").focus()
    screen.page.keyboard.press("Enter")
    header = screen.page.locator("th", has=screen.element("urut-nama"))
    expect(header).to_have_attribute("aria-sort", "ascending")
    by_name = first.get_attribute("data-name")
    screen.page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert first.get_attribute("data-name") != by_name
    screen.element("cari-unit").fill("kesehatan dinas")
    expect(screen.page.locator("[data-testid=baris]")).to_have_count(1)
    screen.element("cari-unit").fill("tidak ada ini")
    expect(screen.element("unit")).to_contain_text("Tidak ada unit dengan nama itu.")


def test_the_first_stop_of_the_keyboard_leads_past_the_head(new_screen, working_day):
    screen = new_screen().opened(tanggal=working_day)
    screen.page.keyboard.press("Tab")
    expect(screen.page.locator(":focus")).to_have_text("Langsung ke isi")
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#isi")).to_be_focused()


def test_a_place_is_found_in_the_list_and_shown_on_the_map(new_screen, working_day):
    screen = new_screen().opened(tanggal=working_day)
    places = screen.element("tempat")
    expect(places.first).to_be_visible(timeout=PATIENCE)
    assert screen.element("tanda").count() >= 1
    before = screen.element("tanda").count()
    places.first.focus()
    screen.page.keyboard.press("Enter")
    expect(places.first).to_have_attribute("aria-pressed", "true")
    # Closer, so that what lay together comes apart.
    name = places.first.locator(".font-semibold").first.inner_text()
    expect(screen.page.locator("[data-testid=tanda] title", has_text=name)).to_have_count(1)
    assert before >= 1


def test_nobody_is_kept_out_by_colours_or_language(new_screen, working_day):
    faults = {}
    for theme, language in (("light", "id"), ("dark", "en")):
        screen = new_screen(color_scheme=theme)
        choose = f"localStorage.setItem('absen.bahasa', '{language}'); localStorage.setItem('absen.tampilan', '{theme}')"
        screen.page.add_init_script(choose)
        screen.opened(tanggal=working_day, keadaan="terlambat")
        assert screen.page.evaluate("document.documentElement.dataset.theme") == theme
        faults[theme] = screen.violations()
        expect(screen.element("keadaan-tepat")).to_contain_text(
            {"id": "Tepat waktu", "en": "On time"}[language]
        )
        screen.visit(tanggal=working_day, dinding="1")
        expect(screen.element("layar-dinding")).to_be_visible(timeout=PATIENCE)
        faults[f"{theme} wall"] = screen.violations()
    assert {look: found for look, found in faults.items() if found} == {}


def test_a_phone_shows_all_of_it_without_moving_sideways(new_screen, working_day):
    screen = new_screen(**PHONE).opened(tanggal=working_day)
    expect(screen.element("peta-gambar")).to_be_visible(timeout=PATIENCE)
    assert screen.width_of_content() == 360
    assert screen.violations() == []


@pytest.mark.parametrize("size", WALL)
def test_the_wall_fits_its_screen_and_turns_by_itself_and_by_keys(new_screen, working_day, size):
    width, height = WALL[size]
    screen = new_screen(viewport={"width": width, "height": height})
    screen.visit(tanggal=working_day, dinding="1")
    wall = screen.element("layar-dinding")
    expect(wall).to_have_attribute("data-adegan", "kabupaten", timeout=PATIENCE)
    expect(screen.element("persen")).to_be_visible(timeout=PATIENCE)
    expect(screen.element("jam")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    # A twentieth of the height is read from across the room.
    assert screen.element("jam").bounding_box()["height"] > height / 20
    scenes = []
    for _scene in range(4):
        scenes.append(wall.get_attribute("data-adegan"))
        hidden = "() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().bottom > innerHeight + 1 && !one.closest('svg')).length"
        assert screen.page.evaluate(hidden) == 0, scenes
        screen.page.keyboard.press("ArrowRight")
        screen.page.wait_for_timeout(400)
    assert scenes == ["kabupaten", "unit", "peta", "apel"]
    expect(wall).to_have_attribute("data-adegan", "kabupaten")
    # Untouched it goes on by itself.
    expect(wall).to_have_attribute("data-adegan", "unit", timeout=20_000)
    screen.page.keyboard.press("Escape")
    expect(screen.element("ringkasan")).to_be_visible()
    assert "dinding" not in urlsplit(screen.page.url).query


def test_the_list_of_the_absent_is_refused_with_its_reason_while_the_day_is_not_over(new_screen):
    screen = new_screen().opened()
    screen.element("unduh").click()
    with screen.page.expect_response(lambda answer: ".ekspor" in answer.url, timeout=PATIENCE) as sent:
        screen.element("unduh-absent").click()
    assert (sent.value.status, sent.value.json()["exc_type"]) == (409, "DataBelumLengkap")
    refused = screen.element("unduh-ditolak")
    expect(refused).to_contain_text("Belum dapat diunduh")
    # The server's own sentence says what is missing.
    assert len(refused.inner_text()) > 60


def test_what_is_on_the_screen_comes_as_a_file(new_screen, working_day):
    screen = new_screen().opened(tanggal=working_day, opd="DINKES")
    screen.element("unduh").click()
    with screen.page.expect_download(timeout=PATIENCE) as sent:
        screen.element("unduh-csv").click()
    text = Path(sent.value.path()).read_text(encoding="utf-8-sig")
    assert sent.value.suggested_filename.endswith(".csv")
    rows = screen.page.locator("[data-testid=baris]:not([data-langsung])")
    for name in rows.get_by_role("link").all_inner_texts():
        assert name in text


def test_the_phone_app_leads_there_whoever_may_go(new_screen):
    for role, shown in (("Kepala OPD", 1), ("Pegawai SPBE", 0)):
        screen = new_screen(role, **PHONE)
        screen.page.goto(f"{screen.url}/absen/akun")
        expect(screen.element("to-consent")).to_be_visible(timeout=PATIENCE)
        screen.page.wait_for_load_state("networkidle")
        expect(screen.element("to-command-center")).to_have_count(shown)
    screen = new_screen("Kepala OPD", **PHONE)
    screen.page.goto(f"{screen.url}/absen/akun")
    screen.element("to-command-center").click(timeout=PATIENCE)
    expect(screen.element("ringkasan")).to_be_visible(timeout=PATIENCE)


def test_the_map_asks_nobody_but_the_own_server_unless_tiles_are_set(new_screen, working_day):
    screen = new_screen()
    hosts: set[str] = set()
    screen.page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    screen.opened(tanggal=working_day)
    expect(screen.element("tanda").first).to_be_visible(timeout=PATIENCE)
    screen.page.wait_for_load_state("networkidle")
    assert {host for host in hosts if host} == {urlsplit(screen.url).netloc}
    expect(screen.element("ubin")).to_have_count(0)

    # As with an address in Pengaturan Absensi, which the other tests of this stack do without.
    asked: list[str] = []
    screen.page.route(
        "https://ubin.example.invalid/**",
        lambda route: (asked.append(route.request.url), route.fulfill(status=404)),
    )
    address = '"ubin":"https://ubin.example.invalid/{z}/{x}/{y}.png"'

    def with_tiles(route):
        answer = route.fetch()
        policy = answer.headers["content-security-policy"]
        allowed = policy.replace("img-src 'self'", "img-src 'self' https://ubin.example.invalid")
        assert allowed != policy
        route.fulfill(
            response=answer,
            body=re.sub(r'"ubin": ?""', address, answer.text()),
            headers={**answer.headers, "content-security-policy": allowed},
        )

    screen.page.route(re.compile(r"/command-center(\?|$)"), with_tiles)
    screen.opened(tanggal=working_day)
    expect(screen.element("ubin").first).to_be_attached(timeout=PATIENCE)
    screen.page.wait_for_timeout(500)
    assert asked and all(re.fullmatch(r".*/\d+/\d+/\d+\.png", url) for url in asked)
