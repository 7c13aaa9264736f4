"""Does a fence suit the punches made at it, and how much larger would it have to be."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.geofence.fit import AIM, CAP, FEWEST, NEIGHBOUR, judged, measure, propose
from spbe_attendance.geofence.geometry import circle, geodesic_distance, parse_area
from spbe_attendance.geofence.plane import Plane, gap, shared
from spbe_attendance.geofence.types import Fence, Position

HERE = Plane(1.0, 102.7)
OPEN = {"most_radius": 150, "most_growth": 100}


def fix(x, y, accuracy):
    return Position(*HERE.back(x, y), accuracy)


def crowd(count=100, jitter=10.0, accuracy=(8, 25), seed=4):
    chance = random.Random(seed)
    return [
        fix(chance.gauss(0, jitter), chance.gauss(0, jitter), chance.uniform(*accuracy)) for _ in range(count)
    ]


def round_fence(radius, x=0.0, y=0.0):
    return circle(*HERE.back(x, y), radius)


def box(half, x=0.0):
    points = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    ring = [list(reversed(HERE.back(x + px, py))) for px, py in points]
    return parse_area({"type": "Polygon", "coordinates": [ring]})


def test_numbers_of_a_fence_that_fits():
    found = measure(round_fence(80), crowd())
    assert found.count == 100
    assert 8 <= found.accuracy_median <= found.accuracy_p90 <= 25
    assert (found.dalam, found.ragu, found.luar) == (1, 0, 0)
    assert found.offset < 5
    assert found.spread < 30


def test_one_bad_phone_moves_neither_the_median_nor_the_middle():
    calm = measure(round_fence(80), crowd())
    upset = measure(round_fence(80), [*crowd(), fix(900, 900, 95)])
    assert abs(calm.accuracy_median - upset.accuracy_median) < 1
    assert geodesic_distance(calm.lat, calm.lon, upset.lat, upset.lon) < 1


def test_nobody_there_has_no_numbers():
    assert measure(round_fence(50), []) is None


def test_a_fence_of_ten_metres_is_called_too_small_and_the_proposal_keeps_its_word():
    small = round_fence(10)
    fixes = crowd()
    assert judged(small, fixes).count("Ragu") > 50
    found = propose(small, fixes, **OPEN)
    assert 20 < found.shape.radius < 80
    assert found.shape.radius == 10 + found.growth
    assert found.after >= AIM
    assert found.after == judged(found.shape, fixes).count("Dalam") / len(fixes)
    assert (found.shape.lat, found.shape.lon) == (small.lat, small.lon)


def test_a_fence_that_is_large_enough_gets_no_proposal():
    assert propose(round_fence(100), crowd(), **OPEN) is None


def test_too_few_punches_prove_nothing():
    assert propose(round_fence(10), crowd(count=FEWEST - 1), **OPEN) is None


def test_the_cap_is_never_exceeded_and_named():
    found = propose(round_fence(10), crowd(accuracy=(30, 60)), most_radius=45, most_growth=100)
    assert found.shape.radius <= 45
    assert found.limited == CAP


def test_a_polygon_grows_on_every_side():
    fixes = crowd()
    found = propose(box(8), fixes, **OPEN)
    assert found.after >= AIM - 0.02
    assert gap(found.shape, round_fence(1, 8 + found.growth + 11)) == pytest.approx(10, abs=0.5)


def test_a_neighbour_stops_the_growth_and_is_named():
    beside = Fence("lain", round_fence(20, 50))
    found = propose(round_fence(10), crowd(), **OPEN, neighbours=[beside])
    assert (found.limited, found.neighbour) == (NEIGHBOUR, "lain")
    assert gap(found.shape, beside.shape) >= 0.99


def test_where_there_is_no_room_at_all_the_answer_says_so_and_proposes_nothing():
    beside = Fence("lain", round_fence(20, 30))
    found = propose(round_fence(10), crowd(), **OPEN, neighbours=[beside])
    assert (found.growth, found.limited, found.after) == (0, NEIGHBOUR, found.before)


@settings(max_examples=25)
@given(st.floats(5, 60), st.floats(1, 30), st.integers(0, 10_000), st.floats(20, 150))
def test_whatever_the_crowd_a_proposal_never_shrinks_a_fence_nor_breaks_the_cap(radius, jitter, seed, cap):
    small = round_fence(radius)
    found = propose(small, crowd(60, jitter, (5, 60), seed), most_radius=cap, most_growth=80)
    if found is not None and found.growth:
        assert radius < found.shape.radius <= max(cap, radius)
        assert found.after > found.before


def test_gap_and_overlap_of_shapes_of_every_kind():
    assert gap(round_fence(20), round_fence(20, 100)) == pytest.approx(60, abs=0.1)
    assert gap(box(20), round_fence(20, 100)) == pytest.approx(60, abs=0.2)
    assert gap(box(20), box(20, 100)) == pytest.approx(60, abs=0.2)
    assert gap(round_fence(30), round_fence(30, 40)) == 0
    assert shared(round_fence(10), round_fence(50)) == pytest.approx(1, abs=0.01)
    assert shared(box(20), box(20, 20)) == pytest.approx(0.5, abs=0.01)
    assert shared(box(20), box(20, 100)) == 0


def test_shapes_over_the_antimeridian_keep_their_distance():
    over = parse_area(
        {"type": "Polygon", "coordinates": [[[179.999, 0], [-179.999, 0], [-179.999, 0.002], [179.999, 0]]]}
    )
    assert gap(over, circle(0.0005, -179.9989, 5)) < 10
    assert math.isclose(
        gap(circle(0.0005, -179.997, 5), over), gap(over, circle(0.0005, -179.997, 5)), abs_tol=0.5
    )
