"""Signals of the review queue over plain rows: what each catches, what it leaves alone."""

import io
import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from spbe_attendance.signals import photo, picture, position, types
from spbe_attendance.signals.find import find
from spbe_attendance.signals.types import Policy, Punch

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = datetime(2026, 11, 2, 7, 20)
LAT, LON = 1.0087231, 102.7131877
METRE = 1 / 111_320
POLICY = Policy()


def punch(key, person="A", at=MONDAY, wide=timedelta(0), **values):
    values = {"lat": LAT, "lon": LON, "accuracy": 8.0, "place": "kantor", **values}
    return Punch(key, person, at.date(), at, at + wide, **values)


def kinds(punches, fresh=None, policy=POLICY):
    return {(found.punch, found.kind) for found in find(punches, policy, fresh)}


def honest(person, count, seed=1):
    """Two punches a day of a receiver that jitters, each with its own accuracy."""
    rng = random.Random(f"{person}/{seed}")
    found = []
    for number in range(count):
        accuracy = round(rng.uniform(4, 18), 1)
        found.append(
            punch(
                f"{person}{number:03d}",
                person,
                MONDAY + DAY * (number // 2) + HOUR * (9 * (number % 2)),
                lat=round(LAT + rng.gauss(0, accuracy / 2) * METRE, 7),
                lon=round(LON + rng.gauss(0, accuracy / 2) * METRE, 7),
                accuracy=accuracy,
                device=f"phone of {person}",
                photo=rng.getrandbits(64),
            )
        )
    return found


def days_apart(count, person="A", **values):
    return [punch(f"{person}{n}", person, MONDAY + n * DAY, **values) for n in range(count)]


SAME = types.SAME_PLACE
HASH = 0xF0F0_1234_ABCD_0FF0


@pytest.mark.parametrize(
    ("punches", "kind", "concerned"),
    [
        # Identical coordinates: two people, or three days of one.
        ([punch("a"), punch("b", "B")], SAME, {"a", "b"}),
        ([punch("a"), punch("b", "B", lat=LAT + 1e-7)], SAME, set()),
        ([punch("a"), punch("b", "B", MONDAY + DAY)], SAME, set()),
        ([punch(p, p, MONDAY + DAY * n) for n, p in enumerate("abc")], SAME, {"a", "b", "c"}),
        ([punch("a"), punch("b", at=MONDAY + DAY, lat=LAT + 3e-7), punch("c", at=MONDAY + 2 * DAY)], SAME, {"a", "b", "c"}),
        (days_apart(3), SAME, {"A0", "A1", "A2"}),
        (days_apart(2), SAME, set()),
        ([punch("a"), punch("b", at=MONDAY + HOUR), punch("c", at=MONDAY + 2 * HOUR)], SAME, set()),
        # One phone, one fix, two colleagues within minutes.
        ([punch("a", device="p"), punch("b", "B", MONDAY + HOUR / 20, device="p")], SAME, set()),
        ([punch("a", device="p"), punch("b", "B", MONDAY + HOUR, device="p")], SAME, {"a", "b"}),
        ([punch("a", device="p"), punch("b", "B", MONDAY + HOUR / 20, device="q")], SAME, {"a", "b"}),
        # A tablet on the wall does not move.
        ([punch("a", fixed=True), punch("b", "B", fixed=True)], SAME, set()),
        ([punch("a", lat=None), punch("b", "B", lat=None)], SAME, set()),
        # Few decimals: four at once, five the third time.
        ([punch("a", lat=1.0087, lon=102.7131)], types.ROUND_PLACE, {"a"}),
        ([punch("a", lat=1.0087, lon=102.7131, fixed=True)], types.ROUND_PLACE, set()),
        ([punch("a", lat=1.0087)], types.ROUND_PLACE, set()),
        (days_apart(2, lat=1.00872, lon=102.71318), types.ROUND_PLACE, set()),
        (days_apart(3, lat=1.00872, lon=102.71318), types.ROUND_PLACE, {"A2"}),
        # Noise of centimetres added by hand.
        ([punch(f"a{n}", at=MONDAY + n * DAY, lat=LAT + n * METRE / 20) for n in range(5)], types.STILL, {"a4"}),
        ([punch(f"a{n}", at=MONDAY + n * DAY, lat=LAT + n * METRE) for n in range(5)], types.STILL, set()),
        ([punch(f"a{n}", at=MONDAY + n * DAY, lat=LAT + n * METRE / 20) for n in range(4)], types.STILL, set()),
        # Constant accuracy.
        (
            [punch(f"a{n}", at=MONDAY + n * DAY / 2, lat=LAT + n * METRE * 3, accuracy=8.37) for n in range(10)],
            types.SAME_ACCURACY,
            {"a8", "a9"},
        ),
        (
            [punch(f"a{n}", at=MONDAY + n * DAY / 2, lat=LAT + n * METRE * 3) for n in range(10)],
            types.SAME_ACCURACY,
            set(),
        ),
        (
            [punch(f"a{n}", at=MONDAY + n * DAY / 2, accuracy=8 + n / 10) for n in range(10)],
            types.SAME_ACCURACY,
            set(),
        ),
        # 111 km in half an hour; the longest time that may lie between counts, and both circles are taken off.
        ([punch("a"), punch("b", at=MONDAY + HOUR / 2, lat=LAT + 1)], types.TRAVEL, {"a", "b"}),
        ([punch("a"), punch("b", at=MONDAY + HOUR, lat=LAT + 1)], types.TRAVEL, set()),
        ([punch("a"), punch("b", at=MONDAY + HOUR / 2, wide=HOUR, lat=LAT + 1)], types.TRAVEL, set()),
        ([punch("a", wide=2 * HOUR), punch("b", at=MONDAY + HOUR / 2, lat=LAT + 1)], types.TRAVEL, set()),
        ([punch("a", wide=HOUR), punch("b", at=MONDAY + HOUR / 2, lat=LAT + 1)], types.TRAVEL, {"a", "b"}),
        ([punch("a"), punch("b", at=MONDAY, lat=LAT + 0.003)], types.TRAVEL, set()),
        ([punch("a"), punch("b", at=MONDAY, lat=LAT + 0.01)], types.TRAVEL, {"a", "b"}),
        ([punch("a"), punch("b", at=MONDAY, lat=LAT + 0.01, accuracy=900.0)], types.TRAVEL, set()),
        ([punch("a"), punch("b", "B", at=MONDAY, lat=LAT + 1)], types.TRAVEL, set()),
        # Four people on one phone and day; a kiosk is there for that.
        ([punch(p, p, device="p") for p in "abcd"], types.ONE_DEVICE, set("abcd")),
        ([punch(p, p, device="p") for p in "abc"], types.ONE_DEVICE, set()),
        ([punch(p, p, device="p", fixed=True) for p in "abcd"], types.ONE_DEVICE, set()),
        ([punch(p, p, device="") for p in "abcd"], types.ONE_DEVICE, set()),
        ([punch(p, p, MONDAY + DAY * n, device="p") for n, p in enumerate("abcd")], types.ONE_DEVICE, set()),
        # Photos.
        ([punch("a", photo=HASH), punch("b", "B", photo=HASH ^ 0b111)], types.SAME_PHOTO, {"a", "b"}),
        ([punch("a", photo=HASH), punch("b", at=MONDAY + DAY, photo=HASH)], types.SAME_PHOTO, {"a", "b"}),
        ([punch("a", photo=HASH), punch("b", "B", photo=HASH ^ 0b1111)], types.SAME_PHOTO, set()),
        ([punch("a"), punch("b", "B")], types.SAME_PHOTO, set()),
        ([punch("a", photo_missing=True), punch("b")], types.NO_PHOTO, {"a"}),
        ([punch("a", photo_empty=True), punch("b")], types.EMPTY_PHOTO, {"a"}),
        # Times.
        ([punch("a", wide=HOUR / 4), punch("b", wide=HOUR / 3)], types.WIDE, {"b"}),
        ([punch("a", wide=HOUR / 60, straddles=True), punch("b", straddles=True)], types.STRADDLES, {"a"}),
        (days_apart(5, wide=HOUR), types.OFTEN_WIDE, {"A4"}),
        (days_apart(4, wide=HOUR), types.OFTEN_WIDE, set()),
        ([*days_apart(4, wide=HOUR), punch("z", at=MONDAY + 40 * DAY, wide=HOUR)], types.OFTEN_WIDE, set()),
        ([punch("a", gap=True), punch("b")], types.GAP, {"a"}),
    ],
)  # fmt: skip
def test_each_signal_finds_its_case_and_no_other(punches, kind, concerned):
    assert {key for key, found in kinds(punches) if found == kind} == concerned


def test_far_from_the_usual_is_asked_place_by_place():
    usual = honest("A", 20)
    away = punch("z", at=MONDAY + 20 * DAY, lat=LAT + 90 * METRE)
    elsewhere = punch("z", at=MONDAY + 20 * DAY, lat=LAT + 90 * METRE, place="lain")
    assert ("z", types.FAR) in kinds([*usual, away])
    assert ("z", types.FAR) not in kinds([*usual, elsewhere])
    assert ("z", types.FAR) not in kinds([*usual[:8], away])
    assert ("z", types.FAR) not in kinds([*usual, replace(away, outside=True)])


def test_only_what_is_new_and_what_it_is_seen_beside_is_told():
    alone = [punch("old", at=MONDAY - HOUR), punch("x", at=MONDAY + 40 * DAY, lat=1.0087, lon=102.7131)]
    found = kinds([*alone, punch("new", "B")], fresh={"new"})
    assert found == {("old", SAME), ("new", SAME)}


def test_a_crowd_is_told_by_its_neighbours_in_time():
    crowd = [punch(f"{n:04d}", f"P{n}", MONDAY + n * timedelta(seconds=1)) for n in range(300)]
    found = [f for f in find(crowd, POLICY, {"0150"}) if f.kind == SAME]
    (own,) = (f for f in found if f.punch == "0150")
    assert len(own.others) == types.MOST_OTHERS
    assert own.numbers == {"people": 300, "days": 1, "punches": 300}
    assert {f.punch for f in found} == {"0150", *own.others}


@pytest.mark.parametrize(
    ("degrees", "digits"),
    [(1.0, 0), (102.7, 1), (1.0087, 4), (1.00872, 5), (LAT, 7), (-0.5, 1), (102.70000001, 7)],
)
def test_decimals(degrees, digits):
    assert position.decimals(degrees) == digits


def jpeg(image, quality=85):
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


def portrait(shift=0):
    image = Image.new("RGB", (480, 640), (180, 190, 185))
    pen = ImageDraw.Draw(image)
    pen.ellipse((120 + shift, 120, 330 + shift, 420), fill=(190, 140, 105))
    pen.pieslice((110 + shift, 90, 340 + shift, 380), 180, 360, fill=(30, 34, 40))
    pen.rectangle((60 + shift, 430, 420 + shift, 640), fill=(60, 80, 130))
    return image


def test_the_hash_survives_another_size_and_compression_but_tells_pictures_apart():
    first, _empty = picture.look(jpeg(portrait()))
    smaller, _empty = picture.look(jpeg(portrait().resize((360, 480)), quality=40))
    moved, _empty = picture.look(jpeg(portrait(shift=70)))
    assert photo.distance(first, smaller) <= photo.MOST_BITS < photo.distance(first, moved)


def test_a_covered_lens_has_no_hash_to_compare():
    assert picture.look(jpeg(Image.new("RGB", (480, 640), (9, 8, 7)))) == (None, True)


@pytest.mark.parametrize("content", [b"", b"no picture", jpeg(portrait())[:300]])
def test_what_is_no_picture_says_nothing(content):
    assert picture.look(content) == (None, False)


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=photo.MOST_BITS))
def test_hashes_that_are_near_share_a_piece(bits, flipped):
    other = bits
    for place in flipped:
        other ^= 1 << place
    shared = set(enumerate(photo.pieces(bits))) & set(enumerate(photo.pieces(other)))
    assert shared and photo.distance(bits, other) == len(flipped)


# The same examples each time: among enough of them two honest people do share a cell once.
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(2, 44))
def test_honest_jitter_yields_nothing(seed, people, count):
    """A month of an office: everybody at one place."""
    assert find([p for n in range(people) for p in honest(f"P{n}", count, seed)], POLICY) == []


def test_who_works_in_two_places_is_usual_in_both():
    days = honest("A", 44)
    second = [replace(p, lat=p.lat + 0.1, place="dua") if p.day.day % 2 else p for p in days]
    assert find(second, POLICY) == []


def test_what_concerns_only_earlier_punches_is_not_found_again():
    later = punch("c", "C", MONDAY + DAY, lat=LAT + 1e-4)
    assert kinds([punch("a"), punch("b", "B"), later], fresh={"c"}) == set()


positions = st.sampled_from([LAT, LAT + 4e-7, LAT + 2e-6, 1.0087, LAT + 0.02, LAT + 1, None])
punches_strategy = st.lists(
    st.builds(
        lambda person, hours, wide, lat, device, photo, gap: (person, hours, wide, lat, device, photo, gap),
        st.sampled_from("ABCDE"),
        st.integers(0, 24 * 9),
        st.sampled_from([0, 1, 40, 600]),
        positions,
        st.sampled_from(["", "p", "q"]),
        st.sampled_from([None, HASH, HASH ^ 1, HASH ^ 0xFFFF]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(punches_strategy, st.randoms(use_true_random=False), st.data())
def test_order_does_not_matter_and_findings_are_about_what_was_given(rows, rng, data):
    punches = [
        punch(
            f"k{n}",
            person,
            MONDAY + hours * HOUR,
            timedelta(minutes=wide),
            lat=lat,
            device=device,
            photo=bits,
            gap=gap,
        )
        for n, (person, hours, wide, lat, device, bits, gap) in enumerate(rows)
    ]
    keys = [p.key for p in punches]
    fresh = set(data.draw(st.lists(st.sampled_from(keys), unique=True))) if keys else set()
    shuffled = list(punches)
    rng.shuffle(shuffled)
    found = find(punches, POLICY, fresh)
    assert found == find(shuffled, POLICY, fresh)
    assert len({(f.punch, f.kind) for f in found}) == len(found)
    for finding in found:
        assert finding.punch in keys and set(finding.others) <= set(keys) - {finding.punch}
        assert finding.punch in fresh or set(finding.others) & fresh
        assert len(finding.others) <= types.MOST_OTHERS


def test_every_kind_has_a_weight_and_a_single_one_never_fills_the_score():
    named = {value for name, value in vars(types).items() if name.isupper() and isinstance(value, str)}
    assert named == set(types.WEIGHTS)
    assert max(types.WEIGHTS.values()) < 100
    assert date(2026, 11, 2) == punch("a").day
