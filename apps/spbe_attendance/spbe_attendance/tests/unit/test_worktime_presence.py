"""Where somebody stands in the day at a moment: one state each, and none of them says more than is known."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_attendance.tests.unit.test_worktime_properties import FACTS, MOMENTS, POLICIES
from spbe_attendance.tests.unit.worktime_world import (
    MON_THU,
    MORNING_SHIFT,
    NIGHT_SHIFT,
    TUESDAY,
    at,
    hours_plan,
    masuk,
    office,
    pulang,
    roster,
)
from spbe_attendance.worktime import codes, outages, presence
from spbe_attendance.worktime.judge import judge
from spbe_attendance.worktime.schedule import Plan
from spbe_attendance.worktime.types import Outage, Permit, Policy

POLICY = Policy()


def owed(plan=None, *, free=False, permits=(), stops=(), policy=POLICY):
    return presence.due(plan or office(), free=free, permits=permits, stops=stops, policy=policy)


def state(*punches, now, due=None, **known):
    due = due or owed()
    return presence.state(due, presence.look(due, punches, POLICY, at(now)), at(now), **known)


def leave(kind=codes.CUTI_TAHUNAN, half=codes.WHOLE):
    return Permit("i", kind, TUESDAY, TUESDAY, half)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("06:00", "belum_waktunya"), ("07:30:59", "belum_waktunya"), ("07:31", "belum"), ("20:00", "belum")],
)
def test_who_is_not_there_is_not_yet_due_until_the_minute_of_the_limit_has_passed(clock, expected):
    assert state(now=clock) == expected


def test_the_grace_of_a_schedule_moves_the_limit():
    due = owed(hours_plan(MON_THU, grace=30))
    assert (state(now="08:00", due=due), state(now="08:01", due=due)) == ("belum_waktunya", "belum")


@pytest.mark.parametrize(
    ("punched", "expected"),
    [
        (masuk("07:30:59"), "tepat"),
        (masuk("07:31"), "terlambat"),
        (masuk("07:20", "07:40"), "tepat"),
        (masuk("07:31", "07:45"), "terlambat"),
    ],
)
def test_late_is_only_who_is_late_over_the_whole_proven_interval(punched, expected):
    assert state(punched, now="09:00") == expected


def test_who_only_clocked_out_is_there_and_late_once_coming_is_no_longer_possible():
    left = pulang("12:10")
    assert (state(left, now="11:59"), state(left, now="12:30")) == ("tepat", "terlambat")


def test_a_whole_day_of_leave_stands_above_a_punch():
    assert state(masuk("07:20"), now="09:00", due=owed(permits=(leave(),))) == "izin"


def test_half_a_day_of_leave_moves_the_limit_to_the_other_half():
    due = owed(permits=(leave(half=codes.MORNING),))
    assert (state(now="09:00", due=due), state(now="13:30", due=due)) == ("belum_waktunya", "belum")


def test_on_a_free_day_nobody_is_missing_and_who_comes_is_in_time():
    due = owed(free=True)
    assert (state(now="09:00", due=due), state(masuk("10:00"), now="10:30", due=due)) == ("bebas", "tepat")


def test_a_shift_worker_without_roster_is_not_missing():
    assert state(now="09:00", due=owed(Plan(TUESDAY, rostered=True, known=False))) == "bebas"


def test_the_second_shift_of_a_day_is_not_missed_before_it_has_begun():
    due = owed(roster(MORNING_SHIFT, NIGHT_SHIFT))
    day = (masuk("07:20"), pulang("14:05"))
    assert state(*day, now="15:00", due=due) == "tepat"
    assert presence.look(due, day, POLICY, at("15:00")).next == due.tasks[1].last_in + timedelta(minutes=1)
    assert state(*day, now="+09:00", due=due) == "terlambat"


def test_silence_and_waiting_phones_hold_only_after_the_limit_and_silence_first():
    wait = {"waits_until": at("09:00")}
    assert state(now="07:00", silent=True, **wait) == "belum_waktunya"
    assert state(now="08:00", **wait) == "tertunda"
    assert state(now="08:00", silent=True, **wait) == "senyap"
    assert state(now="09:01", **wait) == "belum"


def test_an_outage_speaks_for_those_whose_time_to_come_it_touches():
    morning = Outage("o", at("06:30"), at("09:00"))
    night = Outage("o", at("00:10"), at("01:00"))
    assert presence.disturbed(owed(), (morning,), at("07:00"))
    assert not presence.disturbed(owed(), (morning,), at("06:00"))
    assert not presence.disturbed(owed(), (night,), at("07:00"))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"kode": "TK", "kode_utama": "TK"}, "alpa"),
        ({"kode": "CT", "kode_utama": "CT"}, "izin"),
        ({"kode": "H,TL1", "kode_utama": "H", "late": True}, "terlambat"),
        ({"kode": "H,PSW2", "kode_utama": "H"}, "tepat"),
        ({"kode": "H,WFA", "kode_utama": "H", "timed": False}, "izin"),
        ({"kode": "L", "kode_utama": "L", "working": False}, "bebas"),
        ({"kode": "L", "kode_utama": "L", "working": False, "punched": True}, "tepat"),
        ({"kode": "", "kode_utama": "", "working": False}, None),
    ],
)
def test_a_day_that_is_over_is_what_the_recap_says(row, expected):
    fresh = {"late": False, "working": True, "punched": False, "timed": True}
    assert presence.closed(**{**fresh, **row}) == expected


def of(facts, policy, now):
    stops = outages.concerning(facts.outages, facts.person)
    free = not facts.plan.windows or (facts.holiday is not None and not facts.plan.rostered)
    due = owed(facts.plan, free=free, permits=facts.permits, stops=stops, policy=policy)
    counted = [punch for punch in facts.punches if punch.status != codes.DITOLAK]
    return due, presence.look(due, counted, policy, now)


@given(FACTS, POLICIES, MOMENTS, st.booleans(), st.one_of(st.none(), MOMENTS))
@settings(deadline=None)
def test_everybody_is_in_exactly_one_state_and_nobody_is_absent_before_the_recap_says_so(
    facts, policy, now, silent, waits
):
    if facts.person is None:
        return
    due, known = of(facts, policy, now)
    found = presence.state(due, known, now, silent=silent, waits_until=waits)
    assert found in presence.STATES and found != presence.ALPA


@given(FACTS, POLICIES)
@settings(deadline=None)
def test_when_the_day_is_over_presence_and_lateness_are_those_of_the_verdict(facts, policy):
    if facts.person is None or facts.person.state != codes.AKTIF:
        return
    result = judge(facts, policy)
    if not result.working_day:
        return
    due, known = of(facts, policy, at("00:00") + timedelta(days=4))
    here = result.share(codes.HADIR) > 0 and not due.excused
    if known.present:
        assert here
        assert known.late == bool(result.late or set(result.codes) & set(codes.TL))
    elif here:
        # Only an outage or hours of duty stand in for punches: there is nothing to be seen of these people.
        assert all(session.in_at is None and session.out_at is None for session in result.sessions)


def test_where_hours_of_leave_end_between_two_minutes_the_clock_strikes_at_the_minute_that_changes_the_state():
    until = at("08:30") + timedelta(seconds=1)
    travel = Permit("i", codes.DINAS_LUAR, TUESDAY, TUESDAY, since=at("07:00"), until=until)
    due = owed(permits=(travel,))
    assert due.limit == until
    assert (state(now="08:30:59", due=due), state(now="08:31", due=due)) == ("belum_waktunya", "belum")
    assert presence.next_change(due, presence.NOT_SEEN, at("08:00")) == at("08:31")


def test_a_phone_is_waited_for_to_the_end_of_the_minute():
    waits = at("09:00") + timedelta(seconds=20)
    assert (state(now="09:00:59", waits_until=waits), state(now="09:01", waits_until=waits)) == (
        "tertunda",
        "belum",
    )
    assert presence.next_change(owed(), presence.NOT_SEEN, at("08:00"), waits) == at("09:01")


@given(FACTS, POLICIES, MOMENTS, st.one_of(st.none(), MOMENTS))
@settings(deadline=None)
def test_between_now_and_the_next_change_nothing_changes_by_itself(facts, policy, now, waits):
    if facts.person is None:
        return
    due, known = of(facts, policy, now)
    change = presence.next_change(due, known, now, waits)
    until = (change or now + timedelta(days=3)) - timedelta(seconds=1)
    later = max(now, until)
    counted = [punch for punch in facts.punches if punch.status != codes.DITOLAK]
    again = presence.look(due, counted, policy, later)
    before = presence.state(due, known, now, waits_until=waits)
    assert presence.state(due, again, later, waits_until=waits) == before
