"""Every page of Desk that this app has, as each role sees it, wide and on a phone: no error in the console, no failed request."""

from __future__ import annotations

import json

import pytest
from pages import PATIENCE, Console, Desk
from playwright.sync_api import expect

WIDTHS = {1280: 900, 360: 740}
# Pages of everybody who works in Desk, and what only BKPSDM has.
PAGES = (
    "spbe-absensi",
    "opd/view/list",
    "opd/view/tree",
    "pegawai/view/list",
    "opd-lokasi/view/list",
    "opd-lokasi/view/map",
    "absensi/view/list",
    "absensi/view/report",
)
NEW = {
    "BKPSDM": ("opd/new", "pegawai/new", "opd-lokasi/new", "pengaturan-absensi"),
    "Admin OPD": ("pegawai/new", "opd-lokasi/new"),
    "Kepala OPD": (),
}
FORMS = ("OPD", "Pegawai", "OPD Lokasi", "Absensi")


def first_of(client, doctype: str) -> str:
    """The address of the first document of the kind that this user may see."""
    answer = client.call("GET", f"/api/resource/{doctype}", params={"limit_page_length": 1})
    (row,) = answer.json()["data"]
    return f"{doctype.lower().replace(' ', '-')}/{row['name']}"


# All that there is to see is BKPSDM's; of the others the size that they work with most.
@pytest.mark.parametrize(
    ("role", "width"), [*(("BKPSDM", width) for width in WIDTHS), ("Admin OPD", 1280), ("Kepala OPD", 360)]
)
def test_no_page_of_desk_reports_an_error_or_is_wider_than_the_screen(browser, stack, api, role, width):
    user = stack.user(role)
    client = api(user)
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, locale="id-ID", timezone_id="Asia/Jakarta"
    )
    desk = Desk(context, stack.url)
    console = Console(desk.page)
    desk.log_in(user)
    addresses = [*PAGES, *NEW[role], *(first_of(client, doctype) for doctype in FORMS)]
    faults = {}
    for address in addresses:
        console.clear()
        desk.page.goto(f"{stack.url}/app/{address}")
        expect(desk.page.locator(".page-container .page-head").locator("visible=true").first).to_be_visible(
            timeout=3 * PATIENCE
        )
        desk.page.wait_for_load_state("networkidle", timeout=3 * PATIENCE)
        wide = desk.page.evaluate("document.documentElement.scrollWidth")
        found = [*console.faults, *([f"{wide} pixels wide"] if wide > width else [])]
        # Frappe says in a page, with status 200, that something is not there or not allowed.
        if (
            desk.page.locator(".page-container .not-found, .msgprint-dialog.show")
            .locator("visible=true")
            .count()
        ):
            found.append(desk.page.locator("body").inner_text()[:300])
        if found:
            faults[address] = found
    context.close()
    assert faults == {}


def test_the_console_watch_notices_what_it_is_there_for(browser, stack):
    context = browser.new_context()
    page = context.new_page()
    console = Console(page)
    page.goto(f"{stack.url}/login")
    page.evaluate("console.error('bad'); setTimeout(() => { throw new Error('worse') })")
    page.evaluate("fetch('/assets/there-is-no-such-file.js').catch(() => {})")
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => {})")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    found = json.dumps(console.faults)
    context.close()
    assert all(word in found for word in ("bad", "worse", "404", "127.0.0.1:9"))


def test_lists_show_people_by_name_and_a_phone_shows_what_its_columns_cannot(browser, stack, api):
    user = stack.user("Kepala OPD")
    (row,) = (
        api(user)
        .call(
            "GET",
            "/api/resource/Absensi",
            params={
                "fields": json.dumps(["name", "pegawai.nama", "jenis", "waktu", "putusan_lokasi"]),
                "filters": json.dumps({"pegawai": user["pegawai"]}),
                "limit_page_length": 1,
            },
        )
        .json()["data"]
    )
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    desk = Desk(context, stack.url)
    desk.log_in(user)
    shown = desk.list_of(name=row["name"])
    expect(shown).to_have_count(1)
    text = shown.inner_text()
    context.close()
    day = row["waktu"][:10].split("-")[::-1]
    assert row["nama"] in text
    assert user["pegawai"] not in text
    assert all(
        part in text for part in (row["jenis"], row["putusan_lokasi"], "-".join(day), row["waktu"][11:19])
    )


def test_the_tree_of_opd_is_open_below_the_regency(new_desk, stack, api):
    user = stack.user("BKPSDM")
    client = api(user)
    fields = json.dumps(["nama_opd"])
    second = client.call(
        "GET",
        "/api/resource/OPD",
        params={"fields": fields, "filters": json.dumps({"induk": "MERANTI"}), "limit_page_length": 0},
    ).json()["data"]
    desk = new_desk(user)
    desk.page.goto(f"{stack.url}/app/opd/view/tree")
    nodes = desk.page.locator(".tree-node").locator("visible=true")
    expect(nodes.filter(has_text=second[0]["nama_opd"]).first).to_be_visible(timeout=PATIENCE)
    assert len(second) > 20
    # The regency and everything right below it.
    expect(nodes).to_have_count(len(second) + 1)
