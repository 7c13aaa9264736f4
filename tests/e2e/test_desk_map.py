"""A place drawn, moved and typed in the form of OPD Lokasi, with a real mouse; and a punch seen on its map."""

from __future__ import annotations

import json
import uuid

import pytest
from pages import API, PATIENCE, LokasiForm, Point, centre, just_outside, office
from playwright.sync_api import expect


@pytest.fixture
def data_steward(stack):
    """Who keeps places of all OPD."""
    return stack.user("BKPSDM")


@pytest.fixture
def place(api, data_steward):
    """``place(**values)`` makes a place through the API; all are gone afterwards."""
    client, made = api(data_steward), []

    def make(**values) -> dict:
        values = {"nama_lokasi": f"Lokasi uji {uuid.uuid4().hex[:8]}", "semua_opd": 0, "aktif": 0, **values}
        values.setdefault("opd", data_steward["opd"])
        answer = client.call("POST", "/api/resource/OPD Lokasi", json=values)
        assert answer.status_code == 200, answer.text
        made.append(answer.json()["data"]["name"])
        return answer.json()["data"]

    yield make
    for name in made:
        client.call("DELETE", f"/api/resource/OPD Lokasi/{name}")


@pytest.fixture
def stored(api, data_steward):
    """``stored(name)``: the place as the server has it now."""
    client = api(data_steward)

    def read(name: str) -> dict:
        answer = client.call("GET", f"/api/resource/OPD Lokasi/{name}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    return read


def box(middle: Point, metres: float) -> str:
    """GeoJSON of a square of twice ``metres`` as the map control stores it."""
    west, south = middle.moved(metres * 2**0.5, -2.356194), middle.moved(metres * 2**0.5, 0.785398)
    ring = [
        [west.longitude, west.latitude],
        [south.longitude, west.latitude],
        [south.longitude, south.latitude],
        [west.longitude, south.latitude],
        [west.longitude, west.latitude],
    ]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


MIDDLE = Point(1.0015, 102.7165)


def rings(row: dict) -> list[list[list[float]]]:
    return [feature["geometry"]["coordinates"][0] for feature in json.loads(row["area"])["features"]]


def test_a_polygon_drawn_with_the_mouse_is_saved_and_there_again(new_desk, data_steward, place, stored):
    row = place(jenis_area="Poligon", area=box(MIDDLE, 40))
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.start("polygon")
    corners = [(-200, -40), (-120, -120), (-60, -30), (-120, 60)]
    for corner in corners:
        form.click(*corner)
    form.click(*corners[0])
    expect(form.shapes()).to_have_count(2)
    form.save()
    (before,) = rings(row)
    kept, added = rings(stored(row["name"]))
    # Leaflet writes six decimals: a tenth of a metre.
    assert kept == [[round(number, 6) for number in point] for point in before]
    assert len(added) == len(corners) + 1
    form.reload()
    expect(form.shapes()).to_have_count(2)
    assert [feature["geometry"]["coordinates"][0] for feature in form.drawn()["features"]] == [kept, added]


def test_a_corner_pulled_with_the_mouse_is_saved_and_there_again(new_desk, data_steward, place, stored):
    row = place(jenis_area="Poligon", area=box(MIDDLE, 40))
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.start("edit")
    form.drag(form.handle(0), 60, 45)
    form.finish()
    form.save()
    (before,), (after,) = rings(row), rings(stored(row["name"]))
    moved = [
        pair
        for pair in zip(before[:-1], after[:-1], strict=True)
        if pair[0] != pytest.approx(pair[1], abs=1e-6)
    ]
    assert len(after) == len(before)
    assert len(moved) == 1
    form.reload()
    (feature,) = form.drawn()["features"]
    (shown,) = feature["geometry"]["coordinates"]
    assert sorted(shown[:-1]) == sorted(after[:-1])


def test_a_circle_drawn_with_the_mouse_fills_in_latitude_longitude_and_radius(
    new_desk, data_steward, place, stored
):
    row = place(jenis_area="Radius", latitude=MIDDLE.latitude, longitude=MIDDLE.longitude, radius=80)
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.start("circle")
    form.drag((-150, 50), 60, 0)
    expect(form.shapes()).to_have_count(1)
    typed = form.numbers()
    assert typed["latitude"] < MIDDLE.latitude
    assert typed["longitude"] < MIDDLE.longitude
    assert typed["radius"] != 80
    form.save()
    saved = stored(row["name"])
    assert {field: saved[field] for field in typed} == pytest.approx(typed)
    form.reload()
    assert form.numbers() == pytest.approx(typed)
    expect(form.shapes()).to_have_count(1)


def test_a_point_set_by_one_click_moves_the_circle_and_keeps_its_radius(
    new_desk, data_steward, place, stored
):
    row = place(jenis_area="Radius", latitude=MIDDLE.latitude, longitude=MIDDLE.longitude, radius=80)
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.start("marker")
    form.click(120, -60)
    expect(form.shapes()).to_have_count(1)
    form.save()
    saved = stored(row["name"])
    assert saved["latitude"] > MIDDLE.latitude
    assert saved["longitude"] > MIDDLE.longitude
    assert saved["radius"] == 80


def test_a_circle_is_pulled_to_another_place_and_size(new_desk, data_steward, place, stored):
    row = place(jenis_area="Radius", latitude=MIDDLE.latitude, longitude=MIDDLE.longitude, radius=80)
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.start("edit")
    form.drag((0, 0), 70, 0)
    form.finish()
    assert form.numbers()["longitude"] > MIDDLE.longitude
    form.save()
    saved = stored(row["name"])
    assert saved["radius"] == pytest.approx(80, abs=0.5)
    assert Point(saved["latitude"], saved["longitude"]).metres_to(MIDDLE) > 20


def test_typed_numbers_move_the_circle(new_desk, data_steward, place, stored):
    row = place(jenis_area="Radius", latitude=MIDDLE.latitude, longitude=MIDDLE.longitude, radius=80)
    form = LokasiForm(new_desk(data_steward), row["name"])
    form.type("latitude", "1,0100000")
    form.type("longitude", "102,7200000")
    form.type("radius", "45")
    feature = form.drawn()["features"][0]
    assert feature["geometry"]["coordinates"] == pytest.approx([102.72, 1.01])
    assert feature["properties"]["radius"] == 45
    expect(form.shapes()).to_have_count(1)
    form.save()
    saved = stored(row["name"])
    assert (saved["latitude"], saved["longitude"], saved["radius"]) == pytest.approx((1.01, 102.72, 45))


def test_a_punch_shows_verdict_explanation_photo_and_map_at_a_glance(
    new_phone, new_desk, heads, staff_of, api
):
    user = staff_of(heads[0]["opd"], 1)
    client = api(user)
    reason = f"Survei lapangan {uuid.uuid4().hex[:8]}"
    phone = new_phone(centre(office(client.places())))
    phone.log_in(user)
    phone.stand_at(just_outside(client.places(), 300), accuracy=25)
    phone.photograph_and_send("masuk")
    phone.give_reason(reason)
    expect(phone.element("photo-state")).to_have_attribute("data-state", "sent", timeout=PATIENCE)
    rows = client.message(f"{API}.absensi.hari_ini")["absensi"]
    row = next(row for row in rows if row["alasan"] == reason)

    desk = new_desk(heads[0])
    desk.open(row["name"])
    glance = desk.form().locator(".spbe-glance")
    expect(glance).to_contain_text("Luar", timeout=PATIENCE)
    expect(glance).to_contain_text("Menunggu Persetujuan")
    expect(glance).to_contain_text(row["penjelasan"])
    expect(glance).to_contain_text(reason)
    photo = glance.locator("img.absensi-photo")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    # The place, the circle of accuracy and the point itself, all of them in view.
    shapes = glance.locator(".absensi-map path.leaflet-interactive")
    expect(shapes).to_have_count(3)
    frame = glance.locator(".absensi-map").bounding_box()
    desk.page.wait_for_timeout(500)
    for index in range(3):
        drawn = shapes.nth(index).bounding_box()
        assert drawn["width"] > 0
        assert frame["x"] <= drawn["x"] and drawn["x"] + drawn["width"] <= frame["x"] + frame["width"] + 1
        assert frame["y"] <= drawn["y"] and drawn["y"] + drawn["height"] <= frame["y"] + frame["height"] + 1
    title = desk.page.locator("#page-Absensi .title-text")
    expect(title).to_have_text(client.message(f"{API}.absensi.hari_ini")["pegawai"]["nama"])
