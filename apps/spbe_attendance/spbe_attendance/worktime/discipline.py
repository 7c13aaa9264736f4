"""Counters of PP 94/2021 for PNS and CPNS. They warn and prepare papers; nothing here imposes anything.

Working days without valid reason are added up from January to December. Days in a row go on over the year's end; days off between
do not break them, any working day that was not an absence does. The 7½-hour counter is information: PP 53/2010 said it, PP 94/2021
was not found to say it, so it is never added to the days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from . import codes
from .types import DayResult, Reason

DAY_MINUTES = 450
RINGAN, SEDANG, BERAT = "Ringan", "Sedang", "Berat"


@dataclass(frozen=True, slots=True)
class Level:
    """``days`` to ``until`` (None: and more) in a year; ``punishment`` in the words of the regulation."""

    days: int
    until: int | None
    weight: str
    punishment: str


LEVELS = (
    Level(3, 3, RINGAN, "Teguran lisan"),
    Level(4, 6, RINGAN, "Teguran tertulis"),
    Level(7, 10, RINGAN, "Pernyataan tidak puas secara tertulis"),
    Level(11, 13, SEDANG, "Pemotongan tunjangan kinerja 25% selama 6 bulan"),
    Level(14, 16, SEDANG, "Pemotongan tunjangan kinerja 25% selama 9 bulan"),
    Level(17, 20, SEDANG, "Pemotongan tunjangan kinerja 25% selama 12 bulan"),
    Level(21, 24, BERAT, "Penurunan jabatan setingkat lebih rendah selama 12 bulan"),
    Level(25, 27, BERAT, "Pembebasan dari jabatan menjadi jabatan pelaksana selama 12 bulan"),
    Level(28, None, BERAT, "Pemberhentian dengan hormat tidak atas permintaan sendiri"),
)
RUN_LEVEL = Level(10, None, BERAT, "Pemberhentian dengan hormat tidak atas permintaan sendiri")
WARN_DAYS = (2, 3, 6, 10, 13, 16, 20, 24, 27)
WARN_RUN = (3, 5, 7, 9)


@dataclass(frozen=True, slots=True)
class DayMark:
    """What the counters need of a day. ``minutes``: late and early."""

    day: date
    working: bool
    absent: bool
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class DisciplineCount:
    """``days``: in the year. ``run``: in a row up to the last working day given, since ``run_since``; ``longest_run``: of those that
    touch the year. ``level``: reached by either. ``warning``/``run_warning``: highest threshold reached, None below the first.
    ``salary_stop``: first day without salary after ten in a row (BKN Reg. 6/2022 Art. 12). ``minutes``: late and early in the year.
    """

    year: int
    days: int
    run: int
    run_since: date | None
    longest_run: int
    level: Level | None
    warning: int | None
    run_warning: int | None
    salary_stop: date | None
    minutes: int
    reasons: tuple[Reason, ...]

    @property
    def equivalent_days(self) -> int:
        """Information only: whole days of 7½ hours that the minutes make."""
        return equivalent_days(self.minutes)


def mark(result: DayResult) -> DayMark:
    """The day's mark; absences that PP 94 does not count (other statuses) are none."""
    return DayMark(result.day, result.working_day, result.absent and result.pp94, result.late + result.early)


def count(marks: Iterable[DayMark], year: int) -> DisciplineCount:
    """Counters of a year from marks in any order, one a day; give the end of the year before too, for days in a row."""
    rows = sorted((row for row in marks if row.working and row.day.year <= year), key=lambda row: row.day)
    inside = [row for row in rows if row.day.year == year]
    run, since, longest, stop = _runs(rows, year)
    days = sum(row.absent for row in inside)
    level = level_of(days)
    if longest >= RUN_LEVEL.days:
        level = RUN_LEVEL
    return DisciplineCount(
        year,
        days,
        run,
        since,
        longest,
        level,
        _reached(WARN_DAYS, days),
        _reached(WARN_RUN, longest),
        stop,
        sum(row.minutes for row in inside),
        _reasons(days, longest, year),
    )


def level_of(days: int) -> Level | None:
    """The level of days in a year; None below three."""
    return next((level for level in reversed(LEVELS) if days >= level.days), None)


def equivalent_days(minutes: int) -> int:
    return minutes // DAY_MINUTES


def crossed(before: DisciplineCount | None, after: DisciplineCount) -> tuple[tuple[str, int], ...]:
    """Thresholds newly reached, as ("days" | "run", threshold): one warning each, whatever the steps between two counts."""
    if before is not None and before.year != after.year:
        before = None
    old_days, old_run = (before.days, before.longest_run) if before else (0, 0)
    found = [("days", limit) for limit in WARN_DAYS if old_days < limit <= after.days]
    return (*found, *(("run", limit) for limit in WARN_RUN if old_run < limit <= after.longest_run))


def _runs(rows: list[DayMark], year: int) -> tuple[int, date | None, int, date | None]:
    """The last run and its first day, the longest that touches the year, the first day without salary."""
    run, longest = 0, 0
    since: date | None = None
    tenth: date | None = None
    stop: date | None = None
    for row in rows:
        if not row.absent:
            run, since, tenth = 0, None, None
            continue
        run += 1
        since = since or row.day
        tenth = row.day if run == RUN_LEVEL.days else tenth
        if row.day.year == year:
            longest = max(longest, run)
            stop = stop or (_next_month(tenth) if tenth else None)
    return run, since, longest, stop


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _reached(limits: tuple[int, ...], number: int) -> int | None:
    return max((limit for limit in limits if number >= limit), default=None)


def _reasons(days: int, longest: int, year: int) -> tuple[Reason, ...]:
    reasons = []
    level = level_of(days)
    if level is not None:
        reasons.append(Reason("discipline_days", (days, str(year), level.punishment), codes.PP_DISCIPLINE))
    if longest >= RUN_LEVEL.days:
        reasons.append(Reason("discipline_run", (longest, RUN_LEVEL.punishment), codes.PP_DISCIPLINE))
    return tuple(reasons)
