"""What a person does on the phone (PWA) and in Desk, in their words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

API = "/api/method/spbe_attendance.api"
DEGREE = 111_195.0
# A cold stack on a busy machine is slow; nothing waits longer than it must.
PATIENCE = 45_000


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float

    def moved(self, metres: float, angle: float) -> Point:
        """``angle``: radians from east, against the clock."""
        return Point(
            self.latitude + metres * math.sin(angle) / DEGREE,
            self.longitude + metres * math.cos(angle) / DEGREE / math.cos(math.radians(self.latitude)),
        )

    def metres_to(self, other: Point) -> float:
        """On the sphere: right within half a percent, and independent of the engine under test."""
        lat1, lat2 = math.radians(self.latitude), math.radians(other.latitude)
        half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * (
            math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        )
        return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


class Api:
    """A session of its own beside the browser: to look things up, and to try what no button offers."""

    def __init__(self, stack: Any, user: dict[str, Any]):
        self.stack, self.http = stack, requests.Session()
        self.http.headers.update({"Host": stack.host, "Accept": "application/json"})
        answer = self.call(
            "POST", "/api/method/login", json={"usr": user["username"], "pwd": user["password"]}
        )
        assert answer.status_code == 200, answer.text
        self.http.headers["X-Frappe-CSRF-Token"] = self.message(f"{API}.sesi.info")["csrf_token"]

    def call(self, verb: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(verb, self.stack.url + path, timeout=60, **options)

    def message(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()["message"]

    def places(self) -> list[dict[str, Any]]:
        return self.message(f"{API}.absensi.hari_ini")["lokasi"]


def office(places: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the circles that apply to the person, the one that stands most alone: "just outside" of it means no other place."""
    circles = [place for place in places if place["jenis_area"] == "Radius"]
    return max(circles, key=lambda place: _to_others(centre(place), places, place) - place["radius"])


def centre(place: dict[str, Any]) -> Point:
    return Point(place["latitude"], place["longitude"])


def just_outside(places: list[dict[str, Any]], metres: float) -> Point:
    """So far outside of the office's edge, where every other place is clearly farther away than that."""
    mine = office(places)
    points = [centre(mine).moved(mine["radius"] + metres, step * math.tau / 72) for step in range(72)]
    best = max(points, key=lambda point: _to_others(point, places, mine))
    # Corners only are measured: the edge between two of them may be a little nearer.
    assert _to_others(best, places, mine) > 1.2 * metres, "No side of this office is free of other places."
    return best


def _to_others(point: Point, places: list[dict[str, Any]], mine: dict[str, Any]) -> float:
    """Metres from the point to the nearest corner of the other places."""
    corners = [corner for place in places if place is not mine for corner in _corners(place)]
    return min((point.metres_to(corner) for corner in corners), default=math.inf)


def _corners(place: dict[str, Any]) -> list[Point]:
    if place["jenis_area"] == "Radius":
        middle = centre(place)
        return [middle.moved(place["radius"], step * math.tau / 12) for step in range(12)]
    numbers = re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", str(place["area"]))
    return [Point(float(lat), float(lon)) for lon, lat in numbers]


class Phone:
    """The PWA in a context of its own. Elements are found by their data-testid."""

    def __init__(self, context: BrowserContext, url: str):
        self.context, self.url, self.page = context, url, context.new_page()

    def element(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def stand_at(self, point: Point, accuracy: float = 8) -> None:
        self.context.set_geolocation(
            {"latitude": point.latitude, "longitude": point.longitude, "accuracy": accuracy}
        )

    def log_in(self, user: dict[str, Any]) -> None:
        self.page.goto(f"{self.url}/absen")
        self._field("login-nip").fill(user["username"])
        self._field("login-password").fill(user["password"])
        self.element("login-submit").click()
        expect(self.element("punch-masuk")).to_be_enabled(timeout=PATIENCE)

    def _field(self, name: str) -> Locator:
        """The input itself, whether the name stands on it or on what surrounds it."""
        return self.page.locator(
            f"input[data-testid={name}], [data-testid={name}] input, textarea[data-testid={name}], [data-testid={name}] textarea"
        ).first

    def photograph_and_send(self, kind: str) -> None:
        self.element(f"punch-{kind}").click()
        self.element("camera-capture").click(timeout=PATIENCE)
        self.element("punch-send").click(timeout=PATIENCE)

    def receipt(self) -> Locator:
        expect(self.element("receipt")).to_be_visible(timeout=PATIENCE)
        return self.element("receipt")

    def give_reason(self, reason: str) -> None:
        self._field("reason-input").fill(reason)
        self.element("reason-send").click()

    def history(self) -> Locator:
        self.page.goto(f"{self.url}/absen/riwayat")
        expect(self.element("history-list")).to_be_visible(timeout=PATIENCE)
        return self.element("history-list")

    def requests(self) -> Locator:
        """The person's permits, corrections and appeals."""
        self.page.goto(f"{self.url}/absen/permohonan")
        expect(self.element("requests")).to_be_visible(timeout=PATIENCE)
        return self.element("requests")

    def approval(self, name: str) -> Locator:
        """A row that waits, on the page of approvals; further down it is looked for as people do."""
        card = self.page.locator(f"[data-testid=approval][data-name='{name}']")
        expect(self.element("approval").first).to_be_visible(timeout=PATIENCE)
        while not card.count() and self.element("more").count():
            self.more_approvals()
        expect(card).to_be_visible(timeout=PATIENCE)
        return card

    def more_approvals(self) -> None:
        before = self.element("approval").count()
        self.element("more").last.press("Enter")
        expect(self.element("approval")).not_to_have_count(before, timeout=PATIENCE)

    def confirm_decision(self) -> dict[str, Any]:
        """Confirms what the sheet asks and leaves the page, which ends the time to undo; what the server said."""
        with self.page.expect_response(
            lambda answer: "persetujuan.putuskan" in answer.url, timeout=PATIENCE
        ) as sent:
            self.element("note-confirm").click()
            self.element("nav-home").click()
        told = sent.value.json()["message"]
        assert told["gagal"] == 0, told
        return told

    def request(self, name: str) -> Locator:
        return self.requests().locator(f"[data-name='{name}']")

    def send_request(self, path: str) -> dict[str, Any]:
        """Press send on an open form; what the server answered at that path."""
        with self.page.expect_response(lambda answer: path in answer.url, timeout=PATIENCE) as sent:
            self.element("request-send").click()
        return sent.value.json()

    def day(self, date: str) -> Locator:
        """A day in the history of its month."""
        self.page.goto(f"{self.url}/absen/riwayat?bulan={date[:7]}")
        expect(self.element("history-list")).to_be_visible(timeout=PATIENCE)
        return self.element("history-list").locator(f"[data-date='{date}']")

    def width_of_content(self) -> int:
        return self.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")


class Desk:
    """Frappe's Desk, as a person with a role sees it."""

    def __init__(self, context: BrowserContext, url: str):
        self.context, self.url, self.page = context, url, context.new_page()

    def log_in(self, user: dict[str, Any]) -> None:
        self.page.goto(f"{self.url}/login?redirect-to=/app/absensi")
        self.page.locator("#login_email").fill(user["username"])
        self.page.locator("#login_password").fill(user["password"])
        self.page.locator(".for-login .btn-login, .form-login .btn-login").first.click()
        # The login page itself carries /app/ in its query.
        self.page.wait_for_url(lambda url: urlsplit(url).path.startswith("/app"), timeout=3 * PATIENCE)
        expect(
            self.page.locator(".list-row-container, .no-result").locator("visible=true").first
        ).to_be_visible(timeout=3 * PATIENCE)

    def enter(self, user: dict[str, Any]) -> None:
        """Logged in without the page for it, for whoever goes straight to where the work is."""
        body = {"usr": user["username"], "pwd": user["password"]}
        answer = self.context.request.post(f"{self.url}/api/method/login", data=body)
        assert answer.status == 200, answer.text()

    def list_of(self, **filters: str) -> Locator:
        """The rows of the list of punches with these filters."""
        self.page.goto(f"{self.url}/app/absensi/view/list?{urlencode(filters)}")
        shown = self.page.locator("#page-List\\/Absensi\\/List")
        # While it loads the list shows an empty row, which has no link.
        rows = shown.locator(".list-row-container:has(a[data-doctype])")
        expect(rows.or_(shown.locator(".no-result")).locator("visible=true").first).to_be_visible(
            timeout=3 * PATIENCE
        )
        return rows.locator("visible=true")

    def open_row(self, rows: Locator, name: str) -> Locator:
        # The title of the row links to it; its data-name differs between versions of Frappe.
        rows.locator(f"a[href$='/absensi/{name}']").first.click()
        self.page.wait_for_url(f"**/{name}*", timeout=PATIENCE)
        return self.form()

    def open(self, name: str) -> None:
        self.page.goto(f"{self.url}/app/absensi/{name}")

    def form(self) -> Locator:
        shown = self.page.locator("#page-Absensi")
        expect(shown.locator(".form-page, .form-layout").first).to_be_visible(timeout=3 * PATIENCE)
        return shown

    def actions(self) -> Locator:
        return self.page.locator("#page-Absensi .actions-btn-group").locator("visible=true")

    def act(self, action: str) -> None:
        self.actions().locator("button").first.click()
        self.page.locator("#page-Absensi .actions-btn-group .dropdown-menu").get_by_text(
            action, exact=True
        ).click()

    def decide(self, doctype: str, name: str, action: str) -> None:
        """The next step of a request's workflow."""
        self.page.goto(f"{self.url}/app/{doctype.lower().replace(' ', '-')}/{name}")
        shown = self.page.locator(f"[id='page-{doctype}']")
        button = shown.locator(".actions-btn-group button").locator("visible=true").first
        button.click(timeout=3 * PATIENCE)
        with self.page.expect_response(
            lambda answer: "apply_workflow" in answer.url, timeout=PATIENCE
        ) as done:
            shown.locator(".actions-btn-group .dropdown-menu").get_by_text(action, exact=True).click()
        assert done.value.status == 200, done.value.text()


class Console:
    """What goes wrong in a page without anybody seeing it: errors in the console, scripts that stop, requests that fail."""

    def __init__(self, page: Page):
        self.faults: list[str] = []
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answer)

    def clear(self) -> None:
        self.faults.clear()

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left while it still loads ends its requests itself.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure}: {request.url}")

    def _answer(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


class LokasiForm:
    """The form of one OPD Lokasi. Positions on the map are pixels right of and below its middle."""

    def __init__(self, desk: Desk, name: str):
        self.page, self.address = desk.page, f"{desk.url}/app/opd-lokasi/{name}"
        self.form = self.page.locator("[id='page-OPD Lokasi']")
        self.map = self.form.locator(".leaflet-container")
        self.reload()

    def reload(self) -> None:
        self.page.goto(self.address)
        expect(self.map).to_be_visible(timeout=3 * PATIENCE)
        expect(self.shapes().first).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_load_state("networkidle")
        self.map.scroll_into_view_if_needed()
        # Leaflet animates the first fitting of the view.
        self.page.wait_for_timeout(600)

    def shapes(self) -> Locator:
        return self.map.locator("path.leaflet-interactive")

    def start(self, tool: str) -> None:
        """``tool``: polygon, rectangle, circle, marker or edit."""
        kind = "edit-edit" if tool == "edit" else f"draw-{tool}"
        self.map.locator(f".leaflet-draw-{kind}").click()

    def finish(self) -> None:
        self.map.locator(".leaflet-draw-actions a").locator("visible=true").first.click()

    def click(self, right: float, below: float) -> None:
        self.page.mouse.click(*self._at(right, below))
        # Two quick clicks are a double click to Leaflet.
        self.page.wait_for_timeout(350)

    def drag(self, start: tuple[float, float], right: float, below: float) -> None:
        x, y = self._at(*start)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right / 2, y + below / 2, steps=4)
        self.page.mouse.move(x + right, y + below, steps=4)
        self.page.mouse.up()

    def handle(self, index: int) -> tuple[float, float]:
        """Where the square to pull that corner by is."""
        square = self.map.locator(".leaflet-editing-icon").nth(index).bounding_box()
        frame = self.map.bounding_box()
        return (
            square["x"] + square["width"] / 2 - frame["x"] - frame["width"] / 2,
            square["y"] + square["height"] / 2 - frame["y"] - frame["height"] / 2,
        )

    def _at(self, right: float, below: float) -> tuple[float, float]:
        frame = self.map.bounding_box()
        return frame["x"] + frame["width"] / 2 + right, frame["y"] + frame["height"] / 2 + below

    def type(self, field: str, number: str) -> None:
        box = self.form.locator(f"[data-fieldname={field}] input").first
        box.fill(number)
        box.press("Tab")
        self.page.wait_for_timeout(300)

    def numbers(self) -> dict[str, float]:
        return self.page.evaluate(
            "(({ latitude, longitude, radius }) => ({ latitude, longitude, radius }))(cur_frm.doc)"
        )

    def drawn(self) -> dict[str, Any]:
        """What is on the map itself, as GeoJSON."""
        return self.page.evaluate("cur_frm.fields_dict.area.editableLayers.toGeoJSON()")

    def save(self) -> None:
        with self.page.expect_response(lambda answer: "savedocs" in answer.url) as saved:
            self.form.locator(".primary-action").locator("visible=true").first.click()
        assert saved.value.status == 200, saved.value.text()
        expect(self.form.locator(".indicator-pill.orange").filter(has_text="Belum Disimpan")).to_have_count(0)
        self.page.wait_for_load_state("networkidle")
