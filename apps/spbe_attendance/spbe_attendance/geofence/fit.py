"""Whether a fence suits the punches made there: how accurate they were, and how much larger it would have to be.

Pure arithmetic on the punches themselves: no verdict is guessed, each is judged by the engine as it would be on the day.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .averaging import widened
from .evaluate import evaluate
from .geometry import MAX_RADIUS, signed_distance
from .plane import Plane, gap, middle
from .types import DALAM, LUAR, RAGU, Area, Circle, Fence, Policy, Position

FEWEST = 30
# Below this share of sure verdicts a fence is called too small; a proposal aims at the other.
ENOUGH, AIM = 0.80, 0.95
# A proposal that helps less than this is none.
WORTH = 0.05
APART = 1.0
CAP, NEIGHBOUR = "cap", "neighbour"


@dataclass(frozen=True, slots=True)
class Measured:
    """Metres and shares (0 to 1) of the punches at one fence.

    ``lat``, ``lon``: their median point. ``spread``: the radius around it that holds 90 %. ``offset``: how far it lies from the
    fence's middle.
    """

    count: int
    accuracy_median: float
    accuracy_p90: float
    dalam: float
    ragu: float
    luar: float
    lat: float
    lon: float
    spread: float
    offset: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """``growth``: metres outwards, 0 when nothing may be proposed. ``limited``: why it is not larger: '', cap or neighbour.

    ``before`` and ``after``: shares of Dalam. ``neighbour``: key of the fence in the way.
    """

    shape: Circle | Area
    growth: float
    before: float
    after: float
    limited: str
    neighbour: str


def measure(shape: Circle | Area, fixes: Sequence[Position]) -> Measured | None:
    """None without a fix."""
    if not fixes:
        return None
    verdicts = Counter(judged(shape, fixes))
    plane = Plane(*middle(shape))
    points = [plane.to(fix.lat, fix.lon) for fix in fixes]
    x, y = median(point[0] for point in points), median(point[1] for point in points)
    lat, lon = plane.back(x, y)
    accuracies = [fix.accuracy for fix in fixes]
    count = len(fixes)
    return Measured(
        count=count,
        accuracy_median=median(accuracies),
        accuracy_p90=at_share(accuracies, 0.9),
        dalam=verdicts[DALAM] / count,
        ragu=verdicts[RAGU] / count,
        luar=verdicts[LUAR] / count,
        lat=lat,
        lon=lon,
        spread=at_share([math.dist(point, (x, y)) for point in points], 0.9),
        offset=math.hypot(x, y),
    )


def judged(shape: Circle | Area, fixes: Sequence[Position]) -> list[str]:
    """The engine's verdict on each."""
    fences, policy = [Fence("", shape)], Policy(math.inf)
    return [evaluate(fix, fences, policy).result for fix in fixes]


def at_share(numbers: Sequence[float], share: float) -> float:
    """The smallest of the numbers that so many are not above."""
    ordered = sorted(numbers)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def propose(
    shape: Circle | Area,
    fixes: Sequence[Position],
    *,
    most_radius: float,
    most_growth: float,
    neighbours: Sequence[Fence] = (),
) -> Proposal | None:
    """A larger fence under which ``AIM`` of these punches would be Dalam; None when they are too few or it is large enough.

    A circle never gets wider than ``most_radius``, an area grows at most ``most_growth`` (metres); none comes nearer to a
    neighbour than ``APART``.
    """
    if len(fixes) < FEWEST:
        return None
    before = judged(shape, fixes).count(DALAM) / len(fixes)
    if before >= ENOUGH:
        return None
    needed = [signed_distance(fix, shape) + fix.accuracy for fix in fixes]
    room = (
        min(most_radius, MAX_RADIUS, shape.radius + most_growth) - shape.radius
        if isinstance(shape, Circle)
        else most_growth
    )
    growth, limited, neighbour = _limited(shape, math.ceil(at_share(needed, AIM)), room, neighbours)
    larger = widened(shape, growth) if growth > 0 else shape
    after = judged(larger, fixes).count(DALAM) / len(fixes) if growth > 0 else before
    if after - before < WORTH:
        return Proposal(shape, 0.0, before, before, limited, neighbour) if limited else None
    return Proposal(larger, growth, before, after, limited, neighbour)


def _limited(
    shape: Circle | Area, wanted: float, room: float, neighbours: Sequence[Fence]
) -> tuple[float, str, str]:
    """Whole metres of growth, what limits them, and which neighbour."""
    growth, limited, key = (wanted, "", "") if wanted <= room else (room, CAP, "")
    for fence in neighbours:
        free = gap(shape, fence.shape) - APART
        if free < growth:
            growth, limited, key = free, NEIGHBOUR, fence.key
    return max(0.0, float(math.floor(growth))), limited, key
