"""What must hold of every day, whatever the punches, permits and outages."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.tests.unit.worktime_world import (
    MON_THU,
    MORNING_SHIFT,
    NIGHT_SHIFT,
    PNS,
    ROUND_THE_CLOCK,
    TUESDAY,
    at,
    hours_plan,
    office,
    roster,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.calendar import Holiday
from spbe_attendance.worktime.explain import TEMPLATES, english
from spbe_attendance.worktime.judge import DayFacts, judge
from spbe_attendance.worktime.rates import MERANTI
from spbe_attendance.worktime.types import (
    HALF,
    MINUTES,
    OWN_HALF,
    SHIFT,
    VOID,
    WHOLE_DAY,
    Outage,
    Permit,
    Policy,
    Punch,
)

PLANS = (
    office(),
    hours_plan(grace=30),
    hours_plan(grace=90, payback=True, last_out=time(20)),
    hours_plan(grace=30, payback=True, late_from_start=True),
    hours_plan(MON_THU, earliest_in=None, last_in=None, earliest_out=None, last_out=None, rests=()),
    roster(NIGHT_SHIFT),
    roster(ROUND_THE_CLOCK),
    roster(MORNING_SHIFT, NIGHT_SHIFT),
    roster(),
)
# Seconds from the midnight before to two days later.
MOMENTS = st.integers(-4 * 3600, 40 * 3600).map(lambda seconds: at("00:00") + timedelta(seconds=seconds))
WIDTHS = st.one_of(st.just(0), st.integers(0, 5 * 3600)).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def punches(draw, statuses=codes.PUNCH_STATUSES, kinds=(codes.MASUK, codes.PULANG)):
    first = draw(MOMENTS)
    return Punch(
        f"p{draw(st.integers(0, 10**6))}",
        draw(st.sampled_from(kinds)),
        first,
        first + draw(WIDTHS),
        draw(st.sampled_from(statuses)),
    )


@st.composite
def permits(draw):
    kind, key = draw(st.sampled_from(codes.PERMITS)), f"i{draw(st.integers(0, 10**6))}"
    shape = draw(st.sampled_from(("days", *codes.HALVES[1:], "hours")))
    approved = draw(st.booleans())
    if shape == "hours":
        since = draw(MOMENTS)
        until = since + timedelta(minutes=draw(st.integers(1, 600)))
        return Permit(key, kind, TUESDAY, TUESDAY, since=since, until=until, approved=approved)
    if shape == "days":
        first = TUESDAY + timedelta(days=draw(st.integers(-2, 1)))
        return Permit(key, kind, first, first + timedelta(days=draw(st.integers(0, 3))), approved=approved)
    return Permit(key, kind, TUESDAY, TUESDAY, half=shape, approved=approved)


@st.composite
def outages(draw):
    first = draw(MOMENTS)
    return Outage(
        f"o{draw(st.integers(0, 10**6))}",
        first,
        first + timedelta(seconds=draw(st.integers(1, 6 * 3600))),
        treatment=draw(st.sampled_from((VOID, MINUTES))),
        excuses_absence=draw(st.booleans()),
    )


POLICIES = st.builds(
    Policy,
    early_in_slack=st.sampled_from((0, 120)),
    late_out_slack=st.sampled_from((0, 240)),
    half_day=st.sampled_from((OWN_HALF, SHIFT, WHOLE_DAY)),
    wfa_needs_clock=st.booleans(),
)
HOLIDAYS = st.sampled_from((None, None, None, *(Holiday(TUESDAY, kind, "x") for kind in codes.HOLIDAY_KINDS)))
PEOPLE = st.sampled_from((PNS, PNS, replace(PNS, status=codes.ALIH_DAYA), replace(PNS, state="CLTN"), None))
FACTS = st.builds(
    DayFacts,
    person=PEOPLE,
    plan=st.sampled_from(PLANS),
    rates=st.just(MERANTI),
    holiday=HOLIDAYS,
    permits=st.lists(permits(), max_size=3).map(tuple),
    punches=st.lists(punches(), max_size=5).map(tuple),
    outages=st.lists(outages(), max_size=2).map(tuple),
)
# Days on which clock data decide.
CLOCKED = st.builds(
    DayFacts,
    person=st.just(PNS),
    plan=st.sampled_from(PLANS[:-1]),
    rates=st.just(MERANTI),
    permits=st.lists(permits(), max_size=2).map(tuple),
    punches=st.lists(punches((codes.SAH, codes.DISETUJUI)), max_size=4).map(tuple),
    outages=st.lists(outages(), max_size=2).map(tuple),
)


def badness(day):
    """How bad a day is for the person: absence first, then the cut, then the sum of levels."""
    levels = sum(9 if row.absent else row.late_level + row.early_level for row in day.sessions)
    return day.absent, day.percent, levels


@given(FACTS, POLICIES)
def test_computing_again_gives_the_same(facts, policy):
    assert judge(facts, policy) == judge(facts, policy)


@given(FACTS, POLICIES, st.randoms(use_true_random=False))
def test_the_order_in_which_things_arrive_does_not_matter(facts, policy, shuffle):
    def mixed(rows):
        rows = list(rows)
        shuffle.shuffle(rows)
        return tuple(rows)

    other = replace(
        facts, punches=mixed(facts.punches), permits=mixed(facts.permits), outages=mixed(facts.outages)
    )
    assert judge(other, policy) == judge(facts, policy)


@given(CLOCKED, POLICIES, punches((codes.SAH, codes.DISETUJUI)))
def test_one_more_punch_never_makes_a_day_worse(facts, policy, extra):
    before, after = judge(facts, policy), judge(replace(facts, punches=(*facts.punches, extra)), policy)
    assert badness(after) <= badness(before)


@given(CLOCKED, POLICIES, st.integers(0, 4), WIDTHS, WIDTHS)
def test_a_wider_interval_is_never_worse_for_the_person(facts, policy, which, earlier, later):
    if not facts.punches:
        return
    index = which % len(facts.punches)
    old = facts.punches[index]
    wide = replace(old, first=old.first - earlier, last=old.last + later)
    rows = (*facts.punches[:index], wide, *facts.punches[index + 1 :])
    assert badness(judge(replace(facts, punches=rows), policy)) <= badness(judge(facts, policy))


@given(FACTS, POLICIES)
def test_every_working_day_is_something_once_and_every_other_day_nothing(facts, policy):
    day = judge(facts, policy)
    shares = [share for _code, share in day.shares]
    assert sum(shares) == (1 if day.working_day else 0)
    assert all(share in (HALF, 1) for share in shares)
    assert set(dict(day.shares)) <= set(day.codes) <= set(codes.ORDER)
    assert (day.working_day, day.excluded, day.undetermined, bool(set(day.codes) & {"L", "CBer"})).count(
        True
    ) == 1


@given(FACTS, POLICIES)
def test_a_cut_is_never_negative_nor_more_than_absence(facts, policy):
    day = judge(facts, policy)
    assert 0 <= day.percent <= MERANTI.absent
    assert day.late >= 0 and day.early >= 0
    assert day.absent <= ("TK" in day.codes) <= day.working_day


@given(FACTS, POLICIES)
def test_provisional_days_carry_the_other_outcome_and_it_is_never_better(facts, policy):
    day = judge(facts, policy)
    assert day.provisional is (day.alternative is not None)
    if day.alternative is not None:
        settled = tuple(row for row in facts.punches if row.status != codes.MENUNGGU)
        assert day.alternative == judge(replace(facts, punches=settled), policy)
        assert badness(day) <= badness(day.alternative)


@given(FACTS, POLICIES)
def test_rejected_punches_change_no_outcome(facts, policy):
    kept = tuple(row for row in facts.punches if row.status != codes.DITOLAK)
    with_them, without = judge(facts, policy), judge(replace(facts, punches=kept), policy)
    assert (with_them.codes, with_them.cuts, with_them.shares) == (
        without.codes,
        without.cuts,
        without.shares,
    )


@given(FACTS, POLICIES)
def test_every_reason_has_a_sentence(facts, policy):
    day = judge(facts, policy)
    assert day.reasons or day.working_day
    assert all(reason.key in TEMPLATES and "{" not in english(reason) for reason in day.reasons)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_templates_number_their_places_from_zero(key):
    import re

    places = sorted({int(found) for found in re.findall(r"\{(\d)\}", TEMPLATES[key])})
    assert places == list(range(len(places)))
