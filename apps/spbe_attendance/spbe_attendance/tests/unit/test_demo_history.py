"""The invented month: judged by the real engine, the same every time."""

from collections import Counter
from datetime import date, time
from statistics import median

import pytest

from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.setup.demo import history, organisation, people

REFERENCE = date(2026, 11, 24)
DAYS = history.working_days(REFERENCE, 14)


@pytest.fixture(scope="module")
def sites():
    return [history.Site.of(place) for place in organisation.places(REFERENCE)]


def almanac(sites, count=60, days=DAYS, seed=3):
    return history.Almanac(people.generate(count, seed), sites, days, seed, 100.0, 10.0)


@pytest.fixture(scope="module")
def punches(sites):
    return list(almanac(sites).punches())


def test_days_are_weekdays_before_the_reference_and_never_less_than_two():
    assert DAYS[0] == date(2026, 11, 10)
    assert DAYS[-1] == date(2026, 11, 23)
    assert all(day.weekday() < 5 for day in DAYS)
    assert history.working_days(date(2026, 11, 23), 1) == [date(2026, 11, 19), date(2026, 11, 20)]


def test_the_same_seed_gives_the_same_punches(sites, punches):
    assert list(almanac(sites).punches()) == punches


def test_a_longer_history_and_more_people_leave_what_was_there_as_it_was(sites, punches):
    shorter = {punch.name: punch for punch in almanac(sites, days=DAYS[4:]).punches()}
    assert shorter.items() <= {punch.name: punch for punch in punches}.items()
    larger = {punch.name for punch in almanac(sites, count=90).punches()}
    assert {punch.name for punch in punches} <= larger


def test_what_is_stored_already_is_left_out(sites, punches):
    stored = {punch.name for punch in punches[::2]}
    rest = [punch.name for punch in almanac(sites).punches(stored.__contains__)]
    assert rest == [punch.name for punch in punches if punch.name not in stored]


def test_names_and_client_ids_are_unique(punches):
    assert len({punch.name for punch in punches}) == len(punches)
    assert len({punch.id_klien for punch in punches}) == len(punches)


def test_the_verdict_is_that_of_the_engine_over_all_fences(sites, punches):
    for punch in punches[::7]:
        day = punch.waktu.date()
        fences = [site.fence for site in sites if site.applies(punch.person.opd, day)]
        assert evaluate(punch.position, fences, history.Policy(100.0)) == punch.verdict


def test_outside_has_a_reason_and_a_decision_or_waits_and_everything_else_is_valid(punches):
    for punch in punches:
        if punch.verdict.result == "Luar":
            assert punch.alasan
            assert (punch.decided is None) == (punch.status == history.MENUNGGU)
            assert (punch.catatan is None) == (punch.status == history.MENUNGGU)
        else:
            assert (punch.status, punch.alasan, punch.decided) == (history.SAH, None, None)


def test_all_three_verdicts_and_at_least_six_waiting_exceptions_of_the_last_two_days_occur(punches):
    verdicts = Counter(punch.verdict.result for punch in punches)
    assert verdicts["Dalam"] > 0.85 * len(punches)
    assert min(verdicts["Ragu"], verdicts["Luar"]) > 0
    waits = [punch for punch in punches if punch.status == history.MENUNGGU]
    assert len(waits) >= 6
    assert {punch.waktu.date() for punch in waits} == set(DAYS[-2:])
    assert {organisation.FIRST, organisation.SECOND} <= {punch.person.opd for punch in waits}


def test_nobody_with_a_role_waits_for_an_own_exception(punches):
    assert not [p for p in punches if p.status == history.MENUNGGU and (p.person.role or p.person.head)]


def test_times_are_those_of_an_office(punches):
    arrivals = sorted(punch.waktu.time() for punch in punches if punch.jenis == history.MASUK)
    departures = sorted(punch.waktu.time() for punch in punches if punch.jenis == history.PULANG)
    assert time(6) <= arrivals[0] <= arrivals[-1] < time(9)
    assert time(14, 30) <= departures[0] <= departures[-1] < time(18)
    assert time(7, 5) <= arrivals[len(arrivals) // 2] <= time(7, 30)
    minutes = [moment.hour * 60 + moment.minute for moment in departures]
    assert 16 * 60 <= median(minutes) <= 16 * 60 + 40
