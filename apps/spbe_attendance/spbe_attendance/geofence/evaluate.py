"""One verdict over all fences that apply."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import AccuracyTooPoor, NoFence
from .geometry import signed_distance
from .types import DALAM, LUAR, RAGU, Fence, Policy, Position, Verdict

_RANK = {DALAM: 0, RAGU: 1, LUAR: 2}


def evaluate(position: Position, fences: Sequence[Fence], policy: Policy) -> Verdict:
    """The best verdict; among equals the smaller distance, then the smaller key, whatever the order of the fences.

    Raises AccuracyTooPoor and NoFence: never let through.
    """
    # Said this way round, a limit that is NaN refuses too.
    if not position.accuracy <= policy.max_accuracy:
        raise AccuracyTooPoor("accuracy_too_poor", accuracy=position.accuracy, limit=policy.max_accuracy)
    if not fences:
        raise NoFence("no_fence")
    verdicts = [_judge(position, fence) for fence in fences]
    return min(verdicts, key=lambda verdict: (_RANK[verdict.result], verdict.distance, verdict.fence_key))


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
