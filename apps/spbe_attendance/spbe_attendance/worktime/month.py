"""The month of a person: sums of days, what they cost, how much of it was attended.

Two steps, because ten thousand persons are summed by the database: ``sum_days`` shows what the sums are, ``close`` needs only them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from . import codes
from .apel import ABSENT, PRESENT, ApelResult
from .rates import RateTable
from .types import ZERO, DayResult, Reason

_CENT = Decimal("0.01")
_SICK = (codes.SAKIT, codes.CUTI_SAKIT)
# What counts as attended: present, or on duty elsewhere.
ATTENDED = frozenset((codes.HADIR, codes.DINAS_LUAR))


@dataclass(frozen=True, slots=True)
class MonthSums:
    """``days``: days by share code (H, TK, permits; halves are 0.5). ``events``/``minutes``: by TL1–PSW4. ``percent``: of the days,
    without limit. The rest are numbers of days, punches or roll calls."""

    working_days: int = 0
    days: Mapping[str, Decimal] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    percent: Decimal = ZERO
    absent_days: int = 0
    corrections: int = 0
    wfa_days: int = 0
    provisional_days: int = 0
    straddling_days: int = 0
    undetermined_days: int = 0
    apel_present: int = 0
    apel_missing: int = 0
    apel_percent: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """``percent``: deduction after ``month_cap``, of the base; ``percent_of_tpp``: the same of the whole TPP (base share applied).
    ``attendance``: per cent of working days attended, two decimals, None without any. ``late``/``early``: minutes."""

    sums: MonthSums
    late: int
    early: int
    sick_cut_days: Decimal
    raw_percent: Decimal
    percent: Decimal
    percent_of_tpp: Decimal
    attendance: Decimal | None
    reasons: tuple[Reason, ...]

    @property
    def total_minutes(self) -> int:
        return self.late + self.early

    @property
    def settled(self) -> bool:
        """Nothing is open that could still change a day."""
        return not (self.sums.provisional_days or self.sums.undetermined_days)


def events_of(result: DayResult) -> tuple[tuple[str, int], ...]:
    """(TL1–PSW4, minutes) of each delay of a day; 0 minutes where the punch is missing."""
    found = []
    for session in result.sessions:
        if session.late_level:
            found.append((codes.TL[session.late_level - 1], session.late or 0))
        if session.early_level:
            found.append((codes.PSW[session.early_level - 1], session.early or 0))
    return tuple(found)


def sum_days(days: Iterable[DayResult], apel: Iterable[ApelResult] = ()) -> MonthSums:
    """Sums in any order of days."""
    results, calls = list(days), list(apel)
    shares: dict[str, Decimal] = {}
    events: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for result in results:
        for code, share in result.shares:
            shares[code] = shares.get(code, ZERO) + share
        for code, length in events_of(result):
            events[code] += 1
            minutes[code] += length
    return MonthSums(
        working_days=sum(result.working_day for result in results),
        days=shares,
        events=dict(events),
        minutes=dict(minutes),
        percent=sum((result.percent for result in results), ZERO),
        absent_days=sum(result.absent for result in results),
        corrections=sum(result.corrections for result in results),
        wfa_days=sum(result.wfa for result in results),
        provisional_days=sum(result.provisional for result in results),
        straddling_days=sum(result.straddles for result in results),
        undetermined_days=sum(result.undetermined for result in results),
        apel_present=sum(call.status == PRESENT for call in calls),
        apel_missing=sum(call.status == ABSENT for call in calls),
        apel_percent=sum((call.percent for call in calls), ZERO),
    )


def close(
    sums: MonthSums, rates: RateTable, attended: frozenset[str] = ATTENDED, with_tpp: bool = True
) -> MonthTotals:
    """The month's deduction and attendance by the table in force at the month's end; ``with_tpp`` False: no percentages at all."""
    reasons: list[Reason] = []
    sick = sum((sums.days.get(code, ZERO) for code in _SICK), ZERO)
    cut_days = max(ZERO, sick - rates.sick_days_free) if rates.sick_percent and with_tpp else ZERO
    if cut_days:
        reasons.append(Reason("sick_beyond_free", (sick, rates.sick_days_free, cut_days), rates.source))
    raw = sums.percent + sums.apel_percent + cut_days * rates.sick_percent if with_tpp else ZERO
    percent = min(raw, rates.month_cap)
    if percent < raw:
        reasons.append(Reason("month_capped", (raw, rates.month_cap), rates.source))
    present = sum((sums.days.get(code, ZERO) for code in attended), ZERO)
    attendance = None
    if sums.working_days:
        attendance = (present * 100 / sums.working_days).quantize(_CENT, ROUND_HALF_UP)
    return MonthTotals(
        sums,
        sum(sums.minutes.get(code, 0) for code in codes.TL),
        sum(sums.minutes.get(code, 0) for code in codes.PSW),
        cut_days,
        raw,
        percent,
        percent * rates.base_share / 100,
        attendance,
        tuple(reasons),
    )


def rupiah(tpp: Decimal, percent_of_tpp: Decimal) -> Decimal:
    """Deduction in whole rupiah, half a rupiah rounded up."""
    return (tpp * percent_of_tpp / 100).quantize(Decimal(1), ROUND_HALF_UP)


def carried_over(closed: MonthTotals, recomputed: MonthTotals) -> Decimal:
    """Per cent of TPP that the next month has to take (positive) or give back: a closed month itself never changes."""
    return recomputed.percent_of_tpp - closed.percent_of_tpp
