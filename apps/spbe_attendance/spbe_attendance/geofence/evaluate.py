"""One verdict over all fences that apply."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .ball import spot
from .errors import AccuracyTooPoor, NoFence
from .geometry import signed_distance
from .types import DALAM, LUAR, RAGU, Fence, Policy, Position, Verdict

_RANK = {DALAM: 0, RAGU: 1, LUAR: 2}
_EQUAL = 0.01


def evaluate(position: Position, fences: Sequence[Fence], policy: Policy) -> Verdict:
    """The best verdict; among equals the smaller distance, then the smaller key, whatever the order of the fences.

    Raises AccuracyTooPoor and NoFence: never let through.
    """
    # Said this way round, a limit that is NaN refuses too.
    if not position.accuracy <= policy.max_accuracy:
        raise AccuracyTooPoor("accuracy_too_poor", accuracy=position.accuracy, limit=policy.max_accuracy)
    if not fences:
        raise NoFence("no_fence")
    return min(_candidates(position, fences), key=_order)


def _order(verdict: Verdict) -> tuple[int, float, str]:
    return _RANK[verdict.result], verdict.distance, verdict.fence_key


def _candidates(position: Position, fences: Sequence[Fence]) -> list[Verdict]:
    """Verdicts of all fences that can be the best: with one accuracy a smaller distance is never a worse answer, so those that lie
    farther than one that was measured need no measuring."""
    if len(fences) == 1:
        return [_judge(position, fences[0])]
    here = spot(position.lat, position.lon)
    found: list[Verdict] = []
    nearest = math.inf
    for least, fence in sorted(((fence.ball.at_least(here), fence) for fence in fences), key=_least):
        # Distances of a millimetre count as equal.
        if least > nearest + _EQUAL:
            break
        found.append(_judge(position, fence))
        nearest = min(nearest, found[-1].distance)
    return found


def _least(pair: tuple[float, Fence]) -> float:
    return pair[0]


def _judge(position: Position, fence: Fence) -> Verdict:
    """The true place lies somewhere in the disc of accuracy: all of it inside, none of it, or some of it."""
    distance = signed_distance(position, fence.shape)
    if distance + position.accuracy <= 0:
        result = DALAM
    elif distance - position.accuracy > 0:
        result = LUAR
    else:
        result = RAGU
    return Verdict(result, fence.key, distance, position.accuracy)
