"""Three answers, from the distance to the edge and the accuracy."""

import itertools
import math

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

from spbe_attendance.geofence.ball import spot
from spbe_attendance.geofence.errors import AccuracyTooPoor, NoFence
from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.geofence.geometry import circle, parse_area, signed_distance
from spbe_attendance.geofence.types import Fence, Policy, Position

OFFICE = Fence("kantor", circle(1.0, 102.7, 100.0))
POLICY = Policy(max_accuracy=1000)
# One degree of latitude at the equator of WGS84.
DEGREE = 110_574.0


def north(metres, accuracy):
    return Position(1.0 + metres / DEGREE, 102.7, accuracy)


@pytest.mark.parametrize(
    ("metres", "accuracy", "answer"),
    [
        (0, 20, "Dalam"),
        (75, 20, "Dalam"),
        (95, 20, "Ragu"),
        (115, 20, "Ragu"),
        (125, 20, "Luar"),
        (0, 150, "Ragu"),
    ],
)
def test_surely_inside_surely_outside_or_uncertain(metres, accuracy, answer):
    assert evaluate(north(metres, accuracy), [OFFICE], POLICY).result == answer


def test_a_fix_worse_than_the_limit_is_refused_even_in_the_middle():
    with pytest.raises(AccuracyTooPoor) as refused:
        evaluate(north(0, 101), [OFFICE], Policy(max_accuracy=100))
    assert refused.value.details == {"accuracy": 101, "limit": 100}


@pytest.mark.parametrize("limit", [0, -1, math.nan])
def test_a_limit_without_sense_lets_nobody_through(limit):
    with pytest.raises(AccuracyTooPoor):
        evaluate(north(0, 5), [OFFICE], Policy(max_accuracy=limit))


@pytest.mark.parametrize(
    ("metres", "accuracy", "answer"), [(-15, 10, "Dalam"), (-5, 10, "Ragu"), (15, 10, "Luar")]
)
def test_a_polygon_gives_the_same_three_answers(metres, accuracy, answer):
    side = 0.001
    ring = [
        (102.7 - side, 1),
        (102.7 + side, 1),
        (102.7 + side, 1.001),
        (102.7 - side, 1.001),
        (102.7 - side, 1),
    ]
    yard = Fence("halaman", parse_area({"type": "Polygon", "coordinates": [ring]}))
    verdict = evaluate(north(-metres, accuracy), [yard], POLICY)
    assert (verdict.result, verdict.distance) == (answer, pytest.approx(metres, abs=0.01))


def test_in_a_thin_fence_a_rough_fix_stays_uncertain():
    quay = circle(1.0, 102.7, 30.0)
    assert evaluate(north(0, 40), [Fence("dermaga", quay)], POLICY).result == "Ragu"
    assert evaluate(north(0, 30), [Fence("dermaga", quay)], POLICY).result == "Dalam"


@given(st.floats(101, 400))
def test_a_disc_that_only_touches_the_fence_is_uncertain(metres):
    touching = signed_distance(north(metres, 1), OFFICE.shape)
    assume(touching > 0)
    assert evaluate(north(metres, touching), [OFFICE], POLICY).result == "Ragu"
    assert evaluate(north(metres, math.nextafter(touching, 0)), [OFFICE], POLICY).result == "Luar"


def test_on_the_edge_is_distance_zero_and_accepted():
    there = Geodesic.WGS84.Direct(1.0, 102.7, 33, 100)
    verdict = evaluate(Position(there["lat2"], there["lon2"], 5), [OFFICE], POLICY)
    assert (verdict.result, verdict.distance) == ("Ragu", 0.0)


def test_without_a_fence_nobody_gets_through():
    with pytest.raises(NoFence):
        evaluate(north(0, 5), [], POLICY)


def test_the_refusal_can_name_the_nearest_place():
    far = Fence("jauh", circle(1.1, 102.7, 100.0))
    verdict = evaluate(north(600, 10), [far, OFFICE], POLICY)
    assert (verdict.result, verdict.fence_key) == ("Luar", "kantor")
    assert verdict.distance == pytest.approx(500, abs=1)


def test_the_best_verdict_wins_whatever_the_order():
    fences = [OFFICE, Fence("apel", circle(1.001, 102.7, 300.0)), Fence("jauh", circle(1.1, 102.7, 50.0))]
    verdicts = {evaluate(north(110, 20), order, POLICY) for order in itertools.permutations(fences)}
    assert len(verdicts) == 1
    assert verdicts.pop().result == "Dalam"


@given(st.floats(0, 400), st.floats(1, 500), st.floats(0, 500))
def test_a_worse_fix_never_makes_an_answer_surer(metres, accuracy, worse):
    first = evaluate(north(metres, accuracy), [OFFICE], POLICY).result
    second = evaluate(north(metres, accuracy + worse), [OFFICE], Policy(max_accuracy=2000)).result
    assert second in (first, "Ragu")


circles = st.builds(
    lambda metres, radius: circle(1.0 + metres / DEGREE, 102.7, radius),
    st.floats(-800, 800),
    st.floats(1, 500),
)


@given(st.lists(circles, min_size=1, max_size=6), st.floats(1, 300), st.randoms(use_true_random=False))
def test_the_order_of_the_fences_never_matters(shapes, accuracy, random):
    fences = [Fence(str(index), shape) for index, shape in enumerate(shapes)]
    shuffled = random.sample(fences, len(fences))
    assert evaluate(north(0, accuracy), shuffled, POLICY) == evaluate(north(0, accuracy), fences, POLICY)


@given(st.lists(circles, min_size=1, max_size=6), st.floats(1, 300))
def test_the_verdict_is_the_best_that_a_single_fence_gives(shapes, accuracy):
    rank = {"Dalam": 0, "Ragu": 1, "Luar": 2}
    fences = [Fence(str(index), shape) for index, shape in enumerate(shapes)]
    single = [evaluate(north(0, accuracy), [fence], POLICY) for fence in fences]
    best = min(single, key=lambda verdict: (rank[verdict.result], verdict.distance, verdict.fence_key))
    assert evaluate(north(0, accuracy), fences, POLICY) == best


@given(st.floats(0, 400), st.floats(1, 500))
def test_another_fence_never_makes_the_answer_worse(metres, accuracy):
    rank = {"Dalam": 0, "Ragu": 1, "Luar": 2}
    alone = evaluate(north(metres, accuracy), [OFFICE], POLICY).result
    more = evaluate(north(metres, accuracy), [OFFICE, Fence("b", circle(1.002, 102.7, 80.0))], POLICY).result
    assert rank[more] <= rank[alone]


def box(lat, lon, height, width):
    ring = [[lon, lat], [lon + width, lat], [lon + width, lat + height], [lon, lat + height], [lon, lat]]
    return parse_area({"type": "Polygon", "coordinates": [ring]})


# 0, 0 is what a phone without a fix reports, and is refused.
longitudes = st.floats(-170, 160).filter(bool)
shapes_anywhere = st.one_of(
    st.builds(circle, st.floats(-89, 89), longitudes, st.floats(1, 50_000)),
    st.builds(box, st.floats(-80, 79), longitudes, st.floats(0.001, 9), st.floats(0.001, 9)),
)
fixes_anywhere = st.builds(Position, st.floats(-90, 90), longitudes, st.floats(1, 300))


@given(shapes_anywhere, fixes_anywhere)
def test_what_need_not_be_measured_is_never_nearer_than_said(shape, fix):
    assert Fence("", shape).ball.at_least(spot(fix.lat, fix.lon)) <= signed_distance(fix, shape)


@given(st.lists(shapes_anywhere, min_size=2, max_size=6), fixes_anywhere)
def test_far_fences_are_left_unmeasured_without_another_answer(shapes, fix):
    fences = [Fence(str(index), shape) for index, shape in enumerate(shapes)]
    nearest = min(fences, key=lambda fence: (signed_distance(fix, fence.shape), fence.key))
    assert evaluate(fix, fences, POLICY) == evaluate(fix, [nearest], POLICY)
