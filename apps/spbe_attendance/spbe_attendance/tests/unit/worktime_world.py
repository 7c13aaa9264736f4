"""Hours, persons and punches that the tests of the worktime engine share."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from spbe_attendance.worktime import codes
from spbe_attendance.worktime.hours import Hours, Rest
from spbe_attendance.worktime.judge import DayFacts, judge
from spbe_attendance.worktime.rates import MERANTI
from spbe_attendance.worktime.schedule import Plan, Schedule, Variant, roster_plan
from spbe_attendance.worktime.types import Person, Policy, Punch

LUNCH = Rest(time(12), time(13))
FRIDAY_LUNCH = Rest(time(11, 30), time(13))
MON_THU = Hours(
    time(7, 30), time(16), time(6), time(12), time(12), time(18), rests=(LUNCH,), key="Senin–Kamis"
)
FRIDAY = Hours(
    time(7, 30), time(16, 30), time(6), time(11), time(12), time(18), rests=(FRIDAY_LUNCH,), key="Jumat"
)
RAMADAN_MON_THU = Hours(time(8), time(15), rests=(Rest(time(12), time(12, 30)),), key="Ramadan")
RAMADAN_FRIDAY = Hours(time(8), time(15, 30), rests=(Rest(time(11, 45), time(12, 45)),), key="Ramadan Jumat")
RAMADAN_2026 = Variant(
    date(2026, 2, 19),
    date(2026, 3, 20),
    (*[RAMADAN_MON_THU] * 4, RAMADAN_FRIDAY, None, None),
    source="SE Ramadan",
)
FIVE_DAYS = Schedule("5 hari", (*[MON_THU] * 4, FRIDAY, None, None), (RAMADAN_2026,))
SIX_SHORT = Hours(time(7, 30), time(14, 30))
SIX_DAYS = Schedule(
    "6 hari",
    (*[SIX_SHORT] * 4, Hours(time(7, 30), time(11)), Hours(time(7, 30), time(13, 30)), None),
)

MORNING_SHIFT = Hours(time(7, 30), time(14), key="Pagi")
EVENING_SHIFT = Hours(time(14), time(20), key="Sore")
NIGHT_SHIFT = Hours(time(20), time(8), overnight=True, key="Malam")
ROUND_THE_CLOCK = Hours(time(8), time(8), overnight=True, key="24 jam")

OFFICE, DINKES = "kantor", "DINKES"
PNS = Person(codes.PNS, opds=frozenset({DINKES, "SETDA"}), places=frozenset({OFFICE}))
ALIH_DAYA_PERSON = replace(PNS, status=codes.ALIH_DAYA)
# A Tuesday without any holiday near it.
TUESDAY = date(2026, 11, 10)
SATURDAY = date(2026, 11, 14)


def at(clock, day=TUESDAY):
    """'07:31' or '07:31:59' of a date; '+08:00' of the date after it."""
    if clock.startswith("+"):
        return at(clock[1:], day + timedelta(days=1))
    return datetime.combine(day, time.fromisoformat(clock))


def punch(kind, clock, until=None, *, day=TUESDAY, status=codes.SAH, **more):
    return Punch(f"{kind}-{clock}", kind, at(clock, day), at(until or clock, day), status, **more)


def masuk(clock, until=None, **more):
    return punch(codes.MASUK, clock, until, **more)


def pulang(clock, until=None, **more):
    return punch(codes.PULANG, clock, until, **more)


def office(day=TUESDAY):
    return FIVE_DAYS.plan(day)


def roster(*shifts, day=TUESDAY) -> Plan:
    return roster_plan(day, shifts)


def verdict(*punches, plan=None, person=PNS, policy=None, rates=MERANTI, **facts):
    return judge(DayFacts(person, plan or office(), rates, punches=punches, **facts), policy or Policy())


def hours_plan(hours=MON_THU, day=TUESDAY, **changes):
    return Plan(day, (replace(hours, **changes).on(day),))
