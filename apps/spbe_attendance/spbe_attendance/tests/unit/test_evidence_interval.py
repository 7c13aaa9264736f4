"""Between which two moments a punch was captured: what an honest phone gets, and what a cheat does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.evidence import interval
from spbe_attendance.evidence.anchor import Anchor, issue
from spbe_attendance.evidence.entry import Entry
from spbe_attendance.evidence.interval import Neighbours, prove
from spbe_attendance.tests.phone import Phone

SECRET = b"kunci situs"
MINUTE = 60_000
HOUR = 60 * MINUTE
# 2026-11-25 07:00 WIB by the server.
SEVEN = 1_764_028_800_000

spans = st.integers(0, 20 * HOUR)


def phone(at: int = SEVEN, trip: int = 200) -> Phone:
    """One that holds an anchor whose moment lies half way of the trip."""
    made = Phone("PEG-1")
    made.take_anchor(issue(Anchor("n" * 22, "PEG-1", at), SECRET), trip)
    return made


def entry(made: Phone, **changes: object) -> Entry:
    return Entry.parse(made.body(**changes))


def test_a_capture_with_both_clocks_running_is_known_to_seconds_however_late_it_arrives():
    made = phone()
    made.pass_time(25 * MINUTE)

    found = prove(entry(made), SEVEN, SEVEN + 5 * HOUR)

    assert found.earliest == SEVEN + 25 * MINUTE
    assert found.width <= 200 + 2_000 + 25 * MINUTE // 1000 + 1
    assert found.notes == ()


def test_a_clock_that_is_wrong_by_hours_from_the_beginning_changes_nothing():
    right, wrong = phone(), phone()
    wrong.wall -= 3 * HOUR
    wrong.anchored = (wrong.anchored[0], wrong.anchored[1], wrong.wall)
    for each in (right, wrong):
        each.pass_time(10 * MINUTE)

    assert prove(entry(right), SEVEN, SEVEN + HOUR) == prove(entry(wrong), SEVEN, SEVEN + HOUR)


def test_a_clock_set_back_after_the_anchor_never_makes_the_capture_earlier():
    made = phone()
    made.pass_time(70 * MINUTE)
    made.set_clock(-45 * MINUTE)

    found = prove(entry(made), SEVEN, SEVEN + 71 * MINUTE)

    assert found.earliest == SEVEN + 70 * MINUTE
    assert interval.CLOCKS_DISAGREE in found.notes


def test_a_phone_that_slept_gets_a_wider_interval_that_holds_the_truth():
    made = phone()
    made.pass_time(MINUTE)
    made.sleep(30 * MINUTE)
    truth = SEVEN + 31 * MINUTE

    found = prove(entry(made), SEVEN, SEVEN + HOUR)

    assert found.earliest <= truth <= found.latest
    assert found.latest == SEVEN + HOUR
    assert abs(found.shown - truth) < 1_000


def test_after_a_reload_only_the_anchor_and_the_arrival_bound_the_capture():
    made = phone()
    made.pass_time(20 * MINUTE)
    made.reload()

    found = prove(entry(made), SEVEN, SEVEN + HOUR)

    assert (found.earliest, found.latest) == (SEVEN, SEVEN + HOUR)
    assert interval.CLOCK_LOST in found.notes


def test_a_shown_time_is_never_outside_of_what_is_proven():
    made = phone()
    made.reload()
    made.set_clock(-9 * HOUR)

    assert prove(entry(made), SEVEN, SEVEN + HOUR).shown == SEVEN


def test_what_follows_an_entry_in_the_chain_was_not_captured_before_it():
    made = phone()
    made.reload()

    found = prove(entry(made), SEVEN, SEVEN + 3 * HOUR, Neighbours(not_before=SEVEN + HOUR))

    assert found.earliest == SEVEN + HOUR


def test_what_precedes_an_entry_in_the_chain_was_not_captured_after_it():
    made = phone()
    made.reload()

    found = prove(entry(made), SEVEN, SEVEN + 3 * HOUR, Neighbours(not_after=SEVEN + HOUR))

    assert found.latest == SEVEN + HOUR


def test_an_entry_that_claims_to_be_older_than_its_predecessor_loses_its_narrow_end():
    made = phone()
    made.pass_time(5 * MINUTE)

    found = prove(entry(made), SEVEN, SEVEN + 3 * HOUR, Neighbours(not_before=SEVEN + 2 * HOUR))

    assert (found.earliest, found.latest) == (SEVEN + 2 * HOUR, SEVEN + 3 * HOUR)
    assert interval.BEHIND_CHAIN in found.notes


def test_more_elapsed_time_than_has_passed_counts_as_captured_at_arrival():
    made = phone()
    made.pass_time(9 * HOUR)

    found = prove(entry(made), SEVEN, SEVEN + HOUR)

    assert found.earliest == found.latest == SEVEN + HOUR
    assert interval.AHEAD_OF_ARRIVAL in found.notes


@given(
    run=spans,
    slept=spans,
    turned=st.integers(-20 * HOUR, 20 * HOUR),
    delay=spans,
    trip=st.integers(0, MINUTE),
)
def test_the_truth_is_always_inside(run: int, slept: int, turned: int, delay: int, trip: int):
    made = phone(trip=trip)
    made.pass_time(run)
    made.sleep(slept)
    made.set_clock(turned)
    # The server read its clock somewhere on the trip; the truth is counted from the earliest such moment.
    for read_at in (0, trip):
        truth = SEVEN + (trip - read_at) + run + slept
        # A sleep undone by a turned clock looks like no sleep: the one case in which somebody hurts himself alone.
        if slept and abs(slept + turned) <= interval.slack(run + trip) + trip:
            continue
        found = prove(entry(made), SEVEN, truth + delay)
        assert found.earliest <= truth <= found.latest


@given(run=spans, slept=spans, delay=spans, turned=st.integers(-20 * HOUR, 20 * HOUR))
def test_turning_the_clock_never_narrows_nor_moves_the_beginning(
    run: int, slept: int, delay: int, turned: int
):
    arrival = SEVEN + run + slept + delay
    honest, cheat = phone(), phone()
    for each in (honest, cheat):
        each.pass_time(run)
        each.sleep(slept)
    cheat.set_clock(turned)
    if slept and abs(slept + turned) <= interval.slack(run + 200) + 200:
        return

    first, second = prove(entry(honest), SEVEN, arrival), prove(entry(cheat), SEVEN, arrival)

    assert second.earliest == first.earliest
    assert second.latest >= first.latest


@given(run=spans, delay=spans, turned=st.integers(-20 * HOUR, 20 * HOUR))
def test_killing_the_page_never_narrows(run: int, delay: int, turned: int):
    arrival = SEVEN + run + delay
    honest, cheat = phone(), phone()
    for each in (honest, cheat):
        each.pass_time(run)
    cheat.reload()
    cheat.set_clock(turned)

    first, second = prove(entry(honest), SEVEN, arrival), prove(entry(cheat), SEVEN, arrival)

    assert second.earliest <= first.earliest
    assert second.latest >= first.latest


@given(
    e1=st.integers(0, 2**53 - 1),
    trip=st.integers(0, HOUR),
    wa=st.integers(0, 2**53 - 1),
    wc=st.integers(0, 2**53 - 1),
    delay=st.integers(0, 2**40),
    before=st.none() | st.integers(0, 2**45),
    after=st.none() | st.integers(0, 2**45),
)
def test_whatever_is_claimed_the_interval_is_in_order_and_ends_by_the_arrival(
    e1: int, trip: int, wa: int, wc: int, delay: int, before: int | None, after: int | None
):
    claimed = entry(phone(), e0=min(e1 + trip, 2**53 - 1), e1=e1, wa=wa, wc=wc)

    found = prove(claimed, SEVEN, SEVEN + delay, Neighbours(before, after))

    assert found.earliest <= found.shown <= found.latest <= SEVEN + delay
    assert found.earliest >= min(SEVEN + e1, SEVEN + delay)


@pytest.mark.parametrize("arrival", [SEVEN - 1, SEVEN - HOUR])
def test_an_arrival_before_the_anchor_as_after_a_set_server_clock_is_the_arrival(arrival: int):
    assert prove(entry(phone()), SEVEN, arrival).latest == arrival
