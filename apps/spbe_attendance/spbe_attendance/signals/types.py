"""Plain data in and out of the signals. Degrees are WGS84, lengths metres, moments naive local time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

SAME_PLACE, ROUND_PLACE = "koordinat_sama", "koordinat_dibulatkan"
STILL, SAME_ACCURACY = "tanpa_goyangan", "akurasi_tetap"
TRAVEL, FAR, ONE_DEVICE = "perpindahan_mustahil", "tempat_tak_biasa", "perangkat_bersama"
SAME_PHOTO, EMPTY_PHOTO, NO_PHOTO = "foto_berulang", "foto_polos", "foto_tidak_datang"
WIDE, STRADDLES = "selang_lebar", "melintasi_batas"
OFTEN_WIDE, GAP = "sering_tiba_belakangan", "celah_rantai"
# What judgement drew or marked when the punch was recorded; it comes with its own words.
MARKED = "saat_absen"

# How much each says by itself; the sum, at most 100, orders the queue and does nothing else.
WEIGHTS = {
    SAME_PHOTO: 45,
    SAME_PLACE: 40,
    TRAVEL: 40,
    ONE_DEVICE: 30,
    ROUND_PLACE: 30,
    EMPTY_PHOTO: 25,
    STRADDLES: 20,
    STILL: 20,
    NO_PHOTO: 20,
    FAR: 15,
    WIDE: 15,
    OFTEN_WIDE: 15,
    GAP: 15,
    SAME_ACCURACY: 10,
    MARKED: 10,
}
# Punches named beside a finding: enough to look at, whatever the size of the group.
MOST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class Punch:
    """``first`` to ``last``: proven interval. ``place``: key of the fence. ``device``: name of the phone, shared by whoever uses it.
    ``gap``: the entry before it in its phone's chain has not arrived. ``photo``: 64 bits of dhash, None where there is none to
    compare. ``fixed``: taken on a device that stands still. ``straddles``: the recap says that the interval holds a limit. ``outside``: an
    exception with a reason, which is a decision of its own."""

    key: str
    person: str
    day: date
    first: datetime
    last: datetime
    lat: float | None = None
    lon: float | None = None
    accuracy: float = 0.0
    place: str = ""
    device: str = ""
    gap: bool = False
    photo_missing: bool = False
    photo: int | None = None
    photo_empty: bool = False
    fixed: bool = False
    straddles: bool = False
    outside: bool = False

    @property
    def located(self) -> bool:
        """Has a position of its own that a phone measured."""
        return self.lat is not None and self.lon is not None and not self.fixed


@dataclass(frozen=True, slots=True)
class Policy:
    """``speed``: fastest believable, km/h. ``per_device``: people a phone may carry on a day. ``photo_bits``: bits by which two
    hashes of one picture may differ, 0 to 3. ``wide``: minutes from which an interval is wide, 0: never."""

    speed: float = 150.0
    per_device: int = 3
    photo_bits: int = 3
    wide: int = 15


@dataclass(frozen=True, slots=True)
class Finding:
    """At most one per punch and kind. ``others``: keys of punches it is seen beside. ``numbers``: what the words are made of."""

    kind: str
    punch: str
    others: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return WEIGHTS[self.kind]


@dataclass(frozen=True)
class Scene:
    """Punches to judge (``fresh``, by key) among all that are known around them."""

    punches: Sequence[Punch]
    fresh: Collection[str]
    policy: Policy

    @cached_property
    def by_person(self) -> dict[str, list[Punch]]:
        """Each person's by time."""
        found: dict[str, list[Punch]] = defaultdict(list)
        for punch in sorted(self.punches, key=order):
            found[punch.person].append(punch)
        return found

    @cached_property
    def judged(self) -> list[Punch]:
        return sorted((punch for punch in self.punches if punch.key in self.fresh), key=order)

    def before(self, punch: Punch, days: int) -> list[Punch]:
        """The person's punches of that day and the days before, this one included, later ones of the day not."""
        since = punch.day - timedelta(days=days)
        limit = order(punch)
        return [
            other for other in self.by_person[punch.person] if since < other.day and order(other) <= limit
        ]


def order(punch: Punch) -> tuple[datetime, str]:
    return punch.first, punch.key


def grouped(group: Sequence[Punch], scene: Scene, kind: str, numbers: Mapping[str, float]) -> list[Finding]:
    """The same finding for all fresh members of a group and for those named beside them, who may have been alone before."""
    ordered = sorted(group, key=order)
    places = {punch.key: index for index, punch in enumerate(ordered)}
    fresh = [punch.key for punch in ordered if punch.key in scene.fresh]
    wanted = {other for key in fresh for other in _around(ordered, places[key])} | set(fresh)
    return [Finding(kind, key, _around(ordered, places[key]), numbers) for key in sorted(wanted)]


def _around(ordered: Sequence[Punch], index: int) -> tuple[str, ...]:
    """Neighbours in time: those that somebody has to be asked about together."""
    low = max(0, min(index - MOST_OTHERS // 2, len(ordered) - MOST_OTHERS - 1))
    near = ordered[low : low + MOST_OTHERS + 1]
    return tuple(punch.key for punch in near if punch.key != ordered[index].key)
