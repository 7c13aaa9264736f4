"""What the phones say: one that carries many people, a chain with a hole, times that are proven badly again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .types import GAP, OFTEN_WIDE, ONE_DEVICE, STRADDLES, WIDE, Finding, Punch, Scene, grouped

OFTEN, WINDOW = 5, 30


def one_device(scene: Scene) -> Iterator[Finding]:
    """More people on one phone and day than the policy takes for neighbourly."""
    groups: dict[tuple[str, date], list[Punch]] = defaultdict(list)
    for punch in scene.punches:
        if punch.device and not punch.fixed:
            groups[punch.device, punch.day].append(punch)
    for group in groups.values():
        people = len({punch.person for punch in group})
        if people > scene.policy.per_device and any(punch.key in scene.fresh for punch in group):
            yield from grouped(group, scene, ONE_DEVICE, {"people": people, "punches": len(group)})


def gap(scene: Scene) -> Iterator[Finding]:
    """An entry of the phone before this one never arrived: lost, or held back."""
    return (Finding(GAP, punch.key) for punch in scene.judged if punch.gap)


def is_wide(punch: Punch, minutes: int) -> bool:
    return bool(minutes) and punch.last - punch.first > timedelta(minutes=minutes)


def _minutes(punch: Punch) -> float:
    return round((punch.last - punch.first).total_seconds() / 60)


def wide(scene: Scene) -> Iterator[Finding]:
    """The time is known badly, or so that lateness hangs on it."""
    for punch in scene.judged:
        if is_wide(punch, scene.policy.wide):
            yield Finding(WIDE, punch.key, (), {"minutes": _minutes(punch)})
        if punch.straddles and punch.last > punch.first:
            yield Finding(STRADDLES, punch.key, (), {"minutes": _minutes(punch)})


def often_wide(scene: Scene) -> Iterator[Finding]:
    """A habit of arriving late with a wide interval: the way to be never late."""
    for punch in scene.judged:
        if not is_wide(punch, scene.policy.wide):
            continue
        alike = [p for p in scene.before(punch, WINDOW) if is_wide(p, scene.policy.wide)]
        if len(alike) >= OFTEN:
            others = tuple(p.key for p in alike if p.key != punch.key)[-20:]
            yield Finding(OFTEN_WIDE, punch.key, others, {"punches": len(alike), "days": WINDOW})
