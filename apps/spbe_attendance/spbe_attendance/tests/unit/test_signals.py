"""What honest staff leave behind yields nothing; what cheats leave behind is named, with the punches it is seen beside."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from spbe_attendance.signals import types
from spbe_attendance.signals.find import find
from spbe_attendance.signals.picture import difference_hash
from spbe_attendance.signals.types import Finding, Limits, Seen

HOUR, DAY = 3_600_000, 86_400_000
LAT, LON = 1.0123456, 102.7123456
LIMITS = Limits()


def seen(number: int, person: str = "A", day: int = 1, **values: object) -> Seen:
    """A punch at 07:30 of a day, at a place that no other number has."""
    at = day * DAY + 7 * HOUR
    fresh = {
        "name": f"P{number}",
        "person": person,
        "day": f"2026-11-{day:02d}",
        "earliest": at,
        "latest": at,
        "lat": LAT + number * 1.7e-5,
        "lon": LON - number * 1.3e-5,
        "accuracy": 8.0 + number * 0.37,
    }
    return Seen(**{**fresh, **values})


def kinds(found: list[Finding]) -> set[str]:
    return {finding.kind for finding in found}


def test_a_month_of_honest_punches_yields_nothing():
    chance = random.Random(7)
    rows = [
        seen(
            number,
            person=f"Orang {number % 20}",
            day=1 + number // 20,
            lat=LAT + chance.gauss(0, 5e-5),
            lon=LON + chance.gauss(0, 5e-5),
            accuracy=chance.uniform(4, 40),
            device=f"ponsel {number % 20}",
            photo=chance.getrandbits(64),
        )
        for number in range(400)
    ]

    assert find(rows, [], LIMITS) == []


def test_the_same_spot_to_a_hair_of_two_people_is_named_for_both():
    spot = {"lat": LAT, "lon": LON}
    found = find([seen(1, "A", **spot), seen(2, "B", **spot)], [], LIMITS)

    assert [(f.kind, f.punch, f.others) for f in found] == [
        (types.IDENTICAL_PLACE, "P1", ("P2",)),
        (types.IDENTICAL_PLACE, "P2", ("P1",)),
    ]


@pytest.mark.parametrize(("days", "expected"), [(2, set()), (3, {types.IDENTICAL_PLACE})])
def test_one_person_on_the_same_spot_is_odd_from_the_third_day(days: int, expected: set[str]):
    rows = [seen(day, day=day, lat=LAT, lon=LON) for day in range(1, days + 1)]

    assert kinds(find(rows, [], LIMITS)) == expected


@pytest.mark.parametrize(
    ("lat", "lon", "odd"), [(1.01, 102.71, True), (1.0123, 102.7123, True), (1.01234, 102.7, False)]
)
def test_coordinates_with_few_decimals_are_typed_ones(lat: float, lon: float, odd: bool):
    assert (types.COARSE_PLACE in kinds(find([seen(1, lat=lat, lon=lon)], [], LIMITS))) is odd


@pytest.mark.parametrize(
    ("hours", "slack_hours", "odd"),
    [(1, 0, True), (10, 0, False), (1, 9, False)],
    ids=["fast", "slow", "wide"],
)
def test_travel_is_impossible_only_when_the_widest_times_make_it_so(hours: int, slack_hours: int, odd: bool):
    first = seen(1)
    later = first.latest + hours * HOUR
    second = seen(2, lat=LAT + 5, earliest=later, latest=later + slack_hours * HOUR)

    assert (types.TRAVEL in kinds(find([first, second], [], LIMITS))) is odd


def test_vague_positions_travel_nowhere():
    first = seen(1, accuracy=40_000.5)
    second = seen(
        2, lat=LAT + 0.5, accuracy=40_000.5, earliest=first.latest + 1000, latest=first.latest + 1000
    )

    assert types.TRAVEL not in kinds(find([first, second], [], LIMITS))


@pytest.mark.parametrize(("people", "odd"), [(3, False), (4, True)])
def test_a_phone_of_many_is_pointed_out_beyond_the_setting(people: int, odd: bool):
    rows = [seen(number, f"Orang {number}", device="satu") for number in range(people)]

    assert (types.SHARED_DEVICE in kinds(find(rows, [], LIMITS))) is odd


@pytest.mark.parametrize(("bits", "odd"), [(0, True), (3, True), (4, False)])
def test_a_photo_almost_the_same_as_an_earlier_one_is_named(bits: int, odd: bool):
    photo = 0x1234_5678_9ABC_DEF0
    earlier, new = seen(1, "A", 1, photo=photo), seen(2, "B", 2, photo=photo ^ (2**bits - 1))

    assert (types.REPEATED_PHOTO in kinds(find([new], [earlier], LIMITS))) is odd


def test_a_place_far_from_the_usual_needs_a_history_to_be_unusual():
    history = [seen(day, day=day) for day in range(1, 10)]
    away = seen(20, day=20, lat=LAT + 0.1)

    assert types.UNUSUAL_PLACE in kinds(find([away], history, LIMITS))
    assert types.UNUSUAL_PLACE not in kinds(find([away], history[:5], LIMITS))


def test_who_works_in_two_places_is_usual_in_both():
    history = [seen(day, day=day, lat=LAT + (0.1 if day % 2 else 0)) for day in range(1, 13)]

    assert types.UNUSUAL_PLACE not in kinds(find([seen(20, day=20, lat=LAT + 0.1)], history, LIMITS))


@pytest.mark.parametrize(("accuracy", "odd"), [(11.37, True), (10.0, False)])
def test_an_accuracy_that_never_changes_is_odd_unless_it_is_a_round_number(accuracy: float, odd: bool):
    rows = [seen(day, day=day, accuracy=accuracy) for day in range(1, 6)]

    assert (types.CONSTANT_ACCURACY in kinds(find(rows, [], LIMITS))) is odd


@pytest.mark.parametrize(("times", "odd"), [(4, False), (5, True)])
def test_wide_times_are_pointed_out_when_they_are_a_habit(times: int, odd: bool):
    rows = [seen(day, day=day, wide=True) for day in range(1, times + 1)]

    assert (types.OFTEN_LATE in kinds(find(rows, [], LIMITS))) is odd


def test_a_photo_that_never_came_is_a_finding():
    assert kinds(find([seen(1, photo_missing=True)], [], LIMITS)) == {types.MISSING_PHOTO}


def test_what_concerns_only_earlier_punches_is_not_found_again():
    spot = {"lat": LAT, "lon": LON}
    assert find([seen(3)], [seen(1, "A", **spot), seen(2, "B", **spot)], LIMITS) == []


rows = st.builds(
    seen,
    st.integers(0, 40),
    st.sampled_from("ABC"),
    st.integers(1, 9),
    lat=st.sampled_from([LAT, LAT + 0.5, 1.01]),
    accuracy=st.sampled_from([5.0, 11.37]),
    device=st.sampled_from([None, "x"]),
    photo=st.sampled_from([None, 1, 2, 2**40]),
    wide=st.booleans(),
)


@given(st.lists(rows, max_size=12, unique_by=lambda row: row.name), st.randoms())
def test_the_order_of_the_rows_does_not_matter(given_rows: list[Seen], chance: random.Random):
    shuffled = list(given_rows)
    chance.shuffle(shuffled)
    half = len(given_rows) // 2

    assert find(given_rows, [], LIMITS) == find(shuffled, [], LIMITS)
    names = {row.name for row in given_rows[:half]}
    assert all(f.punch in names for f in find(given_rows[:half], given_rows[half:], LIMITS))


def face(size: int, shift: int = 0, quality: int = 80) -> bytes:
    picture = Image.linear_gradient("L").resize((400, 400)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((120 + shift, 80, 280 + shift, 320), fill=(230, 190, 160))
    pen.rectangle((40, 300 - shift, 360, 400), fill=(20, 60, 120))
    target = io.BytesIO()
    picture.resize((size, size)).save(target, "JPEG", quality=quality)
    return target.getvalue()


def test_a_photo_saved_again_smaller_is_alike_and_another_one_is_not():
    first, again, other = (difference_hash(face(*values)) for values in ((400,), (250, 0, 40), (400, 90)))

    assert (first ^ again).bit_count() <= LIMITS.alike
    assert (first ^ other).bit_count() > LIMITS.alike


@pytest.mark.parametrize("content", [b"", b"bukan gambar", face(400)[:200]])
def test_what_is_no_picture_has_no_hash(content: bytes):
    assert difference_hash(content) is None


def test_a_blank_picture_has_no_hash_because_all_blank_ones_are_alike():
    target = io.BytesIO()
    Image.new("RGB", (300, 300), (90, 90, 90)).save(target, "JPEG")

    assert difference_hash(target.getvalue()) is None
