"""Three answers, from the distance to the edge and the accuracy."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.geofence.errors import AccuracyTooPoor, NoFence
from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.geofence.geometry import circle
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


@given(st.floats(0, 400), st.floats(1, 500))
def test_another_fence_never_makes_the_answer_worse(metres, accuracy):
    rank = {"Dalam": 0, "Ragu": 1, "Luar": 2}
    alone = evaluate(north(metres, accuracy), [OFFICE], POLICY).result
    more = evaluate(north(metres, accuracy), [OFFICE, Fence("b", circle(1.002, 102.7, 80.0))], POLICY).result
    assert rank[more] <= rank[alone]
