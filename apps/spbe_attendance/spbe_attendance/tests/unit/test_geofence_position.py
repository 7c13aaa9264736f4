"""Whatever a client sends as a position is either one on earth or refused with a code."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.geofence.errors import GeofenceError, InvalidPosition
from spbe_attendance.geofence.types import Position


@pytest.mark.parametrize(
    ("given_values", "code"),
    [
        ((0, 0, 10), "null_island"),
        (("0.0", "-0.0", 10), "null_island"),
        ((None, 102.7, 10), "missing"),
        ((1.0, "", 10), "missing"),
        ((math.nan, 102.7, 10), "not_finite"),
        (("nan", 102.7, 10), "not_finite"),
        ((1.0, math.inf, 10), "not_finite"),
        ((1.0, "1e999", 10), "not_finite"),
        ((91, 102.7, 10), "out_of_range"),
        ((102.7, 1.0, 10), "out_of_range"),
        ((1.0, 181, 10), "out_of_range"),
        ((True, 102.7, 10), "not_a_number"),
        (([1], 102.7, 10), "not_a_number"),
        (({}, 102.7, 10), "not_a_number"),
        (("satu", 102.7, 10), "not_a_number"),
        (("1,02", 102.7, 10), "not_a_number"),
        (("1_0", 102.7, 10), "not_a_number"),
        (("١", 102.7, 10), "not_a_number"),
        ((10**400, 102.7, 10), "not_a_number"),
        ((1.0, b"102.7", 10), "not_a_number"),
        ((1.0, 102.7, 0), "accuracy_invalid"),
        ((1.0, 102.7, -5), "accuracy_invalid"),
        ((1.0, 102.7, 1e12), "accuracy_invalid"),
        ((1.0, 102.7, math.nan), "not_finite"),
        ((1.0, 102.7, None), "missing"),
        ((1.0, 102.7, math.inf), "not_finite"),
    ],
)
def test_an_impossible_position_is_refused(given_values, code):
    with pytest.raises(InvalidPosition) as refused:
        Position.parse(*given_values)
    assert refused.value.code == code


def test_a_point_on_the_equator_is_a_place():
    assert Position.parse(0, "102.7", 5) == Position(0.0, 102.7, 5.0)


@pytest.mark.parametrize(
    "values",
    [(math.nan, 102.7, 5), (1.0, math.inf, 5), (1.0, 102.7, math.nan), (0.0, 0.0, 5), (1.0, 102.7, 0)],
)
def test_not_even_code_can_build_an_impossible_position(values):
    with pytest.raises(InvalidPosition):
        Position(*values)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.01, 1e6))
def test_numbers_and_their_text_are_the_same_position(lat, lon, accuracy):
    if lat == 0 and lon == 0:
        lat = 1.0
    assert Position.parse(repr(lat), repr(lon), repr(accuracy)) == Position(lat, lon, accuracy)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(anything, anything, anything)
def test_nothing_but_a_named_refusal_comes_out(latitude, longitude, accuracy):
    try:
        position = Position.parse(latitude, longitude, accuracy)
    except GeofenceError as error:
        assert error.code
    else:
        assert -90 <= position.lat <= 90
        assert -180 <= position.lon <= 180
        assert position.accuracy > 0
