"""Forms, prompts and lists of Desk as a person works them, with the log-in done over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from pages import PATIENCE
from playwright.sync_api import Browser, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.client import Client

# Milliseconds after which a form has what was typed, or has forgotten it.
FORGOTTEN = 2000


def until(read: Callable[[], Any], wanted: Any, seconds: float = 45) -> None:
    """Background jobs are followed in what they write; a test then asserts what is there."""
    deadline = time.monotonic() + seconds
    while read() != wanted and time.monotonic() < deadline:
        time.sleep(0.5)


def slug(doctype: str) -> str:
    return doctype.lower().replace(" ", "-")


class DeskUser:
    """One person's Desk, and beside it the same session as a client that reads what the database holds."""

    def __init__(self, browser: Browser, stack: Any, user: dict[str, Any], width: int = 1280):
        self.stack, self.user = stack, user
        self.client = Client(stack, user)
        self.context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 700 else 740},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            geolocation={"latitude": 1.0087, "longitude": 102.7131, "accuracy": 9},
            permissions=["geolocation"],
        )
        cookies = self.client.http.cookies.get_dict()
        self.context.add_cookies(
            [{"name": name, "value": value, "url": stack.url} for name, value in cookies.items()]
        )
        self.page: Page = self.context.new_page()

    def visit(self, path: str, **query: str) -> None:
        self.page.goto(f"{self.stack.url}/app/{path}{'?' + urlencode(query) if query else ''}")
        # A Desk that is still loading draws a form twice, and what was typed between is gone.
        self.page.wait_for_load_state("networkidle", timeout=3 * PATIENCE)

    def new(self, doctype: str) -> Form:
        self.visit(f"{slug(doctype)}/new")
        self.page.wait_for_url(re.compile(rf"/app/{slug(doctype)}/new-"), timeout=3 * PATIENCE)
        return Form(self, doctype)

    def form(self, doctype: str) -> Form:
        """The form that a click has led to."""
        return Form(self, doctype)

    def open(self, doctype: str, name: str) -> Form:
        self.visit(f"{slug(doctype)}/{quote(name)}")
        return Form(self, doctype)

    def list_of(self, doctype: str, **filters: str) -> Listing:
        self.visit(f"{slug(doctype)}/view/list", **filters)
        return Listing(self, doctype)

    def report(self, name: str, **filters: str) -> Locator:
        """A report run with these filters, as its address gives them."""
        with self.page.expect_response(lambda answer: "query_report.run" in answer.url, timeout=3 * PATIENCE):
            self.visit(f"query-report/{name}", **filters)
        return self.page.locator("#page-query-report .report-wrapper").locator("xpath=..")

    def download(self, button: str) -> bytes:
        """Of the open report: the file that its button has made, from the window that shows it."""
        with self.context.expect_event(
            "request", lambda request: "/files/" in request.url, timeout=3 * PATIENCE
        ) as asked:
            press(self.page.locator("#page-query-report .page-head"), button)
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        # Whoever has the file goes on working.
        expect(self.page.locator(".modal.show")).to_have_count(0)
        answer = self.client.call("GET", urlsplit(asked.value.url).path)
        assert answer.status_code == 200, answer.text
        return answer.content

    def dialog(self, text: str | re.Pattern[str] = "") -> Locator:
        """The dialog on top that says this."""
        shown = self.page.locator(".modal.show .modal-content").filter(has_text=text).last
        expect(shown).to_be_visible(timeout=PATIENCE)
        return shown

    def close_dialogs(self) -> None:
        shown = self.page.locator(".modal.show")
        while shown.count():
            count = shown.count()
            shown.last.locator(".btn-modal-close").click()
            expect(shown).to_have_count(count - 1)

    def answer(self, button: str, **values: str) -> Locator:
        """Fill in the prompt on top and press its button."""
        dialog = self.dialog()
        for field, value in values.items():
            fill(dialog.locator(f"[data-fieldname={field}]").first, value)
        press(dialog, button)
        return dialog

    def rows(self, doctype: str, filters: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
        return self.client.rows(doctype, filters, *fields)


def press(area: Locator, button: str) -> None:
    area.get_by_role("button", name=button, exact=True).locator("visible=true").first.click()


def fill(control: Locator, value: str) -> None:
    """A field of a form, a prompt or a row, by what kind of control it is."""
    box = control.locator("input, select, textarea").first
    kind = control.get_attribute("data-fieldtype")
    if kind == "Select":
        box.select_option(value)
    elif kind == "Link":
        choose(control, box, value)
    elif kind == "Check":
        box.set_checked(value == "1")
    else:
        box.fill(value)
        box.press("Tab")


def choose(control: Locator, box: Locator, value: str) -> None:
    """Type into a link and click the first suggestion that says it; again where a form that is drawn anew forgot what was typed."""
    suggestion = control.locator(".awesomplete li").filter(has_text=value).first
    for patience in (PATIENCE / 4, PATIENCE / 4, PATIENCE):
        box.click()
        box.fill("")
        box.fill(value)
        try:
            suggestion.click(timeout=patience)
            return
        except PlaywrightTimeoutError:
            if patience == PATIENCE:
                raise


class Form:
    def __init__(self, desk: DeskUser, doctype: str):
        self.desk, self.page, self.doctype = desk, desk.page, doctype
        self.area = self.page.locator(f"[id='page-{doctype}']")
        expect(self.area.locator(".form-layout").first).to_be_visible(timeout=3 * PATIENCE)
        self.settle()

    def settle(self) -> None:
        """The form is there before its document is; nothing is typed until both are and no request runs."""
        self.page.wait_for_function(
            "doctype => window.cur_frm && cur_frm.doctype === doctype && frappe.get_route()[2] === cur_frm.docname && "
            "cur_frm.doc && !frappe.request.ajax_count",
            arg=self.doctype,
            timeout=3 * PATIENCE,
        )

    @property
    def name(self) -> str:
        return self.page.evaluate("cur_frm.docname")

    def field(self, name: str) -> Locator:
        return self.area.locator(f".frappe-control[data-fieldname='{name}']").first

    def fill(self, **values: str) -> Form:
        for name, value in values.items():
            fill(self.field(name), value)
        for name, value in values.items():
            if value and not self._keeps(name):
                # As in a table, a busy form that is drawn again takes away what was typed.
                fill(self.field(name), value)
        return self

    def _keeps(self, name: str) -> bool:
        try:
            # A box that is not ticked is 0.
            self.page.wait_for_function(
                "name => ![undefined, null, ''].includes(cur_frm?.doc?.[name])",
                arg=name,
                timeout=FORGOTTEN,
            )
        except PlaywrightTimeoutError:
            return False
        return True

    def add_row(self, table: str, **values: str) -> None:
        """A row through its own form: a grid's cells have no room for all fields."""
        grid = self.field(table)
        rows = grid.locator(".grid-body .grid-row")
        count = rows.count()
        press(grid, "Tambah Baris")
        expect(rows).to_have_count(count + 1)
        # What a new row sets off runs in timers, and takes away what is typed before.
        self.page.wait_for_timeout(250)
        self._open(rows.last)
        self.fill_row(table, **values)

    def fill_row(self, table: str, **values: str) -> None:
        """A busy table that is drawn again takes away what was typed: a person looks at the row before closing it, and types again."""
        row = self.field(table).locator(".grid-row-open")
        number = int(row.get_attribute("data-idx") or 0)
        for _look in range(3):
            missing = [name for name in values if not self._stands(table, number, name, values[name])]
            for name in missing:
                fill(self._cell(table, name), values[name])
            if not missing:
                break
        row.locator(".grid-collapse-row").first.click()

    def _cell(self, table: str, name: str) -> Locator:
        row = self.field(table).locator(".grid-row-open")
        return row.locator(f".form-in-grid .frappe-control[data-fieldname='{name}']").first

    def _stands(self, table: str, number: int, name: str, value: str) -> bool:
        kept = self.page.evaluate(
            "([table, number, name]) => cur_frm.doc[table].find((row) => row.idx === number)[name]",
            [table, number, name],
        )
        return (
            bool(kept)
            and self._cell(table, name).locator("input, select, textarea").first.input_value() == value
        )

    def open_row(self, table: str, number: int, **values: str) -> None:
        self._open(self.field(table).locator(f".grid-body .grid-row[data-idx='{number}']"))
        self.fill_row(table, **values)

    def _open(self, row: Locator) -> None:
        """A table that is drawn again meanwhile closes the row, or swallows the press: a person presses again."""
        for _press in range(5):
            row.locator(".btn-open-row").first.click(timeout=PATIENCE)
            self.page.wait_for_timeout(150)
            if row.locator(".form-in-grid").first.is_visible():
                return

    def save(self) -> None:
        answer = self._save()
        assert answer.status == 200, answer.text()
        self.settle()

    def _save(self) -> Response:
        try:
            return self._press_save(PATIENCE / 4)
        except PlaywrightTimeoutError:
            said = self.area.page.locator(".modal.show .modal-content").all_inner_texts()
            assert not said, f"Desk says, instead of saving: {said}"
            # Frappe swallows a press while it still handles the field that was left; a person presses again.
            return self._press_save(PATIENCE)

    def _press_save(self, patience: float) -> Response:
        with self.page.expect_response(lambda answer: "savedocs" in answer.url, timeout=patience) as saved:
            self.area.locator(".primary-action").locator("visible=true").first.click()
        return saved.value

    def refused(self) -> str:
        """Save, and read what the refusal says; the message is closed again."""
        answer = self._save()
        assert 400 <= answer.status < 500, answer.text()
        text = self.desk.dialog().inner_text()
        self.desk.close_dialogs()
        return text

    def button(self, label: str) -> Locator:
        return self.area.locator(".page-head, .page-head-content").get_by_role(
            "button", name=label, exact=True
        )

    def press(self, label: str) -> None:
        self.button(label).locator("visible=true").first.click(timeout=PATIENCE)

    def actions(self) -> Locator:
        """The button with the workflow's next steps."""
        return self.area.locator(".actions-btn-group button").locator("visible=true")

    def steps(self) -> list[str]:
        """What the workflow offers this person."""
        self.actions().first.click(timeout=PATIENCE)
        offered = self.area.locator(".actions-btn-group .dropdown-menu .menu-item-label").locator(
            "visible=true"
        )
        texts = offered.all_inner_texts()
        self.page.keyboard.press("Escape")
        return [text.strip() for text in texts]

    def act(self, action: str) -> None:
        self.actions().first.click(timeout=PATIENCE)
        with self.page.expect_response(
            lambda answer: "apply_workflow" in answer.url, timeout=PATIENCE
        ) as done:
            self.area.locator(".actions-btn-group .dropdown-menu").get_by_text(action, exact=True).click()
        assert done.value.status == 200, done.value.text()

    def says(self, text: str | re.Pattern[str]) -> None:
        expect(self.area.locator(".form-layout, .form-page").first).to_contain_text(text, timeout=PATIENCE)

    def stored(self) -> dict[str, Any]:
        return self.desk.client.document(self.doctype, self.name)


class Listing:
    def __init__(self, desk: DeskUser, doctype: str):
        self.desk, self.page = desk, desk.page
        self.area = self.page.locator(f"[id='page-List/{doctype}/List']")
        expect(
            self.area.locator(".list-row-container:has(a[data-doctype]), .no-result")
            .locator("visible=true")
            .first
        ).to_be_visible(timeout=3 * PATIENCE)

    def rows(self) -> Locator:
        return self.area.locator(".list-row-container:has(a[data-doctype])").locator("visible=true")

    def press(self, label: str) -> None:
        self.area.locator(".page-head").get_by_role("button", name=label).locator(
            "visible=true"
        ).first.click()
