"""Desk at 360 pixels: every list, report and page that BKPSDM's room leads to, in one window; and what is printed of a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import DeskUser
from pages import PATIENCE, Console
from playwright.sync_api import Page, expect

WIDTH = 360
ROOM = "Ruang BKPSDM"
# What stands outside of the screen and cannot be scrolled to. The framework keeps its sidebar and its pickers left of it, and
# its tables scroll by themselves.
UNREACHABLE = """() => {
    const scrolls = (element) => {
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth)
                return true
        return Boolean(element.closest('.datatable'))
    }
    return [...document.querySelectorAll('button, a.btn, input, select, textarea')]
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([element, box]) => box.width && box.height && box.right > window.innerWidth + 1 && !scrolls(element))
        .map(([element, box]) => `${element.textContent.trim() || element.className} ends at ${Math.round(box.right)}`)
}"""
# A report that needs a choice first asks for it, and the framework ends its script with this.
UNCHOSEN = "script: Filter missing"
# The page of the address is drawn, and nothing is asked of the server any more.
SETTLED = """() => !frappe.request.ajax_count && frappe.container.page
    && frappe.container.page.querySelector('.page-head, .print-preview-wrapper')"""


@pytest.fixture(scope="module")
def phone(browser, stack) -> Iterator[DeskUser]:
    desk = DeskUser(browser, stack, stack.user("BKPSDM"), width=WIDTH)
    desk.visit("analitik")
    yield desk
    desk.context.close()


def addresses(page: Page) -> list[str]:
    """Of all that the room's cards link to."""
    links = page.evaluate(
        """(name) => frappe.xcall('frappe.desk.desktop.get_desktop_page', { page: { name, title: name, public: 1 } })
            .then(({ cards }) => cards.items.flatMap((card) => card.links))""",
        ROOM,
    )
    return page.evaluate(
        """(links) => links.map(({ link_type: type, link_to: name }) => type === 'Report' ? `query-report/${name}`
            : type === 'Page' ? name : frappe.boot.single_types.includes(name) ? frappe.router.slug(name)
            : `${frappe.router.slug(name)}/view/list`)""",
        links,
    )


def faults(page: Page, console: Console) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    shown = page.locator(".page-container .not-found, .msgprint-dialog.show").locator("visible=true")
    return [
        *(fault for fault in console.faults if fault != UNCHOSEN),
        *([f"{wide} pixels wide"] if wide > WIDTH else []),
        *page.evaluate(UNREACHABLE),
        *(text[:300] for text in shown.all_inner_texts()),
    ]


def go(page: Page, console: Console, address: str) -> list[str]:
    console.clear()
    page.evaluate("(address) => frappe.set_route(address)", address)
    page.wait_for_url(
        f"**/app/{address.split('/')[0].replace(' ', '%20')}*/**" if "/" in address else f"**/app/{address}*",
        timeout=PATIENCE,
    )
    page.wait_for_timeout(150)
    page.wait_for_function(SETTLED, timeout=3 * PATIENCE)
    return faults(page, console)


def test_every_list_report_and_page_of_the_room_fits_a_phone(phone):
    console = Console(phone.page)
    found = addresses(phone.page)
    assert len(found) > 40
    shown = {address: go(phone.page, console, address) for address in found}
    assert {address: wrong for address, wrong in shown.items() if wrong} == {}


def test_the_analytics_are_drawn_on_a_phone(phone):
    console = Console(phone.page)
    assert go(phone.page, console, "analitik") == []
    charts = phone.page.locator("#page-Workspaces .dashboard-widget-box")
    expect(charts).to_have_count(6, timeout=PATIENCE)
    bars = phone.page.locator("#page-Workspaces .frappe-chart .bar:not([height='0'])")
    expect(bars.first).to_be_visible(timeout=PATIENCE)


def test_the_data_sheet_of_a_person_is_looked_at_on_a_phone_before_it_is_printed(phone):
    (person,) = phone.client.rows("Pegawai", {"status": "Aktif", "user": ["is", "set"]}, "name")[:1]
    console = Console(phone.page)
    phone.page.goto(f"{phone.stack.url}/app/print/Pegawai/{person['name']}")
    preview = phone.page.frame_locator("iframe.print-format-container")
    expect(preview.locator(".print-format")).to_be_visible(timeout=3 * PATIENCE)
    phone.page.locator("[data-fieldname=print_format] input").fill("Lembar Data Pegawai")
    phone.page.keyboard.press("Tab")
    expect(preview.get_by_text("Coret yang salah").first).to_be_visible(timeout=3 * PATIENCE)
    assert faults(phone.page, console) == []
    wide, room = preview.locator("html").evaluate("(page) => [page.scrollWidth, page.clientWidth]")
    assert wide <= room


def test_no_number_of_a_card_is_pushed_out_by_its_title(phone):
    phone.visit("analitik")
    cards = phone.page.locator(".number-widget-box")
    expect(cards.first.locator(".number, .widget-content").first).to_be_visible(timeout=3 * PATIENCE)
    higher = cards.evaluate_all(
        "boxes => boxes.filter(box => box.scrollHeight > box.clientHeight + 1).length"
    )
    assert cards.count() > 0 and higher == 0
