"""Each role's own workspace: opened after the log-in, with figures that agree with the lists, and links that lead somewhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from accessible import GRAVE, violations
from pages import PATIENCE, Console
from playwright.sync_api import Locator, expect

ROOM = "#page-Workspaces .layout-main-section"
ROOMS = {
    "BKPSDM": "ruang-bkpsdm",
    "Admin OPD": "ruang-admin-opd",
    "Kepala OPD": "ruang-kepala-opd",
    "Pimpinan": "ruang-pimpinan",
    "Wali Data": "ruang-wali-data",
}
# Faults of the framework's own widgets: unnamed menus of cards and charts, grey labels.
FRAMEWORKS = {"aria-allowed-attr", "button-name", "color-contrast", "link-name", "nested-interactive"}
# Card to what the same person's list of it shows.
LISTS = {
    "Pegawai Aktif": ("Pegawai", {"status": "Aktif"}),
    "Lokasi Aktif": ("OPD Lokasi", {"aktif": 1}),
    "Absensi Perlu Ditinjau": ("Tinjauan Absensi", {"status": "Menunggu"}),
    "Registrasi Menunggu Putusan": ("Registrasi Pegawai", {"status": "Terverifikasi"}),
    "Perangkat Aktif": ("Perangkat", {"status": "Aktif"}),
    "Kode Aktivasi Berlaku": ("Kode Aktivasi", {"status": "Berlaku"}),
}


def figure(room: Locator, name: str) -> int:
    """The number of a card; it is fetched when the card comes into sight."""
    card = room.locator(f".number-widget-box[data-widget-name='{name}']")
    card.scroll_into_view_if_needed()
    number = card.locator(".number")
    expect(number).to_be_visible(timeout=3 * PATIENCE)
    return int(number.inner_text().replace(".", ""))


def present(desk) -> int:
    """People with a punch of today, by the list that the same person may open."""
    today = f"{datetime.now(ZoneInfo('Asia/Jakarta')):%Y-%m-%d}"
    filters = {"tanggal": today, "status": ["!=", "Ditolak"]}
    return len({row["pegawai"] for row in desk.rows("Absensi", filters, "pegawai")})


@pytest.mark.parametrize("role", ROOMS)
def test_a_role_lands_in_its_own_room_and_finds_true_figures_and_open_doors(desk_of, stack, role):
    desk = desk_of(stack.user(role))
    console = Console(desk.page)
    desk.visit("")
    expect(desk.page).to_have_url(f"{stack.url}/app/{ROOMS[role]}", timeout=PATIENCE)
    room = desk.page.locator(ROOM)
    expect(room.locator(".links-widget-box").first).to_be_visible(timeout=3 * PATIENCE)

    names = room.locator(".number-widget-box").evaluate_all("all => all.map(one => one.dataset.widgetName)")
    figures = {name: figure(room, name) for name in names}
    assert len(figures) >= 4
    told = {name: len(desk.rows(*LISTS[name])) for name in figures if name in LISTS}
    assert {name: figures[name] for name in told} == told
    if "Hadir Hari Ini" in figures:
        assert figures["Hadir Hari Ini"] == present(desk)

    targets = room.locator(".links-widget-box a.link-item").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(targets) >= 8
    doors = {href: answer(desk, href) for href in targets}
    assert {href: status for href, status in doors.items() if status != 200} == {}
    assert violations(desk.page, ROOM, impacts=GRAVE, apart=FRAMEWORKS) == []
    assert console.faults == []


def answer(desk, address: str) -> int:
    """The status of what a link opens: the list's first row, the report's script, or the page itself."""
    path = address.removeprefix("/app/")
    if path.startswith("query-report/"):
        name = path.removeprefix("query-report/")
        return desk.client.call(
            "GET", f"/api/method/frappe.desk.query_report.get_script?report_name={name}"
        ).status_code
    kinds = desk.page.evaluate(
        "path => [frappe.router.routes[path]?.doctype, frappe.boot.page_info[path]?.title, frappe.boot.single_types]",
        path.split("/")[0],
    )
    if kinds[0]:
        single = f"/{kinds[0]}" if kinds[0] in kinds[2] else "?limit_page_length=1"
        return desk.client.call("GET", f"/api/resource/{kinds[0]}{single}").status_code
    return 200 if kinds[1] else 404


def test_a_chart_of_the_analytics_is_that_of_its_reader(desk_of, stack):
    """Heads see fewer units than BKPSDM, whoever opened the page first."""
    shown = {}
    for role in ("BKPSDM", "Kepala OPD"):
        desk = desk_of(stack.user(role))
        console = Console(desk.page)
        desk.visit("analitik")
        chart = desk.page.locator("#page-Workspaces .dashboard-widget-box").filter(
            has_text="Ketepatan Waktu per OPD"
        )
        chart.scroll_into_view_if_needed()
        # The worst unit comes first, and early in a month nobody there may have been punctual: a bar of no height.
        expect(chart.locator(".bar").first).to_be_attached(timeout=3 * PATIENCE)
        shown[role] = chart.locator(".bar").count()
        assert console.faults == []
    assert 0 < shown["Kepala OPD"] < shown["BKPSDM"]


def test_bkpsdm_looks_at_the_letter_to_leaders_before_anybody_gets_it(desk_of, stack):
    desk = desk_of(stack.user("BKPSDM"))
    desk.visit("laporan-berkala-pimpinan")
    desk.page.get_by_role("button", name="Pratinjau", exact=True).locator("visible=true").click()
    letter = desk.page.frame_locator(".modal.show iframe")
    expect(letter.get_by_text("Tepat Waktu").first).to_be_visible(timeout=PATIENCE)
    desk.close_dialogs()
