"""Holidays, cuti bersama, regional days, days of one OPD."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import codes
from .errors import WorktimeError


@dataclass(frozen=True, slots=True)
class Holiday:
    """``kind``: one of ``codes.HOLIDAY_KINDS``. ``opds``: for whom, None for all. ``decree``: SKB, Keppres or circular."""

    day: date
    kind: str
    name: str
    decree: str = ""
    opds: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.kind not in codes.HOLIDAY_KINDS:
            raise WorktimeError("unknown_kind", kind=self.kind)

    @property
    def code(self) -> str:
        return codes.CUTI_BERSAMA if self.kind == codes.HARI_CUTI_BERSAMA else codes.LIBUR

    def applies_to(self, opds: frozenset[str]) -> bool:
        return self.opds is None or bool(self.opds & opds)


@dataclass(frozen=True)
class Calendar:
    """All known holidays, in any order."""

    holidays: tuple[Holiday, ...] = ()
    _by_day: dict[date, list[Holiday]] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_day: dict[date, list[Holiday]] = {}
        for holiday in sorted(
            self.holidays, key=lambda row: (codes.HOLIDAY_KINDS.index(row.kind), row.name, row.decree)
        ):
            by_day.setdefault(holiday.day, []).append(holiday)
        object.__setattr__(self, "_by_day", by_day)

    def on(self, day: date, opds: frozenset[str] = frozenset()) -> Holiday | None:
        """The holiday of a person whose OPD and all above it are ``opds``; a national day names the date before cuti bersama does."""
        return next((row for row in self._by_day.get(day, ()) if row.applies_to(opds)), None)

    def working_days(
        self, first: date, last: date, scheduled: Callable[[date], bool], opds: frozenset[str] = frozenset()
    ) -> int:
        """Scheduled dates from ``first`` to ``last``, both included, that are no holiday."""
        return sum(scheduled(day) and self.on(day, opds) is None for day in days(first, last))


def days(first: date, last: date) -> Iterator[date]:
    """All dates from ``first`` to ``last``, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def changed(
    before: Iterable[Holiday], after: Iterable[Holiday]
) -> tuple[tuple[date, frozenset[str] | None], ...]:
    """Dates that a change of the calendar touches, each with the OPDs concerned (None: all), in order of date."""
    touched: dict[date, frozenset[str] | None] = {}
    for holiday in set(before) ^ set(after):
        known = touched.get(holiday.day, frozenset())
        touched[holiday.day] = None if known is None or holiday.opds is None else known | holiday.opds
    return tuple(sorted(touched.items()))
