"""Rates by date, the month's sums, and what they cost."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from spbe_attendance.tests.unit.worktime_world import (
    FIVE_DAYS,
    MORNING_SHIFT,
    NIGHT_SHIFT,
    masuk,
    pulang,
    roster,
    verdict,
)
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.calendar import days
from spbe_attendance.worktime.errors import BrokenRates
from spbe_attendance.worktime.explain import english
from spbe_attendance.worktime.month import MonthSums, carried_over, close, events_of, rupiah, sum_days
from spbe_attendance.worktime.rates import MERANTI, Band, rates_on
from spbe_attendance.worktime.types import Permit

NOVEMBER = list(days(date(2026, 11, 1), date(2026, 11, 30)))


def month(changes, dates=NOVEMBER, **facts):
    """A month in time, apart from ``changes``: {date of the month: punches or a permit}."""
    found = []
    for day in dates:
        plan = FIVE_DAYS.plan(day)
        end = "16:30" if day.weekday() == 4 else "16:00"
        change = changes.get(day.day, [masuk("07:20", day=day), pulang(end, day=day)] if plan.windows else [])
        if isinstance(change, str):
            permit = Permit(f"p{day}", change, day, day)
            found.append(verdict(plan=plan, permits=(permit,), **facts))
        else:
            found.append(verdict(*[replace_day(row, day) for row in change], plan=plan, **facts))
    return found


def replace_day(row, day):
    moment = row.first.replace(month=day.month, day=day.day)
    return replace(row, first=moment, last=moment + (row.last - row.first))


WORKED = {
    2: [masuk("07:45"), pulang("16:00")],
    3: [masuk("08:05"), pulang("15:50")],
    4: [masuk("07:00")],
    5: [],
    6: "DL",
    9: "CT",
    10: "S",
    11: [masuk("09:05"), pulang("14:00")],
}


def test_a_month_adds_up():
    totals = close(sum_days(month(WORKED)), MERANTI)
    sums = totals.sums
    assert sums.working_days == 21
    assert dict(sums.days) == {"H": 17, "TK": 1, "DL": 1, "CT": 1, "S": 1}
    assert sum(sums.days.values()) == sums.working_days
    assert dict(sums.events) == {"TL1": 1, "TL2": 1, "TL4": 1, "PSW1": 1, "PSW4": 2}
    assert dict(sums.minutes) == {"TL1": 15, "TL2": 35, "TL4": 95, "PSW1": 10, "PSW4": 120}
    assert (totals.late, totals.early, totals.total_minutes) == (145, 130, 275)
    # 0.5 + (1 + 0.5) + 1.5 + 3 + (1.5 + 1.5)
    assert totals.raw_percent == totals.percent == totals.percent_of_tpp == Decimal("9.5")
    # 17 days present and one on duty, of 21.
    assert totals.attendance == Decimal("85.71")
    assert (sums.absent_days, totals.settled) == (1, True)


def test_the_order_of_days_does_not_matter():
    found = month(WORKED)
    assert sum_days(found[::-1]) == sum_days(found)


def test_the_sum_of_parts_of_a_month_is_its_sum():
    found = month(WORKED)
    both = [sum_days(found[:13]), sum_days(found[13:])]
    assert sum(part.percent for part in both) == sum_days(found).percent
    assert sum(part.working_days for part in both) == 21


def test_two_delays_of_one_day_are_two_events():
    plan = roster(MORNING_SHIFT, NIGHT_SHIFT)
    day = verdict(masuk("07:40"), pulang("14:00"), masuk("20:05"), pulang("+08:00"), plan=plan)
    assert events_of(day) == (("TL1", 10), ("TL1", 5))
    assert sum_days([day]).events == {"TL1": 2}


def test_what_is_open_is_counted():
    found = [
        verdict(masuk("07:00", status=codes.MENUNGGU), pulang("16:00", corrected=True)),
        verdict(masuk("07:20", "07:40"), pulang("16:00")),
    ]
    sums = sum_days(found)
    assert (sums.provisional_days, sums.straddling_days, sums.corrections) == (1, 1, 1)
    assert close(sums, MERANTI).settled is False


@pytest.mark.parametrize(("sick", "cut"), [("10", "0"), ("10.5", "0.5"), ("11", "1"), ("15", "5")])
def test_sick_days_beyond_ten_in_the_month_cost_three_per_cent_each(sick, cut):
    totals = close(MonthSums(working_days=21, days={"S": Decimal(3), "CS": Decimal(sick) - 3}), MERANTI)
    assert (totals.sick_cut_days, totals.percent) == (Decimal(cut), Decimal(cut) * 3)
    assert [reason.key for reason in totals.reasons] == (["sick_beyond_free"] if Decimal(cut) else [])


def test_a_month_never_costs_more_than_its_cap():
    totals = close(MonthSums(working_days=22, percent=Decimal(66)), replace(MERANTI, month_cap=Decimal(60)))
    assert (totals.raw_percent, totals.percent) == (66, 60)
    assert english(totals.reasons[0]) == "Deductions of 66 % are limited to 60 % for the month."


def test_percentages_may_be_of_the_discipline_component_only():
    totals = close(MonthSums(percent=Decimal("9.5")), replace(MERANTI, base_share=Decimal(40)))
    assert (totals.percent, totals.percent_of_tpp) == (Decimal("9.5"), Decimal("3.8"))


def test_those_without_tpp_have_attendance_and_no_percentage():
    totals = close(
        MonthSums(working_days=20, days={"H": Decimal(19), "CS": Decimal(1)}), MERANTI, with_tpp=False
    )
    assert (totals.percent, totals.attendance) == (0, Decimal("95.00"))


def test_a_month_without_working_days_has_no_attendance():
    assert close(MonthSums(), MERANTI).attendance is None


@pytest.mark.parametrize(
    ("tpp", "percent", "cut"),
    [("4250000", "9.5", "403750"), ("3333333", "1.25", "41667"), ("100", "0.5", "1"), ("5000000", "0", "0")],
)
def test_rupiah_are_whole(tpp, percent, cut):
    assert rupiah(Decimal(tpp), Decimal(percent)) == Decimal(cut)


def test_a_correction_after_closing_goes_to_the_next_month():
    closed = close(MonthSums(percent=Decimal(6)), MERANTI)
    better = close(MonthSums(percent=Decimal("3.5")), MERANTI)
    assert (carried_over(closed, better), carried_over(better, closed)) == (Decimal("-2.5"), Decimal("2.5"))


NEXT_YEAR = replace(MERANTI, key="2027", first=date(2027, 1, 1), absent=Decimal(5), confirmed=True)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2022, 3, 22), None),
        (date(2022, 3, 23), "Meranti 10/2022"),
        (date(2026, 12, 31), "Meranti 10/2022"),
        (date(2027, 1, 1), "2027"),
    ],
)
def test_the_table_in_force_on_the_day(day, key):
    for tables in ((MERANTI, NEXT_YEAR), (NEXT_YEAR, MERANTI)):
        found = rates_on(tables, day)
        assert (found.key if found else None) == key


def test_a_table_ends_with_its_last_day():
    table = replace(MERANTI, last=date(2026, 6, 30))
    assert rates_on([table], date(2026, 6, 30)) is table
    assert rates_on([table], date(2026, 7, 1)) is None


def test_what_the_press_reported_is_marked_unconfirmed():
    assert (MERANTI.confirmed, MERANTI.source) == (False, "Perbup Kepulauan Meranti 10/2022")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": date(2020, 1, 1)}, "dates_reversed"),
        ({"absent": Decimal(-1)}, "negative"),
        ({"day_cap": Decimal(-1)}, "negative"),
        ({"late": (Band(1, 2, Decimal(1)), Band(31, 1, Decimal(2)))}, "bands_not_rising"),
        ({"early": (Band(1, 1, Decimal(1)), Band(31, 2, Decimal("0.5")))}, "bands_not_rising"),
        ({"late": (Band(0, 1, Decimal(1)),)}, "bands_not_rising"),
        ({"late": (Band(1, 5, Decimal(1)),)}, "level_out_of_range"),
        ({"missing_in": Band(0, 4, Decimal(1))}, "missing_below_bands"),
        ({"missing_out": Band(0, 3, Decimal(2))}, "missing_below_bands"),
    ],
)
def test_tables_that_reward_the_worse_are_refused(changes, code):
    with pytest.raises(BrokenRates) as refused:
        replace(MERANTI, **changes)
    assert refused.value.code == code


def test_a_whole_year_of_absence_and_presence_by_the_calendar():
    year = list(days(date(2026, 1, 1), date(2026, 12, 31)))
    results = [verdict(plan=FIVE_DAYS.plan(day)) for day in year]
    weekdays = sum(day.weekday() < 5 for day in year)
    assert sum_days(results).absent_days == weekdays == 261
    assert year[-1] + timedelta(days=1) == date(2027, 1, 1)
