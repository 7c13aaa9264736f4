"""Works off Hitung Ulang: exactly the person-days that a change touched, oldest change first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.rekapitulasi import compute, turn
from spbe_attendance.kehadiran.rekapitulasi.compute import Outcome
from spbe_attendance.kehadiran.rekapitulasi.facts import Context
from spbe_attendance.kepegawaian.mutasi import history

# Rows of the queue, and person-days, of one transaction: what is farther away waits for the next one.
BUDGET = 20000
DAY = timedelta(days=1)
Range = tuple[date, date]


@dataclass(frozen=True)
class Work:
    """Who must be computed again on which days, none after ``until``."""

    ranges: dict[tuple[Range, ...], list[str]]
    until: date

    @property
    def first(self) -> date:
        return min(ranges[0][0] for ranges in self.ranges)


def run() -> Outcome:
    """Until nothing is left. Enqueued by every change; the scheduler calls it, too, in case that was lost."""
    total = Outcome()
    while (done := step()) is not None:
        total += done
    return total


def step(*, commit: bool = True) -> Outcome | None:
    """One transaction: what was computed and what is taken off the queue stand or fall together. None: the queue is empty."""
    with turn.taken(commit=commit):
        # A row that somebody else holds, being written or worked off, is passed over instead of waited for.
        rows = frappe.db.sql(
            """select name, pegawai, opd, dari, sampai, sebab from `tabHitung Ulang`
            order by creation, name limit 500 for update skip locked""",
            as_dict=True,
        )
        if not rows:
            return None
        today = now_datetime().date()
        work = plan(rows, today)
        outcome = compute_all(work, "; ".join(sorted({row.sebab for row in rows}))[:500])
        take_off(rows, work.until, today)
    return outcome


def plan(rows: Sequence[Any], today: date) -> Work:
    """Overlapping ranges of a person become one. Days to come are left to their own closing."""
    ranges: dict[str, list[Range]] = defaultdict(list)
    targets = Targets(rows)
    for row in rows:
        last = min(row.sampai, today)
        if row.dari <= last:
            for name in targets.names(row):
                ranges[name].append((row.dari, last))
    grouped: dict[tuple[Range, ...], list[str]] = defaultdict(list)
    for name in sorted(ranges):
        grouped[merged(ranges[name])].append(name)
    until = affordable(grouped, today)
    cut: dict[tuple[Range, ...], list[str]] = defaultdict(list)
    for group, names in grouped.items():
        kept = tuple((first, min(last, until)) for first, last in group if first <= until)
        if kept:
            cut[kept] += names
    return Work(cut, until)


class Targets:
    """The persons that rows of the queue mean; two statements when OPD or everybody is meant, none else."""

    def __init__(self, rows: Iterable[Any]):
        self.everybody: list[str] = []
        self.below: dict[str, list[str]] = {}
        if any(not row.pegawai for row in rows):
            staff = frappe.get_all("Pegawai", fields=["name", "opd"], as_list=True)
            self.everybody = [name for name, _opd in staff]
            self._by_opd = defaultdict(list)
            for name, opd in {*staff, *history.memberships()}:
                self._by_opd[opd].append(name)
            self._edges = {
                name: (lft, rgt)
                for name, lft, rgt in frappe.get_all("OPD", fields=["name", "lft", "rgt"], as_list=True)
            }

    def names(self, row: Any) -> list[str]:
        if row.pegawai:
            return [row.pegawai]
        return self._of_subtree(row.opd) if row.opd else self.everybody

    def _of_subtree(self, opd: str) -> list[str]:
        if opd not in self.below:
            edges = self._edges.get(opd, (0, -1))
            units = [name for name, (lft, rgt) in self._edges.items() if edges[0] <= lft and rgt <= edges[1]]
            self.below[opd] = [name for unit in units for name in self._by_opd[unit]]
        return self.below[opd]


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def affordable(grouped: dict[tuple[Range, ...], list[str]], today: date) -> date:
    """The last day that fits into the budget, at least the first one."""
    load: Counter[date] = Counter()
    for group, names in grouped.items():
        for first, last in group:
            for offset in range((last - first).days + 1):
                load[first + offset * DAY] += len(names)
    total = 0
    for number, day in enumerate(sorted(load)):
        total += load[day]
        if number and total > BUDGET:
            return day - DAY
    return today


def compute_all(work: Work, why: str) -> Outcome:
    outcome = Outcome()
    if not work.ranges:
        return outcome
    context = Context(work.first, work.until)
    for group, names in work.ranges.items():
        for first, last in group:
            for some, begin, end in compute.batches(names, first, last):
                outcome += compute.batch(context, some, begin, end, now_datetime(), why)
    return outcome


def take_off(rows: Sequence[Any], until: date, today: date) -> None:
    """Rows that are done go; those that reach beyond what was affordable begin a day later."""
    queue = frappe.qb.DocType("Hitung Ulang")
    done = [row.name for row in rows if min(row.sampai, today) <= until or row.dari > today]
    rest = [row.name for row in rows if row.name not in set(done) and row.dari <= until]
    frappe.qb.from_(queue).delete().where(queue.name.isin(done or [""])).run()
    if rest:
        frappe.qb.update(queue).set(queue.dari, until + DAY).where(queue.name.isin(rest)).run()
