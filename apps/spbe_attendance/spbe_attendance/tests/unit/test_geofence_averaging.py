"""Standing still for half a minute: the mean of what the phone said, and a place out of two or more such means."""

import json
import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.geofence.averaging import CLOSEST, Sample, Station, average, enclose, widened
from spbe_attendance.geofence.errors import UnusableSurvey
from spbe_attendance.geofence.geometry import circle, geodesic_distance, parse_area, signed_distance
from spbe_attendance.geofence.plane import Plane
from spbe_attendance.geofence.types import Area, Circle, Position

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "survey.json"
LAT, LON = 1.0, 102.7
HERE = Plane(LAT, LON)


def sample(x, y, accuracy=8.0, at=0.0):
    return Sample(Position(*HERE.back(x, y), accuracy), at)


def standing(x=0.0, y=0.0, count=30, jitter=2.0, accuracy=8.0, seed=1):
    chance = random.Random(seed)
    return [
        sample(x + chance.gauss(0, jitter), y + chance.gauss(0, jitter), accuracy, float(second))
        for second in range(count)
    ]


def station(x, y, accuracy=5.0):
    return Station(*HERE.back(x, y), accuracy, 1.0, 30, 0)


def metres(station, x, y):
    return geodesic_distance(station.lat, station.lon, *HERE.back(x, y))


def test_the_mean_lies_where_the_person_stood():
    found = average(standing(12, -7))
    assert metres(found, 12, -7) < 1.5
    assert found.used == 30


def test_a_jump_of_the_receiver_is_left_out():
    samples = [*standing(), sample(80, 60, at=12.5), sample(-50, 90, at=14.5)]
    found = average(samples)
    assert found.left_out == 2
    assert metres(found, 0, 0) < 1.5


def test_a_sharp_fix_weighs_more_than_a_blurred_one():
    sharp = [sample(0, 0, 3, second) for second in range(0, 30, 2)]
    blurred = [sample(2.9, 0, 30, second) for second in range(1, 30, 2)]
    assert metres(average([*sharp, *blurred]), 0, 0) < 0.1


def test_waiting_makes_it_surer_but_never_as_sure_as_many_receivers_would_be():
    short, long = average(standing(count=21)), average(standing(count=300))
    assert long.accuracy < short.accuracy
    assert long.accuracy >= 8 / 2


@pytest.mark.parametrize(
    ("samples", "code"),
    [
        (standing(count=4), "too_few"),
        (standing(count=15), "too_short"),
        ([sample(0, 0, 150, second) for second in range(30)], "too_few"),
        ([sample(5.0 * second, 0, 8, second) for second in range(40)], "too_wide"),
    ],
)
def test_what_says_nothing_about_one_place_is_refused(samples, code):
    with pytest.raises(UnusableSurvey) as refusal:
        average(samples)
    assert refusal.value.code == code


@given(
    st.floats(-60, 60),
    st.floats(-170, 170),
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.floats(1, 40)), min_size=5, max_size=40),
)
def test_the_mean_lies_among_the_samples_whatever_they_are(lat, lon, offsets):
    plane = Plane(lat, lon + 0.001)
    samples = [
        Sample(Position(*plane.back(x, y), accuracy), 10.0 * number)
        for number, (x, y, accuracy) in enumerate(offsets)
    ]
    found = average(samples)
    x, y = plane.to(found.lat, found.lon)
    assert min(dx for dx, _y, _a in offsets) - 0.01 <= x <= max(dx for dx, _y, _a in offsets) + 0.01
    assert min(dy for _x, dy, _a in offsets) - 0.01 <= y <= max(dy for _x, dy, _a in offsets) + 0.01
    assert found.used + found.left_out == len(samples)
    assert found.used * 2 >= len(samples)


def test_two_stations_give_the_circle_that_both_lie_within_with_their_accuracy():
    one, other = station(-30, 0, 6), station(30, 0, 9)
    found = enclose([one, other])
    assert isinstance(found, Circle)
    assert found.radius == 40
    assert geodesic_distance(found.lat, found.lon, LAT, LON) < 0.1
    for each in (one, other):
        assert signed_distance(Position(each.lat, each.lon, each.accuracy), found) + each.accuracy <= 0


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3), (3, 0, 2, 1)])
def test_more_stations_give_a_polygon_in_whatever_order_they_were_walked(order):
    corners = [(-40, -30), (40, -30), (40, 30), (-40, 30)]
    stations = [station(*corners[number]) for number in order]
    found = enclose(stations)
    assert isinstance(found, Area)
    for each in stations:
        assert signed_distance(Position(each.lat, each.lon, 1), found) <= -4
    assert signed_distance(Position(LAT, LON, 1), found) < -30


@pytest.mark.parametrize(
    ("stations", "code"),
    [
        ([station(0, 0)], "too_few"),
        ([station(0, 0), station(CLOSEST - 1, 0)], "too_close"),
        ([station(0, 0), station(40, 0), station(80, 0)], "no_area"),
    ],
)
def test_stations_that_enclose_nothing_are_refused(stations, code):
    with pytest.raises(UnusableSurvey) as refusal:
        enclose(stations)
    assert refusal.value.code == code


@given(st.floats(1, 65), st.floats(-179, 179), st.floats(6, 500), st.floats(1, 60))
def test_a_widened_circle_is_wider_by_just_so_much_everywhere(lat, lon, radius, growth):
    before = circle(lat, lon, radius)
    after = widened(before, growth)
    here = Position(*Plane(lat, lon).back(radius * 2, -radius), 1)
    assert signed_distance(here, before) - signed_distance(here, after) == pytest.approx(growth, abs=0.01)


def test_a_widened_polygon_keeps_its_hole_smaller():
    def ring(half):
        points = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
        return [list(reversed(HERE.back(x, y))) for x, y in points]

    before = parse_area({"type": "Polygon", "coordinates": [ring(100), ring(30)]})
    after = widened(before, 10)
    assert signed_distance(Position(LAT, LON, 1), before) == pytest.approx(30, abs=0.2)
    assert signed_distance(Position(LAT, LON, 1), after) == pytest.approx(20, abs=0.2)
    outside = Position(*HERE.back(150, 0), 1)
    assert signed_distance(outside, after) == pytest.approx(40, abs=0.2)


def test_the_phone_computes_the_same():
    """The vectors that the front end's tests read, too."""
    for case in json.loads(VECTORS.read_text(encoding="utf-8")):
        samples = [
            Sample(Position(row["lat"], row["lon"], row["akurasi"]), row["t"]) for row in case["sampel"]
        ]
        found = average(samples)
        wanted = case["hasil"]
        assert geodesic_distance(found.lat, found.lon, wanted["lat"], wanted["lon"]) < 0.01
        assert math.isclose(found.accuracy, wanted["akurasi"], abs_tol=0.01)
        assert math.isclose(found.spread, wanted["sebaran"], abs_tol=0.01)
        assert (found.used, found.left_out) == (wanted["dipakai"], wanted["dibuang"])
