"""Plain data in and out of the engine. Moments in ms since the epoch, degrees WGS84, lengths in metres."""

from __future__ import annotations

from dataclasses import dataclass, field

IDENTICAL_PLACE = "koordinat_sama"
COARSE_PLACE = "koordinat_dibulatkan"
CONSTANT_ACCURACY = "akurasi_tetap"
TRAVEL = "perpindahan_mustahil"
SHARED_DEVICE = "perangkat_bersama"
REPEATED_PHOTO = "foto_berulang"
UNUSUAL_PLACE = "tempat_tak_biasa"
MISSING_PHOTO = "foto_tidak_datang"
OFTEN_LATE = "sering_tiba_belakangan"

# How much a finding adds to the score that sorts the queue. It blocks nothing, whatever the sum.
WEIGHTS = {
    IDENTICAL_PLACE: 40,
    COARSE_PLACE: 15,
    CONSTANT_ACCURACY: 15,
    TRAVEL: 50,
    SHARED_DEVICE: 20,
    REPEATED_PHOTO: 60,
    UNUSUAL_PLACE: 15,
    MISSING_PHOTO: 20,
    OFTEN_LATE: 20,
}


@dataclass(frozen=True)
class Seen:
    """One recorded punch. ``photo``: perceptual hash of 64 bits; ``wide``: its time is proven to a long interval only."""

    name: str
    person: str
    day: str
    earliest: int
    latest: int
    lat: float
    lon: float
    accuracy: float
    device: str | None = None
    photo: int | None = None
    photo_missing: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Limits:
    """Settings. ``speed`` in km/h, ``alike`` in bits of 64."""

    speed: float = 150.0
    people_per_device: int = 3
    alike: int = 3
    days_alike: int = 3
    often: int = 5


@dataclass(frozen=True)
class Finding:
    """A signal on one punch. ``others``: the punches it is seen beside; ``numbers``: for the sentence."""

    kind: str
    punch: str
    others: tuple[str, ...] = ()
    numbers: dict[str, float | int] = field(default_factory=dict, compare=False)

    @property
    def weight(self) -> int:
        return WEIGHTS[self.kind]
