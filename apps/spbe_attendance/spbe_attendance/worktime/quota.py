"""Annual leave: what a person may take in a year, with what is carried over from the years before.

12 working days after a year of service. Of what was left last year up to 6 are carried (18 with this year's), of two whole unused
years 12 (24). Cuti besar uses up the year. PPPK carry 6 with a contract of two years, 12 with three; their teachers with school
holidays have had theirs. Cuti bersama takes nothing from it; who worked on one gets the day added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import codes
from .leave import add_months
from .types import ZERO

_PPPK = (codes.PPPK, codes.PPPK_PARUH_WAKTU)


@dataclass(frozen=True, slots=True)
class YearUse:
    """``used``: working days of annual leave taken, carried ones included. ``big_leave``: cuti besar was taken in the year.
    ``extra``: cuti bersama worked on. ``school_holidays``: a teacher whose school holidays count as annual leave (PPPK)."""

    year: int
    used: Decimal = ZERO
    big_leave: bool = False
    extra: Decimal = ZERO
    school_holidays: bool = False


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """``local``: statuses with annual leave by local rule beside ASN."""

    days: Decimal = Decimal(12)
    carry_one_year: Decimal = Decimal(6)
    carry_two_years: Decimal = Decimal(12)
    local: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Balance:
    """Working days of annual leave of a year: own right, carried over, added, taken. ``left`` is never below zero."""

    year: int
    own: Decimal
    carried: Decimal
    extra: Decimal
    used: Decimal

    @property
    def total(self) -> Decimal:
        return self.own + self.carried + self.extra

    @property
    def left(self) -> Decimal:
        return max(ZERO, self.total - self.used)


def balance(
    year: int,
    since: date,
    status: str,
    uses: Iterable[YearUse] = (),
    contract_years: int = 0,
    rule: QuotaRule | None = None,
) -> Balance:
    """The balance of ``year`` for a person in service ``since``. Nothing is carried from years without an entry in ``uses``: where there is
    no record, a claim to old leave has to be entered by somebody who saw the papers. ``contract_years``: of a PPPK's present contract.
    """
    law = rule or QuotaRule()
    known = {use.year: use for use in uses}
    first = add_months(since, 12).year
    start = min([year, *(known_year for known_year in known if known_year < year)])
    past: list[Balance] = []
    for current in range(start, year + 1):
        use = known.get(current, YearUse(current))
        if current < year and current not in known:
            past.append(Balance(current, ZERO, ZERO, ZERO, ZERO))
            continue
        own = _own(current, first, status, use, law)
        carried = _carried(past, law, status, contract_years) if own else ZERO
        past.append(Balance(current, own, carried, use.extra if own else ZERO, use.used))
    return past[-1]


def _own(year: int, first: int, status: str, use: YearUse, law: QuotaRule) -> Decimal:
    entitled = status in codes.ASN or status in law.local
    if not entitled or year < first or use.big_leave or (use.school_holidays and status in _PPPK):
        return ZERO
    return law.days


def _carried(past: list[Balance], law: QuotaRule, status: str, contract_years: int) -> Decimal:
    if not past or not past[-1].own:
        return ZERO
    one, two = law.carry_one_year, law.carry_two_years
    if status in _PPPK:
        one = one if contract_years >= 2 else ZERO
        two = two if contract_years >= 3 else one
    elif status not in codes.ASN:
        return ZERO
    if len(past) > 1 and all(row.own and not row.used for row in past[-2:]):
        return two
    # What was carried into last year was taken first.
    unused = min(past[-1].own, past[-1].left)
    return min(one, unused)
