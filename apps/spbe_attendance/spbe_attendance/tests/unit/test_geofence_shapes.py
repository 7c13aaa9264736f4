"""Circles and polygons: parsing, and the signed distance to the edge."""

import json
import math
import pickle
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.geofence.geometry import circle, geodesic_distance, parse_area, signed_distance
from spbe_attendance.geofence.types import Circle, Position

LAT, LON = 1.0, 102.7


def away(lat, lon, bearing, metres):
    line = Geodesic.WGS84.Direct(lat, lon, bearing, metres)
    return line["lat2"], line["lon2"]


def square(lat, lon, half):
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


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(LAT, LON - 0.001), (LAT - 0.001, LON - 0.001), (LAT + 0.001, LON), (LAT - 0.001, LON + 0.0003)],
)
def test_a_point_on_the_edge_of_a_polygon_is_inside(lat, lon):
    assert signed_distance(at(lat, lon), area([square(LAT, LON, 0.001)])) == 0


@given(st.floats(0, 1), st.sampled_from([LAT, 0.0, -60.0, 80.0]), st.sampled_from([LON, 179.999, -180.0]))
def test_a_point_on_a_slanting_edge_is_inside(part, lat, lon):
    corners = [[lon, lat], [lon + 0.003, lat + 0.001], [lon + 0.001, lat + 0.004], [lon, lat]]
    wrapped = [[x - 360 if x > 180 else x, y] for x, y in corners]
    there = at(lat + part * 0.001, (lon + part * 0.003 + 180) % 360 - 180)
    assert signed_distance(there, area([wrapped])) == 0


@settings(max_examples=60)
@given(st.floats(0, 360), st.floats(1, 90), st.sampled_from([0.0, 1e-6, -1e-6, 1.0, 60.0]))
def test_a_round_polygon_agrees_with_the_circle(bearing, metres, lat):
    ring = [list(reversed(away(lat, LON, angle, 100))) for angle in range(0, 360, 3)]
    shape = area([[*ring, ring[0]]])
    there = away(lat, LON, bearing, metres)
    assert signed_distance(at(*there), shape) == pytest.approx(metres - 100, abs=0.2)


def nearest_by_force(position, polygon):
    """Metres to the edge, by geodesics to ever closer points of every side."""
    nearest = math.inf
    for ring in (polygon.exterior, *polygon.interiors):
        corners = list(ring.coords)
        for (lon1, lat1), (lon2, lat2) in pairwise(corners):

            def along(part, start=(lon1, lat1), step=(lon2 - lon1, lat2 - lat1)):
                lon, lat = start[0] + part * step[0], start[1] + part * step[1]
                return geodesic_distance(position.lat, position.lon, lat, lon)

            low, high = 0.0, 1.0
            for _ in range(30):
                left, right = low + (high - low) / 3, high - (high - low) / 3
                low, high = (low, right) if along(left) < along(right) else (left, high)
            nearest = min(nearest, along(low), along(0), along(1))
    return nearest


@settings(max_examples=25)
@given(
    st.lists(st.floats(0.3, 1), min_size=4, max_size=9),
    st.sampled_from([-60.0, -7.0, 0.0, 1.0, 45.0]),
    st.sampled_from([LON, 179.9999, -180.0, 0.0]),
    st.floats(10, 3000),
    st.floats(0, 360),
    st.floats(0, 20_000),
)
def test_the_distance_to_a_polygon_is_that_of_the_nearest_geodesic(radii, lat, lon, size, bearing, metres):
    assume((lat, lon) != (0.0, 0.0))
    bearings = [360 * index / len(radii) for index in range(len(radii))]
    ring = [away(lat, lon, angle, size * part)[::-1] for angle, part in zip(bearings, radii, strict=True)]
    shape = area([[*ring, ring[0]]])
    there = at(*away(lat, lon, bearing, metres))
    assert abs(signed_distance(there, shape)) == pytest.approx(
        nearest_by_force(there, shape.geometry), abs=0.02
    )


@settings(max_examples=60)
@given(st.floats(0, 360), st.floats(0, 360), st.floats(1, 2000), st.sampled_from([0.0, 1.0, -7.0, 60.0]))
def test_turning_and_moving_everything_changes_no_distance(turn, bearing, metres, lat):
    def seen(lat, lon, turn):
        ring = [away(lat, lon, angle + turn, size)[::-1] for angle, size in STAR]
        return signed_distance(at(*away(lat, lon, bearing + turn, metres)), area([[*ring, ring[0]]]))

    # Sides are straight in degrees, so the shape itself changes by millimetres with the latitude.
    assert seen(lat, -30.0, turn) == pytest.approx(seen(LAT, LON, 0), abs=0.05)


STAR = [(0, 300), (60, 100), (130, 350), (180, 150), (250, 300), (310, 120)]


def test_a_degenerate_fix_at_the_pole_still_gets_a_distance():
    shape = area([square(89.0, LON, 0.01)])
    assert signed_distance(at(90.0, 0.0), shape) == pytest.approx(geodesic_distance(90, 0, 89.01, LON), abs=1)


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_the_other_side_of_the_earth_is_outside(lat, lon):
    assume(abs(lat) > 0.01)
    shape = area([square(lat, lon, 0.01)])
    opposite = Position(-lat, lon - 180 if lon > 0 else lon + 180, 5)
    assert signed_distance(opposite, shape) > 19_900_000


def test_far_away_polygons_have_a_sensible_distance():
    # Jakarta's Monas from Selatpanjang, by Karney's geodesic.
    monas = area([square(-6.1754, 106.8272, 0.001)])
    expected = geodesic_distance(1.0, 102.7, -6.1754, 106.8272)
    assert signed_distance(at(1.0, 102.7), monas) == pytest.approx(expected, abs=200)


def test_the_nearest_side_is_found_from_far_away_in_high_latitudes_too():
    # It leans, so that only the right proportion of degrees tells which point of it is nearest: 345 km away.
    shape = area([[[10, 60], [14, 61], [14, 61.01], [10, 60.01], [10, 60]]])
    there = at(63.31, 9.18)
    assert signed_distance(there, shape) == pytest.approx(nearest_by_force(there, shape.geometry), abs=20)


def test_long_sides_are_straight_in_degrees():
    # Ten degrees along the parallel of 50: the great circle would run 30 km further north.
    ring = [[10, 49], [20, 49], [20, 50], [10, 50], [10, 49]]
    shape = area([ring])
    assert signed_distance(at(50.0, 15.0), shape) == 0
    assert signed_distance(at(50.001, 15.0), shape) == pytest.approx(111.2, abs=0.2)


def test_in_a_hole_is_outside():
    shape = area([square(LAT, LON, 0.002), square(LAT, LON, 0.001)])
    assert signed_distance(at(LAT, LON), shape) > 100
    assert signed_distance(at(LAT, LON + 0.0015), shape) < 0


def test_the_edge_of_a_hole_is_inside_and_an_edge():
    shape = area([square(LAT, LON, 0.002), square(LAT, LON, 0.001)])
    assert signed_distance(at(LAT, LON + 0.001), shape) == 0
    assert signed_distance(at(LAT, LON + 0.00105), shape) == pytest.approx(-5.56, abs=0.05)


def test_an_island_within_a_hole_counts():
    shape = area([square(LAT, LON, 0.003), square(LAT, LON, 0.002)], [square(LAT, LON, 0.001)])
    assert signed_distance(at(LAT, LON), shape) < -100
    assert signed_distance(at(LAT, LON + 0.0015), shape) > 50


def test_overlapping_and_touching_parts_are_one_area():
    overlapping = area([square(LAT, LON, 0.001)], [square(LAT, LON + 0.001, 0.001)])
    touching = area([square(LAT, LON - 0.001, 0.001)], [square(LAT, LON + 0.001, 0.001)])
    assert signed_distance(at(LAT, LON + 0.001), overlapping) < -100
    assert signed_distance(at(LAT, LON), touching) < -100


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


def test_halves_that_meet_on_the_antimeridian_are_one_area():
    west = [[179.99, -1.01], [180, -1.01], [180, -1], [179.99, -1], [179.99, -1.01]]
    east = [[-180, -1.01], [-179.99, -1.01], [-179.99, -1], [-180, -1], [-180, -1.01]]
    for halves in ([west], [east]), ([east], [west]):
        shape = area(*halves)
        for lon in (180.0, -180.0, 179.9999, -179.9999):
            assert signed_distance(at(-1.005, lon), shape) < -500


@given(st.floats(-0.001, 0.001), st.floats(-0.002, 0.002))
def test_crossing_the_equator_is_no_different_from_the_north(lat, offset):
    on_equator = signed_distance(at(lat, LON + offset), area([square(0.0, LON, 0.001)]))
    further_north = signed_distance(at(LAT + lat, LON + offset), area([square(LAT, LON, 0.001)]))
    # Degrees of longitude are 0.015 % shorter at 1 degree north.
    assert on_equator == pytest.approx(further_north, abs=0.05)


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


def test_a_height_is_ignored():
    flat = square(LAT, LON, 0.001)
    assert area([[[*point, 12.5] for point in flat]]) == area([flat])


def test_features_without_a_place_are_passed_over():
    empty = {"type": "Feature", "properties": {}, "geometry": None}
    drawn = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [square(LAT, LON, 0.001)]}}
    assert parse_area({"type": "FeatureCollection", "features": [empty, drawn]}) == area(
        [square(LAT, LON, 0.001)]
    )


def test_a_parsed_area_can_be_stored_and_read_again():
    shape = area([square(LAT, LON, 0.001)])
    before = signed_distance(at(LAT, LON), shape)
    assert signed_distance(at(LAT, LON), pickle.loads(pickle.dumps(shape))) == before  # noqa: S301


# An L of two arms, each 111 m long and a millimetre wide.
HAIRLINE = [
    [102.7, 1.0],
    [102.701, 1.0],
    [102.701, 1.00000001],
    [102.70000001, 1.00000001],
    [102.70000001, 1.001],
    [102.7, 1.001],
    [102.7, 1.0],
]
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
        ({"type": "Polygon", "coordinates": [[[102.7, 1.0]] * 5]}, "no_area"),
        (
            {"type": "Polygon", "coordinates": [[[102.7, 1.0], [102.8, 1.1], [102.9, 1.2], [102.7, 1.0]]]},
            "no_area",
        ),
        ({"type": "Polygon", "coordinates": [square(LAT, LON, 1e-7)]}, "no_area"),
        ({"type": "Polygon", "coordinates": [HAIRLINE]}, "no_area"),
        ({"type": "Polygon", "coordinates": [square(LAT, LON, 0.1), square(LAT, LON, 0.1)]}, "self_crossing"),
        ({"type": "Polygon", "coordinates": [square(LAT, LON, 0.1), square(LAT, LON + 1, 0.1)]}, "bad_hole"),
        (
            {
                "type": "Polygon",
                "coordinates": [square(LAT, LON, 0.1), square(LAT, LON, 0.05), square(LAT, LON, 0.01)],
            },
            "bad_hole",
        ),
        (
            {
                "type": "Polygon",
                "coordinates": [[[102.7, 1.0], [102.8, 1.0], [102.8, 1.1], [102.7, 1.0000001]]],
            },
            "bad_ring",
        ),
        ({"type": "Polygon", "coordinates": [[]]}, "empty"),
        ({"type": "Polygon"}, "empty"),
        ({"type": "Polygon", "coordinates": {"0": 1}}, "empty"),
        ({"type": "FeatureCollection", "features": {"0": 1}}, "not_geojson"),
        ({"type": "FeatureCollection", "features": [None]}, "not_geojson"),
        ({"type": "Feature", "geometry": None}, "no_polygon"),
        ({"type": "Feature", "geometry": "Polygon"}, "not_geojson"),
        ("[" * 100_000, "not_json"),
        ({"type": "Polygon", "coordinates": [[[10**400, 0], [1, 0], [1, 1], [10**400, 0]]]}, "not_a_number"),
        ({"type": "Polygon", "coordinates": [[[181, 1], [182, 1], [182, 2], [181, 1]]]}, "out_of_range"),
        ({"type": "Polygon", "coordinates": [[[-120, -80], [0, -80], [120, -80], [-120, -80]]]}, "too_large"),
        ({"type": "Polygon", "coordinates": [[[102.7, 1.0]] * 10_001]}, "too_many_points"),
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
    ("values", "code"),
    [
        ((1, 102, 0), "radius_out_of_range"),
        ((1, 102, -5), "radius_out_of_range"),
        ((1, 102, 1e9), "radius_out_of_range"),
        ((1, 102, math.nan), "not_a_number"),
        ((1, 102, 10**400), "not_a_number"),
        ((None, 102, 50), "not_a_number"),
        ((1, True, 9), "not_a_number"),
        (("1", 102, 9), "not_a_number"),
        ((0, 0, 50), "null_island"),
        ((102.7, 1, 50), "swapped"),
        ((1, 190, 50), "out_of_range"),
    ],
)
def test_a_broken_circle_is_refused_with_the_reason(values, code):
    with pytest.raises(BrokenFence) as refused:
        circle(*values)
    assert (refused.value.code, refused.value.reason) == (code, code)


@pytest.mark.parametrize("values", [(math.nan, 102, 50), (1, math.inf, 50), (1, 102, math.nan), (1, 102, 0)])
def test_not_even_code_can_build_an_impossible_circle(values):
    with pytest.raises(BrokenFence):
        Circle(*values)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_geodesic_distance_is_the_same_both_ways(lat1, lon1, lat2, lon2):
    there, back = geodesic_distance(lat1, lon1, lat2, lon2), geodesic_distance(lat2, lon2, lat1, lon1)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there < 20_004_000


@settings(max_examples=60)
@given(st.floats(0, 360), st.floats(-80, 80), st.floats(-180, 180))
def test_two_fixes_never_differ_by_more_than_the_way_between_them(bearing, metres_north, lon_shift):
    shape = area([square(LAT, LON, 0.001), square(LAT, LON, 0.0005)])
    first = (LAT + metres_north / 110_574, LON + lon_shift / 100_000)
    second = away(*first, bearing, 50)
    # The nearest edge may change from one to the other, inside and outside may not.
    assert abs(signed_distance(at(*first), shape) - signed_distance(at(*second), shape)) <= 50.001


def test_geodesic_distance_agrees_with_known_lengths():
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


@given(st.data())
def test_a_good_document_with_one_spoilt_spot_is_read_or_refused_by_name(data):
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [square(LAT, LON, 0.001)]}},
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": [[square(LAT, LON, 0.1)]]},
            },
        ],
    }
    node = document
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or data.draw(st.integers(0, 5)) == 0:
            break
        node = node[key]
    node[key] = data.draw(json_like | st.floats(-200, 200) | st.text(max_size=3))
    try:
        parsed = parse_area(json.dumps(document))
    except BrokenFence as error:
        assert error.reason
    else:
        assert parsed.geometry.is_valid


@given(st.text(max_size=30) | st.binary(max_size=30))
def test_text_that_is_no_map_is_refused(source):
    with pytest.raises(BrokenFence):
        parse_area(source)
