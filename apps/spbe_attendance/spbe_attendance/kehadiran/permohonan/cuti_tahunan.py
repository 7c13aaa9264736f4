"""How many days of annual leave a year has. Pure: no database, no clock.

PP 11/2017 Art. 311 ff. and BKN Reg. 24/2017 (PNS), BKN Reg. 7/2022 (PPPK): 12 working days; what is left of a year is added to the
next one up to 18 together; after two years without any leave up to 24 together.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """Days. ``per_year``: of one year; ``two_years``, ``three_years``: most with those of the year, of the two years before."""

    per_year: float = 12
    two_years: float = 18
    three_years: float = 24


@dataclass(frozen=True)
class History:
    """``used``, ``added``: {year: days}; ``known``: years of which all leave is recorded, no others carry anything over;
    ``forfeited``: years used up whole by cuti besar."""

    used: Mapping[int, float]
    added: Mapping[int, float]
    known: Set[int]
    forfeited: Set[int] = frozenset()


def entitlement(year: int, history: History, rules: Rules) -> float:
    """Days of the year, carried over ones and added ones included. Never negative."""
    added = history.added.get(year, 0)
    return rules.per_year + carried_over(year, history, rules) + added


def carried_over(year: int, history: History, rules: Rules) -> float:
    last, before = year - 1, year - 2
    if last not in history.known or last in history.forfeited:
        return 0
    left = min(rules.per_year, max(0, remaining(last, history, rules)))
    untouched = before in history.known and not history.used.get(last) and not history.used.get(before)
    if untouched and before not in history.forfeited:
        return max(0, min(2 * left, rules.three_years - rules.per_year))
    return max(0, min(left, rules.two_years - rules.per_year))


def remaining(year: int, history: History, rules: Rules) -> float:
    """May be negative when more was taken than there was."""
    if year in history.forfeited:
        return 0
    return entitlement(year, history, rules) - history.used.get(year, 0)
