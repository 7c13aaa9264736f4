"""Plain data in and out of the engine.

Moments are naive and local (one regency, one time zone); minutes are whole; percentages are ``Decimal`` per cent of the TPP base.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from . import codes
from .errors import BrokenOutage, BrokenPermit, BrokenPunch

ZERO = Decimal(0)
ONE = Decimal(1)
HALF = Decimal("0.5")

Argument = str | int | Decimal | date | datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was applied. ``key`` finds the sentence in ``explain.TEMPLATES``, ``args`` fill its {0}, {1}, …;
    ``source`` is the law, decree or circular it rests on, empty when it only tells a fact."""

    key: str
    args: tuple[Argument, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Punch:
    """One punch with its proven interval: it happened at ``first`` at the earliest and ``last`` at the latest.

    ``kind``: Masuk, Pulang, Apel; ``status``: Sah, Menunggu Persetujuan, Disetujui, Ditolak (the workflow's own words);
    ``corrected``: it came from a correction (lupa absen). Raises BrokenPunch.
    """

    key: str
    kind: str
    first: datetime
    last: datetime
    status: str = codes.SAH
    corrected: bool = False
    event: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BrokenPunch("interval_reversed", key=self.key)
        if self.kind not in codes.PUNCH_KINDS:
            raise BrokenPunch("unknown_kind", key=self.key, kind=self.kind)
        if self.status not in codes.PUNCH_STATUSES:
            raise BrokenPunch("unknown_status", key=self.key, status=self.status)
        if self.first.tzinfo or self.last.tzinfo:
            raise BrokenPunch("with_timezone", key=self.key)


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave, sick note, izin, duty (DL, TB) or WFA from ``first`` to ``last``, both included.

    ``half``: whole day (empty), Pagi or Siang, of one day. ``since``/``until``: hours of one day instead of a half.
    Only ``approved`` ones count. ``decree``: number of the letter. Raises BrokenPermit.
    """

    key: str
    kind: str
    first: date
    last: date
    half: str = codes.WHOLE
    since: datetime | None = None
    until: datetime | None = None
    approved: bool = True
    decree: str = ""

    def __post_init__(self) -> None:
        if self.kind not in codes.PERMITS:
            raise BrokenPermit("unknown_kind", key=self.key, kind=self.kind)
        if self.half not in codes.HALVES:
            raise BrokenPermit("unknown_half", key=self.key, half=self.half)
        if self.last < self.first:
            raise BrokenPermit("dates_reversed", key=self.key)
        if self.half and self.first != self.last:
            raise BrokenPermit("half_of_many_days", key=self.key)
        if (self.since is None) != (self.until is None):
            raise BrokenPermit("hours_incomplete", key=self.key)
        if self.since is not None and self.until is not None:
            if self.half:
                raise BrokenPermit("half_and_hours", key=self.key)
            if self.until <= self.since:
                raise BrokenPermit("hours_reversed", key=self.key)

    @property
    def of_hours(self) -> bool:
        return self.since is not None


# How an outage is dealt with; see ``outages``.
VOID, MINUTES = "void", "minutes"


@dataclass(frozen=True, slots=True)
class Outage:
    """Gangguan Layanan: the service could not take punches from ``first`` to ``last`` at ``places`` (None: everywhere) for
    ``opds`` (None: all), by ``decree``.

    ``treatment``: ``void`` excuses the whole side of the day whose proper time it touches, ``minutes`` only the minutes in the window.
    ``excuses_absence``: a person without any punch counts as present too. Raises BrokenOutage.
    """

    key: str
    first: datetime
    last: datetime
    places: frozenset[str] | None = None
    opds: frozenset[str] | None = None
    decree: str = ""
    treatment: str = VOID
    excuses_absence: bool = True

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise BrokenOutage("interval_reversed", key=self.key)
        if self.treatment not in (VOID, MINUTES):
            raise BrokenOutage("unknown_treatment", key=self.key, treatment=self.treatment)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as of one date: ``status`` of employment, ``state`` (Aktif counts, all others do not), the OPD with all above it,
    and the places where the person may punch."""

    status: str
    state: str = codes.AKTIF
    opds: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cut:
    """One deduction of a day, per cent of the base."""

    code: str
    percent: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Session:
    """One window of work within the day. ``late``/``early`` are None when the punch they are measured by is missing."""

    shift: str
    start: datetime
    end: datetime
    in_at: datetime | None = None
    out_at: datetime | None = None
    late: int | None = 0
    early: int | None = 0
    late_level: int = 0
    early_level: int = 0
    absent: bool = False
    straddles: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class DayResult:
    """The lawful day.

    ``codes``: in ``codes.ORDER``. ``shares``: what the day counts as, fractions that sum to 1 on a counted working day, else empty.
    ``working_day``: scheduled, not a holiday, and the person is counted. ``absent``: a whole TK day (what PP 94 counts, when ``pp94``).
    ``percent``: sum of ``cuts`` after the day's cap; 0 for those without TPP. ``straddles``: earliest and latest possible time
    give different codes; the better one stands. ``provisional``: a pending punch was counted as if accepted; ``alternative`` is
    the day without it. ``undetermined``: no roster was given, there is no verdict.
    """

    day: date
    codes: tuple[str, ...] = ()
    shares: tuple[tuple[str, Decimal], ...] = ()
    late: int = 0
    early: int = 0
    percent: Decimal = ZERO
    cuts: tuple[Cut, ...] = ()
    sessions: tuple[Session, ...] = ()
    reasons: tuple[Reason, ...] = ()
    working_day: bool = False
    absent: bool = False
    pp94: bool = False
    wfa: bool = False
    excluded: bool = False
    undetermined: bool = False
    straddles: bool = False
    provisional: bool = False
    corrections: int = 0
    alternative: DayResult | None = field(default=None)

    @property
    def in_at(self) -> datetime | None:
        """First in of the day, at the earliest possible moment."""
        return next((session.in_at for session in self.sessions if session.in_at), None)

    @property
    def out_at(self) -> datetime | None:
        """Last out of the day, at the latest possible moment."""
        return next((session.out_at for session in reversed(self.sessions) if session.out_at), None)

    def share(self, *wanted: str) -> Decimal:
        """The fraction of the day that counts as any of these codes."""
        return sum((share for code, share in self.shares if code in wanted), ZERO)


# What a half-day permit does to the other half.
OWN_HALF, SHIFT, WHOLE_DAY = "own_half", "shift", "whole_day"


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of the verdict; defaults are the safe ones.

    ``early_in_slack``, ``late_out_slack`` (minutes): a punch that much before the earliest in, or after the last out, counts as made
    at that limit; one farther off is ignored. ``half_day``: ``own_half``: the covered side needs no punch, the other is judged;
    ``shift``: the covered side is due at the border of the halves; ``whole_day``: nothing is due. ``wfa_needs_clock``: clocking
    duty remains on WFA days. ``tpp_statuses``: whose results carry percentages. ``pp94_statuses``: whose absent days PP 94 counts.
    ``cuti_bersama_statuses``: for whom cuti bersama is a day off. ``state_codes``: the code shown on days of a state that is not counted.
    """

    early_in_slack: int = 120
    late_out_slack: int = 240
    half_day: str = OWN_HALF
    wfa_needs_clock: bool = True
    tpp_statuses: frozenset[str] = frozenset(codes.ASN)
    pp94_statuses: frozenset[str] = frozenset((codes.PNS, codes.CPNS))
    cuti_bersama_statuses: frozenset[str] = frozenset(codes.STATUSES)
    counted_states: frozenset[str] = frozenset((codes.AKTIF,))
    state_codes: tuple[tuple[str, str], ...] = (("CLTN", codes.CLTN), ("Tugas Belajar", codes.TUGAS_BELAJAR))


def ordered(found: Iterable[str]) -> tuple[str, ...]:
    """Codes once each, in the order in which they are shown."""
    wanted = set(found)
    return tuple(code for code in codes.ORDER if code in wanted)
