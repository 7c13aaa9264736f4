"""Places in and out of GeoJSON, KML and KMZ, hostile files included."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.geofence import geojson_file, kml_file
from spbe_attendance.geofence.errors import BrokenFence, UnreadableFile
from spbe_attendance.geofence.placemarks import MAX_FEATURES, Placemark, fence_of
from spbe_attendance.geofence.types import Area, Circle

EARTH = b"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://earth.google.com/kml/2.1"><Document><name>Kantor</name>
<Folder><name>Dinas Pendidikan</name>
 <Placemark><name>Kantor &amp; Aula</name><description><![CDATA[<b>Lantai</b> dua]]></description>
  <ExtendedData><Data name="Radius"><value>35 m</value></Data></ExtendedData>
  <Point><coordinates>102.71,1.01,4.5</coordinates></Point></Placemark>
 <Placemark><name>Sekolah</name>
  <MultiGeometry><Point><coordinates>102.72,1.02</coordinates></Point>
   <Polygon><outerBoundaryIs><LinearRing><coordinates>
     102.720,1.020,0 102.722,1.020,0
     102.722,1.022,0 102.720,1.022,0 102.720,1.020,0 </coordinates></LinearRing></outerBoundaryIs>
    <innerBoundaryIs><LinearRing><coordinates>102.7205,1.0205 102.7215,1.0205 102.7215,1.0215 102.7205,1.0205</coordinates></LinearRing></innerBoundaryIs>
   </Polygon></MultiGeometry></Placemark>
</Folder>
<Placemark><name>Pagar</name><LineString><coordinates>102.7,1 102.8,1</coordinates></LineString></Placemark>
</Document></kml>"""

HEAD = '<kml xmlns="http://www.opengis.net/kml/2.2">'


def kmz(content, name="doc.kml"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/gambar.png", b"x")
        archive.writestr(name, content)
    return target.getvalue()


def test_what_google_earth_writes_is_read_with_folder_data_and_holes():
    office, school, fence = kml_file.read(EARTH)
    assert (office.name, office.description, office.folder) == (
        "Kantor & Aula",
        "Lantai dua",
        "Dinas Pendidikan",
    )
    assert office.radius == 35
    assert fence_of(office, 50) == Circle(1.01, 102.71, 35)
    area = fence_of(school, 50)
    assert isinstance(area, Area)
    assert len(area.geometry.interiors) == 1
    assert (fence.folder, fence.geometry["type"]) == ("", "LineString")
    assert kml_file.read_kmz(kmz(EARTH)) == [office, school, fence]
    assert kml_file.read_kmz(kmz(EARTH, "peta/Kantor.KML")) == [office, school, fence]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"PK nothing", "not_xml"),
        (b"<html><body>masuk</body></html>", "not_kml"),
        (HEAD.encode() + b"</kml>", "no_features"),
        (b'<!DOCTYPE kml [<!ENTITY a "b">]>' + HEAD.encode() + b"</kml>", "unsafe_xml"),
        (
            b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + HEAD.encode()
            + b"<Placemark><name>&x;</name></Placemark></kml>",
            "unsafe_xml",
        ),
        (
            (HEAD + "<Placemark><name>a</name></Placemark>" * (MAX_FEATURES + 1) + "</kml>").encode(),
            "too_many_features",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_map_or_a_trap_is_refused_by_name(content, code):
    with pytest.raises(UnreadableFile) as refusal:
        kml_file.read(content)
    assert refusal.value.code == code


def test_an_archive_that_swells_is_not_unpacked_further_than_the_limit(monkeypatch):
    monkeypatch.setattr(kml_file, "MAX_UNPACKED", 100_000)
    bomb = kmz(HEAD.encode() + b" " * 1_000_000 + b"</kml>")
    assert len(bomb) < 5_000
    with pytest.raises(UnreadableFile) as refusal:
        kml_file.read_kmz(bomb)
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"no archive", "not_zip"), (kmz(EARTH, "peta.txt"), "zip_without_kml"), (kmz(EARTH)[:200], "not_zip")],
    ids=["no archive", "no map", "cut off"],
)
def test_archives_without_a_map_are_refused(content, code):
    with pytest.raises(UnreadableFile) as refusal:
        kml_file.read_kmz(content)
    assert refusal.value.code == code


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(content):
    for read in (kml_file.read, kml_file.read_kmz, geojson_file.read):
        try:
            assert read(content)
        except UnreadableFile as refusal:
            assert refusal.code


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "no_geometry"),
        ({"type": "LineString", "coordinates": [[102.7, 1], [102.8, 1]]}, "line"),
        ({"type": "Point", "coordinates": [1.0, 102.7]}, "swapped"),
        ({"type": "Point", "coordinates": [0, 0]}, "null_island"),
        ({"type": "Point", "coordinates": ["x", 1]}, "not_a_number"),
        ({"type": "Point", "coordinates": []}, "bad_point"),
        ({"type": "Point", "coordinates": [500, 1]}, "out_of_range"),
        (
            {"type": "Polygon", "coordinates": [[[102, 1], [102.01, 1.01], [102.01, 1], [102, 1.01], [102, 1]]]},
            "self_crossing",
        ),
        ({"type": "MultiPoint", "coordinates": [[102.7, 1]]}, "no_polygon"),
    ],
)  # fmt: skip
def test_geometries_that_are_no_place_are_refused_by_name(geometry, code):
    with pytest.raises(BrokenFence) as refusal:
        fence_of(Placemark(1, "x", geometry), 50)
    assert refusal.value.code == code


def test_exchanged_coordinates_are_put_right_when_asked_for():
    mark = Placemark(1, "x", {"type": "Point", "coordinates": [1.0, 102.7]})
    assert fence_of(mark, 50, swap=True) == Circle(1.0, 102.7, 50)
    ring = [[1.0, 102.7], [1.01, 102.7], [1.01, 102.71], [1.0, 102.7]]
    area = fence_of(Placemark(1, "x", {"type": "MultiPolygon", "coordinates": [[ring]]}), 50, swap=True)
    assert area.geometry.bounds == (102.7, 1.0, 102.71, 1.01)


def test_a_collection_of_polygons_is_one_place():
    square = [[[102.7, 1], [102.71, 1], [102.71, 1.01], [102.7, 1]]]
    other = [[[102.8, 1], [102.81, 1], [102.81, 1.01], [102.8, 1]]]
    parts = [{"type": "Polygon", "coordinates": square}, {"type": "MultiPolygon", "coordinates": [other]}]
    feature = {
        "type": "Feature",
        "properties": {"Nama": "Dua"},
        "geometry": {"type": "GeometryCollection", "geometries": parts},
    }
    (mark,) = geojson_file.read(json.dumps(feature).encode())
    assert mark.name == "Dua"
    assert len(fence_of(mark, 50).geometry.geoms) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("[1]", "not_geojson"),
        ('{"type": "Topology"}', "not_geojson"),
        ('{"type": "FeatureCollection"}', "not_geojson"),
        ('{"type": "FeatureCollection", "features": []}', "no_features"),
        ('{"type": "Point", "coordinates": [NaN, 1]}', "not_json"),
        ("[" * 100_000, "not_json"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_geojson_is_refused_by_name(text, code):
    with pytest.raises(UnreadableFile) as refusal:
        geojson_file.read(text.encode())
    assert refusal.value.code == code


# Text as people type it: one line, no markup.
words = st.text(
    st.characters(categories=["L", "N", "Sm"], exclude_characters="<>&="), min_size=1, max_size=30
)
degrees = st.tuples(
    st.floats(102.0, 103.0).map(lambda number: round(number, 7)),
    st.floats(0.5, 1.5).map(lambda number: round(number, 7)),
).map(list)
points = degrees.map(lambda point: {"type": "Point", "coordinates": point})


@st.composite
def polygons(draw):
    lon, lat = draw(degrees)
    half = draw(st.floats(0.0002, 0.01))
    holes = draw(st.booleans())

    def ring(size):
        signs = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
        return [[round(lon + sign * size, 7), round(lat + other * size, 7)] for sign, other in signs]

    return {"type": "Polygon", "coordinates": [ring(half), *([ring(half / 3)] if holes else [])]}


marks = st.builds(
    Placemark,
    st.just(1),
    words,
    points | polygons(),
    description=words | st.just(""),
    data=st.fixed_dictionaries({"radius": st.integers(5, 500).map(str), "kode_opd": words}),
)


@settings(max_examples=50)
@given(st.lists(marks, min_size=1, max_size=5))
def test_a_place_survives_the_way_through_kml_and_geojson_and_back(placemarks):
    through_kml = kml_file.read(kml_file.write(placemarks, "Lokasi"))
    through_geojson = geojson_file.read(geojson_file.write(placemarks).encode())
    for found in (through_kml, through_geojson):
        for before, after in zip(placemarks, found, strict=True):
            assert (after.name, after.description) == (before.name, before.description)
            assert after.data["kode_opd"] == before.data["kode_opd"]
            assert fence_of(after, 1) == fence_of(before, 1)
    both = kml_file.read(kml_file.write(through_geojson, "Lokasi"))
    assert [fence_of(mark, 1) for mark in both] == [fence_of(mark, 1) for mark in placemarks]
