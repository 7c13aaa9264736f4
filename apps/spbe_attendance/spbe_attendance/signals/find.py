"""All signals over one scene."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from . import device, photo, position
from .types import Finding, Policy, Punch, Scene

SIGNALS = (
    position.same_place,
    position.round_place,
    position.still,
    position.same_accuracy,
    position.travel,
    position.far,
    device.one_device,
    device.gap,
    device.wide,
    device.often_wide,
    photo.same_photo,
    photo.no_photo,
)


def find(punches: Sequence[Punch], policy: Policy, fresh: Collection[str] | None = None) -> list[Finding]:
    """Findings about the ``fresh`` punches (by key; None: all) among all that are given, and about those they are seen beside.

    At most one per punch and kind, ordered by both; the order of the punches does not matter.
    """
    keys = frozenset(punch.key for punch in punches) if fresh is None else frozenset(fresh)
    scene = Scene(punches, keys, policy)
    found: dict[tuple[str, str], Finding] = {}
    for signal in SIGNALS:
        for finding in signal(scene):
            place = finding.punch, finding.kind
            kept = found.get(place)
            # A punch may jump from the one before and to the one after: the greater jump is told.
            if kept is None or _greater(finding, kept):
                found[place] = finding
    return [found[place] for place in sorted(found)]


def _greater(one: Finding, two: Finding) -> bool:
    return (sorted(one.numbers.items()), one.others) > (sorted(two.numbers.items()), two.others)
