"""Circles and polygons: parsing, and the signed distance to the edge."""

import json

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.geofence.geometry import circle, geodesic_distance, parse_area, signed_distance
from spbe_attendance.geofence.types import Position

LAT, LON = 1.0, 102.7


def away(lat, lon, bearing, metres):
    line = Geodesic.WGS84.Direct(lat, lon, bearing, metres)
    return line["lat2"], line["lon2"]


def square(lat, lon, half, step=0):
    """A ring of (lon, lat) whose sides lie ``half`` degrees from the centre."""
    return [
        [lon - half, lat - half],
        [lon + half, lat - half],
        [lon + half, lat + half],
        [lon - half, lat + half],
        [lon - half, lat - half],
    ]


def area(*polygons):
    return parse_area({"type": "MultiPolygon", "coordinates": list(polygons)})


def at(lat, lon):
    return Position(lat, lon, 5)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 360), st.floats(1, 3000))
def test_the_distance_to_a_circle_is_geodesic_everywhere(lat, lon, bearing, metres):
    shape = circle(lat + 1e-9, lon + 1e-9, 100.0)
    there = away(shape.lat, shape.lon, bearing, metres)
    assert signed_distance(at(*there), shape) == pytest.approx(metres - 100, abs=1e-5)


def test_a_point_on_the_edge_of_a_polygon_is_inside():
    shape = area([square(LAT, LON, 0.001)])
    assert signed_distance(at(LAT, LON - 0.001), shape) == pytest.approx(0, abs=1e-3)
    assert signed_distance(at(LAT - 0.001, LON - 0.001), shape) <= 1e-6


@settings(max_examples=60)
@given(st.floats(0, 360), st.floats(1, 90), st.sampled_from([0.0, 1e-6, -1e-6, 1.0, 60.0]))
def test_a_round_polygon_agrees_with_the_circle(bearing, metres, lat):
    ring = [list(reversed(away(lat, LON, angle, 100))) for angle in range(0, 360, 3)]
    shape = area([[*ring, ring[0]]])
    there = away(lat, LON, bearing, metres)
    assert signed_distance(at(*there), shape) == pytest.approx(metres - 100, abs=0.2)


def test_in_a_hole_is_outside():
    shape = area([square(LAT, LON, 0.002), square(LAT, LON, 0.001)])
    assert signed_distance(at(LAT, LON), shape) > 100
    assert signed_distance(at(LAT, LON + 0.0015), shape) < 0


def test_any_part_of_a_multipolygon_counts():
    shape = area([square(LAT, LON, 0.001)], [square(LAT, LON + 0.1, 0.001)])
    assert signed_distance(at(LAT, LON + 0.1), shape) < -100
    assert signed_distance(at(LAT, LON + 0.05), shape) > 5000


def test_a_polygon_over_the_antimeridian_has_its_inside_there():
    ring = [[179.999, -1.001], [-179.999, -1.001], [-179.999, -0.999], [179.999, -0.999], [179.999, -1.001]]
    shape = area([ring])
    assert signed_distance(at(-1.0, 180.0), shape) < -100
    assert signed_distance(at(-1.0, -179.9999), shape) < 0
    assert signed_distance(at(-1.0, 0.0), shape) > 1e6


def test_a_polygon_over_the_equator_has_no_gap_there():
    shape = area([square(0.0, LON, 0.001)])
    assert signed_distance(at(0.0, LON), shape) < -100


def test_the_leaflet_editors_collection_is_understood():
    drawn = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [LON, LAT]}},
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [square(LAT, LON, 0.001)]},
            },
        ],
    }
    assert signed_distance(at(LAT, LON), parse_area(json.dumps(drawn))) < -100


BOW_TIE = [[102.7, 1.0], [102.8, 1.1], [102.8, 1.0], [102.7, 1.1], [102.7, 1.0]]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[]", "not_geojson"),
        (7, "not_geojson"),
        ({"type": "Sphere"}, "not_geojson"),
        ({"type": "FeatureCollection", "features": []}, "no_polygon"),
        ({"type": "Point", "coordinates": [102.7, 1.0]}, "no_polygon"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[[102.7, 1.0], [102.8, 1.0], [102.7, 1.0]]]}, "bad_ring"),
        ({"type": "Polygon", "coordinates": [square(LAT, LON, 0.1)[:-1]]}, "bad_ring"),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "self_crossing"),
        (
            {"type": "Polygon", "coordinates": [[[102.7, 1.0], [102.8, 1.0], [102.9, 1.0], [102.7, 1.0]]]},
            "no_area",
        ),
        (
            {"type": "Polygon", "coordinates": [[[1.0, 102.7], [1.1, 102.7], [1.1, 102.8], [1.0, 102.7]]]},
            "swapped",
        ),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "null_island"),
        ({"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]}, "not_a_number"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 0], [1, 0], [1, 1], [0, 0]]]}, "not_a_number"),
        ({"type": "Polygon", "coordinates": [[[1], [1, 0], [1, 1], [0, 0]]]}, "bad_point"),
        ({"type": "Polygon", "coordinates": [square(10, 10, 60)]}, "too_large"),
    ],
)
def test_a_broken_area_is_refused_with_the_reason(source, code):
    with pytest.raises(BrokenFence) as refused:
        parse_area(source)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "values", [(1, 102, 0), (1, 102, -5), (1, 102, 1e9), (None, 102, 50), (0, 0, 50), (1, True, 9)]
)
def test_a_broken_circle_is_refused(values):
    with pytest.raises(BrokenFence):
        circle(*values)


def test_geodesic_distance_is_the_same_both_ways():
    assert geodesic_distance(1, 102, 1.1, 102.2) == pytest.approx(geodesic_distance(1.1, 102.2, 1, 102))
    # One degree along the equator of WGS84.
    assert geodesic_distance(0, 102, 0, 103) == pytest.approx(111_319.49, abs=0.01)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["Polygon", "Feature", "x"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["type", "coordinates", "features", "geometry"]), inner, max_size=4),
    max_leaves=25,
)


@given(json_like)
def test_no_input_gets_anything_but_an_area_or_a_named_refusal(source):
    try:
        parsed = parse_area(source)
    except BrokenFence as error:
        assert error.code
    else:
        assert not parsed.geometry.is_empty
