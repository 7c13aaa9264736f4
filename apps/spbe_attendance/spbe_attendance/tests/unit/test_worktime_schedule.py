"""Hours of a date: weekly patterns, Ramadan, shifts over midnight, rosters and rotations."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    EVENING_SHIFT,
    FIVE_DAYS,
    FRIDAY,
    MON_THU,
    MORNING_SHIFT,
    NIGHT_SHIFT,
    RAMADAN_2026,
    ROUND_THE_CLOCK,
    SIX_DAYS,
    TUESDAY,
    at,
    masuk,
    pulang,
    roster,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.hours import Hours, Rest
from spbe_attendance.worktime.schedule import (
    Rotation,
    Schedule,
    Variant,
    day_of,
    roster_plan,
    week_minutes,
    week_warnings,
)


def test_the_five_day_week_has_37_and_a_half_hours_and_ramadan_32_and_a_half():
    assert week_minutes(FIVE_DAYS.week) == 2250
    assert week_minutes(RAMADAN_2026.week) == 1950
    assert week_warnings(FIVE_DAYS) == ()


def test_the_six_day_example_is_37_and_a_half_gross():
    assert week_minutes(SIX_DAYS.week) == 4 * 420 + 210 + 360 == 2250


def test_a_week_with_another_sum_is_warned_about_and_not_refused():
    long = replace(FIVE_DAYS, week=(*[FRIDAY] * 6, None))
    assert [english(warning) for warning in week_warnings(long)] == [
        "Normal: the hours of a week sum to 2700 minutes, the law says 2250."
    ]
    assert week_warnings(replace(long, target=0, variants=())) == ()


def test_a_ramadan_week_is_held_against_its_own_sum():
    wrong = replace(FIVE_DAYS, variants=(replace(RAMADAN_2026, week=FIVE_DAYS.week),))
    assert [warning.args for warning in week_warnings(wrong)] == [("Ramadan", 2250, 1950)]


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 2, 18), time(7, 30), time(16)),
        (date(2026, 2, 19), time(8), time(15)),
        (date(2026, 3, 20), time(8), time(15, 30)),
        (date(2026, 3, 25), time(7, 30), time(16)),
    ],
)
def test_ramadan_switches_on_the_day(day, start, end):
    window = FIVE_DAYS.plan(day).windows[0]
    assert (window.start, window.end) == (datetime.combine(day, start), datetime.combine(day, end))


def test_the_same_punch_is_late_the_day_before_ramadan_and_in_time_on_its_first_day():
    results = []
    for day in (date(2026, 2, 18), date(2026, 2, 19)):
        results.append(verdict(masuk("07:55", day=day), pulang("16:00", day=day), plan=FIVE_DAYS.plan(day)))
    assert [(day.codes, day.late) for day in results] == [(("H", "TL1"), 25), (("H",), 0)]
    assert results[1].reasons[0].source == "SE Ramadan"


def test_a_one_day_circular_stands_above_ramadan():
    early_end = replace(MON_THU, start=time(8), end=time(13), last_out=None, rests=())
    day = date(2026, 3, 17)
    one_day = Variant(day, day, (early_end,) * 7, label="SE sehari")
    for variants in ((RAMADAN_2026, one_day), (one_day, RAMADAN_2026)):
        schedule = replace(FIVE_DAYS, variants=variants)
        assert schedule.hours_on(day) is early_end
        assert schedule.hours_on(day - timedelta(days=1)).end == time(15)


def test_days_off():
    assert FIVE_DAYS.plan(date(2026, 11, 14)).windows == ()
    assert len(SIX_DAYS.plan(date(2026, 11, 14)).windows) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end": time(7)}, "end_before_start"),
        ({"end": time(7, 30)}, "end_before_start"),
        ({"overnight": True}, "not_overnight"),
        ({"last_in": time(16, 30)}, "out_of_order"),
        ({"last_in": time(7)}, "out_of_order"),
        ({"earliest_out": time(7)}, "out_of_order"),
        ({"earliest_in": time(8)}, "window_too_wide"),
        ({"last_out": time(15)}, "window_too_wide"),
        ({"grace": -1}, "grace_invalid"),
        ({"grace": 510}, "grace_invalid"),
        ({"grace": 121, "payback": True}, "payback_after_last_out"),
        ({"rest_minutes": 450}, "rest_too_long"),
        ({"rest_minutes": -1}, "rest_too_long"),
        ({"earliest_in": time(19, 29)}, "window_too_wide"),
        ({"last_out": time(4, 1)}, "window_too_wide"),
        ({"rests": (Rest(time(15, 30), time(16, 30)),)}, "rest_outside"),
    ],
)
def test_hours_without_sense_are_refused(changes, code):
    with pytest.raises(BrokenSchedule) as refused:
        replace(MON_THU, **changes)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "changes",
    [
        {"earliest_in": time(7, 30), "last_in": time(7, 30)},
        {"last_in": time(16)},
        {"earliest_out": time(7, 30)},
        {"earliest_out": time(16), "last_out": time(16)},
        {"earliest_in": time(19, 30), "last_out": time(4)},
        {"grace": 0},
        {"grace": 120, "payback": True},
        {"rests": (Rest(time(7, 30), time(8)), Rest(time(15), time(16)))},
    ],
)
def test_hours_at_their_outermost_limits_are_accepted(changes):
    assert replace(MON_THU, **changes).net_minutes in (420, 450)


def test_weeks_variants_and_cycles_without_sense_are_refused():
    with pytest.raises(BrokenSchedule, match="not_a_week"):
        Schedule("x", (MON_THU,) * 5)
    with pytest.raises(BrokenSchedule, match="dates_reversed"):
        replace(RAMADAN_2026, last=date(2026, 1, 1))
    with pytest.raises(BrokenSchedule, match="empty_cycle"):
        Rotation(TUESDAY, ())


def test_limits_left_out():
    window = Hours(time(7, 30), time(14)).on(TUESDAY)
    assert (window.earliest_in, window.last_in) == (at("05:30"), at("14:00"))
    assert (window.earliest_out, window.last_out) == (at("07:30"), at("18:00"))


def test_limits_of_a_night_shift_fall_on_the_right_dates():
    window = Hours(
        time(20),
        time(8),
        time(19),
        time(0, 30),
        time(5),
        time(9),
        overnight=True,
        rests=(Rest(time(0), time(1)),),
    ).on(TUESDAY)
    assert (window.earliest_in, window.start, window.last_in) == (at("19:00"), at("20:00"), at("+00:30"))
    assert (window.earliest_out, window.end, window.last_out) == (at("+05:00"), at("+08:00"), at("+09:00"))
    assert (window.net_minutes, window.first_half_end, window.second_half_start) == (
        660,
        at("+01:00"),
        at("+00:00"),
    )


def test_a_shift_from_midnight_opens_the_evening_before():
    window = Hours(time(0), time(8), time(23)).on(TUESDAY)
    assert window.earliest_in == at("23:00", TUESDAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("come", "go", "expected", "late", "early"),
    [
        ("19:50", "+08:05", ("H",), 0, 0),
        ("20:31", "+08:00", ("H", "TL2"), 31, 0),
        ("+00:10", "+08:00", ("H", "TL4"), 250, 0),
        ("19:50", "+07:29", ("H", "PSW2"), 0, 31),
        ("19:50", "23:59", ("H", "PSW4"), 0, 481),
    ],
)
def test_a_night_shift_belongs_to_its_start_date(come, go, expected, late, early):
    day = verdict(masuk(come), pulang(go), plan=roster(NIGHT_SHIFT))
    assert (day.day, day.codes, day.late, day.early) == (TUESDAY, expected, late, early)


@pytest.mark.parametrize(
    "start", [date(2026, 11, 30), date(2026, 12, 31), date(2028, 2, 28), date(2028, 2, 29)]
)
def test_night_shifts_over_the_end_of_month_and_year(start):
    plan = roster(NIGHT_SHIFT, day=start)
    day = verdict(masuk("20:00", day=start), pulang("+08:00", day=start), plan=plan)
    assert (day.day, day.codes) == (start, ("H",))


def test_the_clock_out_after_midnight_is_no_clock_in_of_the_next_day():
    """The fault of a real regency's app: it looked up the row of the calendar day."""
    night, free = roster(NIGHT_SHIFT), roster(day=TUESDAY + timedelta(days=1))
    assert day_of(codes.PULANG, at("+08:03"), [night, free]) == TUESDAY
    following = roster(NIGHT_SHIFT, day=TUESDAY + timedelta(days=1))
    assert day_of(codes.PULANG, at("+08:03"), [night, following]) == TUESDAY
    assert day_of(codes.MASUK, at("+19:55"), [night, following]) == TUESDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "clock", "later"),
    [
        (codes.MASUK, "19:30", 0),
        (codes.MASUK, "+00:20", 0),
        (codes.PULANG, "+06:00", 0),
        (codes.PULANG, "+09:30", 0),
        (codes.MASUK, "+07:20", 1),
        (codes.PULANG, "+14:01", 1),
        (codes.PULANG, "+13:40", 1),
    ],
)
def test_which_day_a_punch_belongs_to_after_night_duty_follows_morning_duty(kind, clock, later):
    plans = [roster(NIGHT_SHIFT), roster(MORNING_SHIFT, day=TUESDAY + timedelta(days=1))]
    expected = TUESDAY + timedelta(days=later)
    assert day_of(kind, at(clock), plans) == day_of(kind, at(clock), plans[::-1]) == expected


def test_without_any_window_near_a_punch_belongs_to_its_calendar_day():
    assert day_of(codes.MASUK, at("09:00"), [roster()]) == TUESDAY
    assert day_of(codes.PULANG, at("+23:00"), [roster(MORNING_SHIFT)]) == TUESDAY + timedelta(days=1)


def test_24_on_48_off():
    duty = Rotation(TUESDAY, ((ROUND_THE_CLOCK,), (), ()))
    days = [TUESDAY + timedelta(days=offset) for offset in range(-3, 7)]
    assert [len(duty.plan(day).windows) for day in days] == [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]
    on = verdict(masuk("07:55"), pulang("+08:00"), plan=duty.plan(TUESDAY))
    off = verdict(plan=duty.plan(TUESDAY + timedelta(days=1)))
    assert (on.codes, off.codes, off.absent) == (("H",), ("L",), False)


def test_two_shifts_in_a_day_are_judged_each():
    plan = roster(MORNING_SHIFT, NIGHT_SHIFT)
    day = verdict(masuk("07:45"), pulang("14:00"), masuk("20:40"), pulang("+08:00"), plan=plan)
    assert (day.codes, day.late, day.percent) == (("H", "TL1", "TL2"), 55, Decimal("1.5"))
    assert [session.late for session in day.sessions] == [15, 40]
    assert day.shares == (("H", 1),)


def test_of_two_shifts_one_missed_is_no_absent_day():
    plan = roster(MORNING_SHIFT, NIGHT_SHIFT)
    day = verdict(masuk("07:30"), pulang("14:00"), plan=plan)
    assert (day.codes, day.absent, day.percent) == (("H", "TL4", "PSW4"), False, Decimal("3.0"))
    assert "Shift Malam was missed: TL4 and PSW4." in map(english, day.reasons)
    assert verdict(plan=plan).codes == ("TK",)


def test_between_two_shifts_leaving_is_the_firsts_and_coming_the_seconds():
    late = Hours(time(16), time(22), earliest_in=time(12), key="Sore")
    plan = roster(MORNING_SHIFT, late)
    day = verdict(masuk("07:30"), pulang("15:59"), masuk("14:00"), pulang("22:00"), plan=plan)
    assert day.codes == ("H",)
    assert [session.out_at for session in day.sessions] == [at("15:59"), at("22:00")]


def test_shifts_without_a_gap_are_one():
    plan = roster(EVENING_SHIFT, MORNING_SHIFT)
    assert [(window.start, window.end) for window in plan.windows] == [(at("07:30"), at("20:00"))]
    assert verdict(masuk("07:30"), pulang("20:00"), plan=plan).codes == ("H",)


def test_overlapping_shifts_are_refused():
    with pytest.raises(BrokenSchedule, match="shifts_overlap"):
        roster(MORNING_SHIFT, Hours(time(13), time(19)))


def test_a_shift_worker_without_a_roster_has_no_verdict():
    day = verdict(masuk("07:00"), plan=roster_plan(TUESDAY, None))
    assert (day.codes, day.undetermined, day.working_day, day.absent) == ((), True, False, False)
