"""Dated tables of deductions. Numbers come from decrees that change every budget year: data, not code.

``MERANTI`` is what the press reported of the Perbup and is marked unconfirmed until the regency confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import codes
from .errors import BrokenRates
from .types import ZERO


@dataclass(frozen=True, slots=True)
class Band:
    """From ``minutes`` on: level 1 to 4, per cent of the base."""

    minutes: int
    level: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class RateTable:
    """In force from ``first`` to ``last`` (None: until further notice).

    ``late``/``early``: bands by rising minutes. ``missing``: level and per cent without clock-in or clock-out.
    ``absent``: per cent of a TK day. ``permits``: per cent a day for a kind of permit, kinds left out are free.
    ``day_cap``: most that a day with some presence may cost, by default as much as absence. ``month_cap``: most of a month.
    ``sick_days_free``: days of S and CS a month before ``sick_percent`` a day is cut. ``base_share``: part of TPP that percentages
    are of (100: the whole; 40: the discipline component where the split is 60/40). ``apel_percent``: for a missed apel.
    ``confirmed``: seen in the signed text. Raises BrokenRates when a longer delay or a missing punch would cost less.
    """

    key: str
    first: date
    last: date | None
    late: tuple[Band, ...]
    early: tuple[Band, ...]
    missing_in: Band
    missing_out: Band
    absent: Decimal
    source: str
    permits: tuple[tuple[str, Decimal], ...] = ()
    day_cap: Decimal | None = None
    month_cap: Decimal = Decimal(100)
    sick_days_free: int = 10
    sick_percent: Decimal = ZERO
    base_share: Decimal = Decimal(100)
    apel_percent: Decimal = ZERO
    confirmed: bool = False

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise BrokenRates("dates_reversed", key=self.key)
        if min(self.absent, self.sick_percent, self.apel_percent, self.month_cap, self.cap) < 0:
            raise BrokenRates("negative", key=self.key)
        _check_ladder(self.key, self.late, self.missing_in)
        _check_ladder(self.key, self.early, self.missing_out)

    @property
    def cap(self) -> Decimal:
        """Most that one day with some presence may cost."""
        return self.absent if self.day_cap is None else self.day_cap

    def late_band(self, minutes: int | None) -> Band | None:
        """None minutes: no clock-in. No band: nothing to cut."""
        return self.missing_in if minutes is None else _band(self.late, minutes)

    def early_band(self, minutes: int | None) -> Band | None:
        """None minutes: no clock-out. No band: nothing to cut."""
        return self.missing_out if minutes is None else _band(self.early, minutes)

    def permit_percent(self, kind: str) -> Decimal:
        return next((percent for known, percent in self.permits if known == kind), ZERO)


def rates_on(tables: Sequence[RateTable], day: date) -> RateTable | None:
    """The table in force on a date; of several the one that came into force last."""
    found = [table for table in tables if table.first <= day and (table.last is None or day <= table.last)]
    return max(found, key=lambda table: (table.first, table.key), default=None)


def _band(ladder: tuple[Band, ...], minutes: int) -> Band | None:
    return next((band for band in reversed(ladder) if minutes >= band.minutes), None)


def _check_ladder(key: str, ladder: tuple[Band, ...], missing: Band) -> None:
    before = Band(0, 0, ZERO)
    for band in ladder:
        if not 1 <= band.level <= 4:
            raise BrokenRates("level_out_of_range", key=key, level=band.level)
        if band.minutes <= before.minutes or band.level <= before.level or band.percent < before.percent:
            raise BrokenRates("bands_not_rising", key=key, minutes=band.minutes)
        before = band
    # Else whoever is very late would do better not to punch at all.
    if missing.level < before.level or missing.percent < before.percent or missing.level > 4:
        raise BrokenRates("missing_below_bands", key=key)


# Sources write "> 91" and leave 91 itself open; the sister rule "more than 90 minutes" (Permenko Infra 10/2025) closes it.
_LADDER = (
    Band(1, 1, Decimal("0.5")),
    Band(31, 2, Decimal("1")),
    Band(61, 3, Decimal("1.25")),
    Band(91, 4, Decimal("1.5")),
)
_MISSING = Band(0, 4, Decimal("1.5"))

MERANTI = RateTable(
    key="Meranti 10/2022",
    # The day it was reported; the day of its coming into force was not found. Days before it have no table, on purpose.
    first=date(2022, 3, 23),
    last=None,
    late=_LADDER,
    early=_LADDER,
    missing_in=_MISSING,
    missing_out=_MISSING,
    absent=Decimal("3"),
    source=codes.PERBUP_TPP,
    sick_percent=Decimal("3"),
)
