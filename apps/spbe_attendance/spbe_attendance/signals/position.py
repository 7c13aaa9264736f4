"""What positions say: a real receiver jitters, a chosen position does not."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from spbe_attendance.geofence.geometry import geodesic_distance

from .types import (
    FAR,
    ROUND_PLACE,
    SAME_ACCURACY,
    SAME_PLACE,
    STILL,
    TRAVEL,
    Finding,
    Punch,
    Scene,
    grouped,
    order,
)

# Own days are compared to 1e-6 degrees, 11 cm. Between people every digit must agree that a phone reports, 1e-7: an office of 200 people
# has honest pairs to 1e-6 every week, to 1e-7 on one day once in years, and three to 1e-7 in a month never.
OWN, EXACT = 1e6, 1e7
DAYS_ALIKE, PEOPLE_ON_A_DAY, PEOPLE_IN_ALL = 3, 2, 3
# One fix of one phone, used by several people who punch on it one after the other.
ONE_FIX = timedelta(minutes=10)
WINDOW = 30
# By chance one fix in a million has four decimals on both axes; one in ten thousand has five, but not three times.
COARSE, FINE, FINE_TIMES = 4, 5, 3
STILL_DAYS, STILL_METRES = 5, 0.5
ACCURACY_DAYS, ACCURACY_TIMES = 5, 8
USUAL_TIMES, SPREADS, LEAST_SPREAD, SIGMA = 10, 6, 5.0, 1.4826
# Shorter jumps are a receiver's own.
SHORTEST_JUMP = 500.0
_METRES = 111_320.0


def cell(lat: float, lon: float, per_degree: float = EXACT) -> tuple[int, int]:
    return round(lat * per_degree), round(lon * per_degree)


def same_place(scene: Scene) -> Iterator[Finding]:
    """Identical coordinates of several people, or of one person on three days."""
    told: set[str] = set()
    for group in _by_cell(scene.punches, EXACT):
        alike = _of_several(group)
        if any(punch.key in scene.fresh for punch in alike):
            people, days = len({p.person for p in alike}), len({p.day for p in alike})
            numbers = {"people": people, "days": days, "punches": len(alike)}
            for finding in grouped(alike, scene, SAME_PLACE, numbers):
                told.add(finding.punch)
                yield finding
    for own in scene.by_person.values():
        for group in _by_cell(own, OWN):
            days = len({punch.day for punch in group})
            if days >= DAYS_ALIKE and any(punch.key in scene.fresh for punch in group):
                numbers = {"people": 1, "days": days, "punches": len(group)}
                yield from (
                    found for found in grouped(group, scene, SAME_PLACE, numbers) if found.punch not in told
                )


def _by_cell(punches: Sequence[Punch], per_degree: float) -> list[list[Punch]]:
    found: dict[tuple[int, int], list[Punch]] = defaultdict(list)
    for punch in punches:
        if punch.located:
            found[cell(punch.lat, punch.lon, per_degree)].append(punch)
    return [group for group in found.values() if len(group) > 1]


def _of_several(group: Sequence[Punch]) -> list[Punch]:
    """Those of days on which two people have the cell, or all where three have it at some time."""
    if len(own_fixes(group)) >= PEOPLE_IN_ALL:
        return list(group)
    days: dict[date, list[Punch]] = defaultdict(list)
    for punch in group:
        days[punch.day].append(punch)
    return [p for day in days.values() if len(own_fixes(day)) >= PEOPLE_ON_A_DAY for p in day]


def own_fixes(group: Sequence[Punch]) -> set[str]:
    """People whose phone measured the position itself. Who follows on the same phone within minutes has the same fix: honest."""
    people: set[str] = set()
    last: dict[str, Punch] = {}
    for punch in sorted(group, key=order):
        before = last.get(punch.device) if punch.device else None
        followed = before and before.person != punch.person and punch.first - before.first <= ONE_FIX
        if not followed:
            people.add(punch.person)
        last[punch.device] = punch
    return people


def decimals(degrees: float) -> int:
    """How many decimals, up to seven."""
    return next((digits for digits in range(7) if abs(round(degrees, digits) - degrees) < 1e-9), 7)


def _digits(punch: Punch) -> int:
    return max(decimals(punch.lat), decimals(punch.lon))


def round_place(scene: Scene) -> Iterator[Finding]:
    """Coordinates with few decimals, as typed by hand or picked on a map."""
    for punch in scene.judged:
        if not punch.located or (digits := _digits(punch)) > FINE:
            continue
        alike = [other for other in scene.before(punch, WINDOW) if other.located and _digits(other) <= FINE]
        if digits <= COARSE or len(alike) >= FINE_TIMES:
            others = tuple(other.key for other in alike if other.key != punch.key)[-20:]
            yield Finding(ROUND_PLACE, punch.key, others, {"decimals": digits, "punches": len(alike)})


def still(scene: Scene) -> Iterator[Finding]:
    """Days on end within half a metre, though not identical: noise that was added by hand."""
    for punch in scene.judged:
        if not punch.located:
            continue
        recent = _last_days([p for p in scene.before(punch, WINDOW) if _together(p, punch)], STILL_DAYS)
        if recent is None or len({cell(p.lat, p.lon, OWN) for p in recent}) == 1:
            continue
        widest = max(metres(punch.lat, punch.lon, p.lat, p.lon) for p in recent)
        if widest < STILL_METRES:
            others = tuple(p.key for p in recent if p.key != punch.key)
            yield Finding(STILL, punch.key, others, {"days": STILL_DAYS, "metres": round(widest, 2)})


def same_accuracy(scene: Scene) -> Iterator[Finding]:
    """The very same accuracy on many days; weak by itself, some phones report steps."""
    for punch in scene.judged:
        # Some phones report whole metres, in steps: those say nothing.
        if not punch.located or punch.accuracy == round(punch.accuracy):
            continue
        recent = _last_days([p for p in scene.before(punch, WINDOW) if p.located], ACCURACY_DAYS)
        if recent is None or len(recent) < ACCURACY_TIMES:
            continue
        if all(abs(p.accuracy - punch.accuracy) < 0.005 for p in recent):
            others = tuple(p.key for p in recent if p.key != punch.key)
            numbers = {"days": ACCURACY_DAYS, "metres": punch.accuracy, "punches": len(recent)}
            yield Finding(SAME_ACCURACY, punch.key, others, numbers)


def _together(one: Punch, two: Punch) -> bool:
    return one.located and one.place == two.place


def _last_days(punches: Sequence[Punch], count: int) -> list[Punch] | None:
    """Those of the last ``count`` days that have any; None where there are fewer days."""
    days = sorted({punch.day for punch in punches})
    return [p for p in punches if p.day >= days[-count]] if len(days) >= count else None


def metres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """On the plane: for short ways, and to tell which long ones are worth the ellipsoid."""
    east = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return _METRES * math.hypot(lat2 - lat1, east)


def travel(scene: Scene) -> Iterator[Finding]:
    """Two punches farther apart than anybody gets in the longest time that may lie between them."""
    for person in sorted({punch.person for punch in scene.judged}):
        own = [p for p in scene.by_person[person] if p.lat is not None and p.lon is not None]
        for one, two in itertools.pairwise(own):
            if not {one.key, two.key} & set(scene.fresh):
                continue
            numbers = _jump(one, two, scene.policy.speed)
            if numbers:
                yield Finding(TRAVEL, one.key, (two.key,), numbers)
                yield Finding(TRAVEL, two.key, (one.key,), numbers)


def _jump(one: Punch, two: Punch, limit: float) -> dict[str, float] | None:
    slack = one.accuracy + two.accuracy
    if metres(one.lat, one.lon, two.lat, two.lon) * 1.01 - slack < SHORTEST_JUMP:
        return None
    way = geodesic_distance(one.lat, one.lon, two.lat, two.lon) - slack
    apart = max(two.last - one.first, one.last - two.first, timedelta(seconds=1)).total_seconds()
    speed = way / apart * 3.6
    if way < SHORTEST_JUMP or speed <= limit:
        return None
    return {"km": round(way / 1000, 1), "minutes": round(apart / 60, 1), "kmh": round(speed)}


def far(scene: Scene) -> Iterator[Finding]:
    """Away from where the person usually stands at this place: median, and median absolute deviation of the last 30 days."""
    for punch in scene.judged:
        if not punch.located or punch.outside:
            continue
        usual = [
            p
            for p in scene.before(punch, WINDOW)
            if p.day != punch.day and not p.outside and _together(p, punch)
        ]
        if len(usual) < USUAL_TIMES:
            continue
        lat, lon = median(p.lat for p in usual), median(p.lon for p in usual)
        ways = [metres(lat, lon, p.lat, p.lon) for p in usual]
        middle = median(ways)
        spread = max(SIGMA * median(abs(way - middle) for way in ways), LEAST_SPREAD)
        way = metres(lat, lon, punch.lat, punch.lon)
        if way - punch.accuracy > middle + SPREADS * spread:
            others = tuple(p.key for p in usual[-5:])
            yield Finding(FAR, punch.key, others, {"metres": round(way), "usual": round(middle)})
