"""The map of places in Desk: drawn, moved, taken back, saved; a map of Google Earth imported and undone."""

from __future__ import annotations

import re
import uuid

import pytest
from desk import DeskUser, press, until
from pages import PATIENCE, Point
from playwright.sync_api import Locator, expect

FAR = Point(0.92, 102.95)

PRESS_WHAT_IS_LISTED_FIRST = """
new MutationObserver((_changes, observer) => {
	const row = document.querySelector(".spbe-atlas-row");
	if (!row) return;
	observer.disconnect();
	row.click();
}).observe(document, { childList: true, subtree: true });
"""

# A little further away than a place that is looked at, so that the map glides to it; a quarter of a second.
PRESS_ANOTHER_WHILE_IT_GLIDES = """async () => {
	const { map, rows } = frappe.container.page.atlas;
	const press = (at) => [...document.querySelectorAll(".spbe-atlas-row")].at(at).click();
	const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
	press(0);
	await pause(600);
	map.setZoom(map.getZoom() - 2, { animate: false });
	press(0);
	await pause(100);
	press(-1);
}"""
IN_THE_MIDDLE = """
(({ map, chosen, rows }) => {
	const { latitude, longitude } = rows.find(({ name }) => name === chosen);
	return map.distance(map.getCenter(), [latitude, longitude]) < 50;
})(frappe.container.page.atlas)
"""


class Atlas:
    """The page Peta Lokasi. Positions on the map are pixels right of and below its middle."""

    def __init__(self, desk: DeskUser):
        self.desk, self.page = desk, desk.page
        desk.visit("peta-lokasi")
        self.body = self.page.locator(".spbe-atlas")
        expect(self.body.locator(".spbe-atlas-row").first).to_be_visible(timeout=3 * PATIENCE)
        self.map, self.panel = self.body.locator(".spbe-atlas-map"), self.body.locator(".spbe-atlas-panel")

    def press(self, label: str) -> None:
        press(self.panel, label)

    def centre_on(self, point: Point, zoom: int = 17) -> None:
        self.page.evaluate(
            "([lat, lon, zoom]) => frappe.container.page.atlas.map.setView([lat, lon], zoom, {animate: false})",
            [point.latitude, point.longitude, zoom],
        )

    def click(self, right: float, below: float) -> None:
        frame = self.map.bounding_box()
        self.page.mouse.click(
            frame["x"] + frame["width"] / 2 + right, frame["y"] + frame["height"] / 2 + below
        )
        self.page.wait_for_timeout(300)

    def pull(self, handle: Locator, right: float, below: float) -> None:
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right / 2, y + below / 2, steps=3)
        self.page.mouse.move(x + right, y + below, steps=3)
        self.page.mouse.up()

    def handles(self, kind: str) -> Locator:
        return self.map.locator(f".spbe-handle-{kind}")

    def field(self, name: str) -> Locator:
        return self.panel.locator(f"[data-fieldname={name}] input").first

    def draft(self) -> dict:
        return self.page.evaluate("(({draft}) => draft)(frappe.container.page.atlas)")

    def save(self) -> dict:
        with self.page.expect_response(
            lambda answer: "lokasi.simpan" in answer.url, timeout=PATIENCE
        ) as saved:
            self.press("Simpan")
        return {"status": saved.value.status, **saved.value.json()}

    def row(self, text: str) -> Locator:
        return self.body.locator(".spbe-atlas-row").filter(has_text=text)

    def search(self, text: str) -> None:
        self.body.locator("[data-filter=text]").fill(text)


@pytest.fixture
def steward(desk_of, stack) -> DeskUser:
    return desk_of(stack.user("BKPSDM"))


def test_the_map_comes_to_a_place_that_is_pressed_as_soon_as_it_is_listed(steward):
    steward.page.add_init_script(PRESS_WHAT_IS_LISTED_FIRST)
    atlas = Atlas(steward)
    expect(atlas.row("").first).to_have_attribute("aria-pressed", "true")
    expect(atlas.map.locator(".leaflet-control-scale-line")).to_have_text(re.compile(r"^\d+ m$"))


def test_the_map_comes_to_a_place_pressed_while_it_glides_to_another(steward):
    atlas = Atlas(steward)
    atlas.page.evaluate(PRESS_ANOTHER_WHILE_IT_GLIDES)
    expect(atlas.row("").last).to_have_attribute("aria-pressed", "true")
    atlas.page.wait_for_function(IN_THE_MIDDLE, timeout=PATIENCE)


def test_the_coast_lies_below_the_places_until_one_comes_so_close_that_it_would_be_wrong(steward):
    atlas = Atlas(steward)
    land = atlas.map.locator(".leaflet-spbe-coast-pane path")
    source = atlas.map.get_by_text("Garis pantai: GSHHG")
    atlas.centre_on(FAR, 10)
    expect(land.first).to_be_attached(timeout=PATIENCE)
    assert land.count() > 10
    expect(source).to_be_visible()
    atlas.centre_on(FAR, 13)
    expect(land).to_have_count(0)
    expect(source).to_have_count(0)
    atlas.centre_on(FAR, 11)
    expect(land.first).to_be_attached(timeout=PATIENCE)


def test_a_place_is_drawn_moved_taken_back_and_saved(steward, made, stack):
    name = f"Dermaga uji {uuid.uuid4().hex[:6]}"
    atlas = Atlas(steward)
    atlas.page.get_by_role("button", name="Lokasi Baru").click()
    atlas.centre_on(FAR)
    atlas.click(0, 0)
    expect(atlas.handles("size")).to_have_count(1)
    drawn = atlas.draft()
    assert Point(drawn["latitude"], drawn["longitude"]).metres_to(FAR) < 5

    atlas.pull(atlas.handles("move"), 60, 0)
    moved = atlas.draft()
    assert moved["longitude"] > drawn["longitude"] + 0.0002
    atlas.pull(atlas.handles("size"), 40, 0)
    assert atlas.draft()["radius"] > moved["radius"] + 10
    atlas.press("Urungkan")
    assert atlas.draft()["radius"] == moved["radius"]
    atlas.press("Urungkan")
    assert atlas.draft()["longitude"] == drawn["longitude"]
    atlas.press("Ulangi Langkah")
    assert atlas.draft()["longitude"] == moved["longitude"]

    atlas.map.focus()
    atlas.page.keyboard.press("Alt+Shift+ArrowUp")
    expect(atlas.field("latitude")).not_to_have_value("")
    assert atlas.draft()["latitude"] > moved["latitude"]

    atlas.field("radius").fill("12")
    atlas.field("radius").press("Tab")
    expect(atlas.panel.locator(".spbe-atlas-warning")).to_contain_text("sempit", timeout=PATIENCE)
    atlas.field("radius").fill("45")
    atlas.field("radius").press("Tab")
    expect(atlas.panel.locator(".spbe-atlas-warning")).to_have_count(0, timeout=PATIENCE)

    atlas.field("nama_lokasi").fill(name)
    atlas.field("opd").fill(steward.user["opd"])
    atlas.panel.locator("[data-fieldname=opd] .awesomplete li").first.click(timeout=PATIENCE)
    atlas.page.wait_for_function("() => frappe.container.page.atlas.draft.opd", timeout=PATIENCE)
    row = atlas.save()["message"]
    made.append(("OPD Lokasi", row["name"]))
    assert (row["nama_lokasi"], row["radius"]) == (name, 45)

    # Found again by its name, opened with the keyboard, and turned into a polygon.
    atlas.search(name)
    expect(atlas.body.locator(".spbe-atlas-row")).to_have_count(1)
    atlas.row(name).focus()
    atlas.page.keyboard.press("Enter")
    atlas.press("Ubah")
    atlas.press("Gambar Ulang Poligon")
    for corner in ((-60, -60), (60, -60), (60, 60), (-60, 60)):
        atlas.click(*corner)
    atlas.page.keyboard.press("Enter")
    expect(atlas.handles("corner")).to_have_count(4)
    atlas.pull(atlas.handles("middle").first, 0, -25)
    expect(atlas.handles("corner")).to_have_count(5)
    # Meanwhile somebody else saves it: nobody's work is overwritten.
    steward.client.call("PUT", f"/api/resource/OPD Lokasi/{row['name']}", json={"radius": 46})
    assert atlas.save()["status"] == 409
    expect(steward.dialog()).to_contain_text("sudah menyimpan lokasi ini")
    steward.close_dialogs()
    expect(atlas.handles("corner")).to_have_count(5)
    atlas.press("Buang")
    press(steward.dialog(), "Ya")
    assert steward.client.document("OPD Lokasi", row["name"])["jenis_area"] == "Radius"


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>{name} A</name><ExtendedData><Data name="opd"><value>{opd}</value></Data></ExtendedData>
<Point><coordinates>102.951,0.921,0</coordinates></Point></Placemark>
<Placemark><name>{name} B</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
102.952,0.922 102.953,0.922 102.953,0.923 102.952,0.923 102.952,0.922</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>{name} C</name><LineString><coordinates>102.952,0.922 102.953,0.922</coordinates></LineString></Placemark>
</Document></kml>"""


def test_a_map_of_google_earth_is_checked_corrected_imported_and_taken_back(steward, made):
    name = f"Peta {uuid.uuid4().hex[:6]}"
    unit = steward.client.document("OPD", steward.user["opd"])
    form = steward.new("Impor Lokasi")
    press(form.field("berkas"), "Lampirkan")
    dialog = steward.dialog("Perangkat Saya")
    content = KML.format(name=name, opd=unit["nama_opd"]).encode()
    kind = "application/vnd.google-earth.kml+xml"
    dialog.locator("input[type=file]").first.set_input_files(
        {"name": f"{name}.kml", "mimeType": kind, "buffer": content}
    )
    press(dialog, "Unggah")
    # A file that is attached saves the form by itself.
    form.page.wait_for_url(re.compile(r"/impor-lokasi/(?!new)"), timeout=PATIENCE)
    form.settle()
    made.append(("Impor Lokasi", form.name))
    form.press("Periksa")
    until(lambda: form.stored()["status"], "Diperiksa")
    form.says("Ini garis, bukan area")
    form.says("OPD tidak dikenali")
    expect(form.area.locator(".spbe-place-map path.leaflet-interactive").first).to_be_visible(
        timeout=PATIENCE
    )

    # One OPD for all places whose own is not recognised.
    form.settle()
    form.fill(opd=unit["nama_opd"])
    form.save()
    form.press("Impor")
    until(lambda: form.stored()["status"], "Diimpor")
    places = steward.rows("OPD Lokasi", {"impor": form.name}, "nama_lokasi", "jenis_area", "opd")
    assert sorted((row["nama_lokasi"], row["jenis_area"]) for row in places) == [
        (f"{name} A", "Radius"),
        (f"{name} B", "Poligon"),
    ]
    assert {row["opd"] for row in places} == {unit["name"]}
    form = steward.open("Impor Lokasi", form.name)
    form.press("Batalkan Impor")
    press(steward.dialog(), "Ya")
    until(lambda: form.stored()["status"], "Dibatalkan")
    assert steward.rows("OPD Lokasi", {"impor": form.name}, "name") == []
