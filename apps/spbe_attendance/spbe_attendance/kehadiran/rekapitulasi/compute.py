"""One batch of person-days: read what stands behind them, let the engine judge, write what differs from what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from spbe_attendance.kehadiran.rekapitulasi import adjustments, row, so_far, store
from spbe_attendance.kehadiran.rekapitulasi.adjustments import Adjusted, Wanted
from spbe_attendance.kehadiran.rekapitulasi.closed import ClosedMonths
from spbe_attendance.kehadiran.rekapitulasi.facts import Context, Facts, Standing, load
from spbe_attendance.kehadiran.rekapitulasi.store import Stored
from spbe_attendance.pemantauan.ringkas import marks
from spbe_attendance.worktime.calendar import days
from spbe_attendance.worktime.judge import judge

PERSONS = 1000
PERSON_DAYS = 3000
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """How many person-days were looked at; rows written, removed; adjustments written or removed."""

    days: int = 0
    written: int = 0
    removed: int = 0
    adjusted: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.days + other.days,
            self.written + other.written,
            self.removed + other.removed,
            self.adjusted + other.adjusted,
        )


@dataclass
class Changes:
    rows: list[dict[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    # Days of units whose rows were written or removed.
    units: set[tuple[date, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Known:
    """What is stored about the batch."""

    rows: dict[tuple[str, date], Stored]
    adjusted: dict[tuple[str, date], Adjusted]
    closed: ClosedMonths


def batches(names: Sequence[str], first: date, last: date) -> Iterator[tuple[list[str], date, date]]:
    """Persons and ranges of days, neither too many of one nor of both together."""
    span = (last - first).days + 1
    for some in chunks(names, PERSONS):
        step = max(1, PERSON_DAYS // len(some))
        for offset in range(0, span, step):
            begin = date.fromordinal(first.toordinal() + offset)
            end = date.fromordinal(min(begin.toordinal() + step - 1, last.toordinal()))
            yield some, begin, end


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def batch(
    context: Context, names: Sequence[str], first: date, last: date, now: datetime, why: str = ""
) -> Outcome:
    """Compute the days from ``first`` to ``last`` of these persons. Its statements do not grow with their number; commits nothing."""
    facts = load(context, names, first, last)
    known = Known(
        store.stored(names, first, last),
        adjustments.stored(names, first, last),
        ClosedMonths(context.above, first),
    )
    changes = Changes()
    for name in names:
        for day in days(first, last):
            settle(name, day, facts, known, now, changes)
    store.write_days(changes.rows)
    store.remove_days(changes.gone)
    for day, opd in changes.units:
        marks.touch(day, [opd])
    adjusted = adjustments.write(changes.wanted, known.adjusted, why)
    total = len(names) * ((last - first).days + 1)
    return Outcome(total, len(changes.rows), len(changes.gone), adjusted)


def judged(facts: Facts, name: str, day: date, standing: Standing, now: datetime) -> row.Judged:
    day_facts, rule, policy = facts.of(name, day, standing)
    result, unfinished = judge(day_facts, policy), so_far.is_open(day_facts.plan, now)
    if unfinished:
        result = so_far.as_of(result, day_facts.plan, now)
    events = facts.events.get((name, day), ())
    return row.Judged(name, day, standing, day_facts, rule, policy, result, events, unfinished)


def settle(name: str, day: date, facts: Facts, known: Known, now: datetime, changes: Changes) -> None:
    """What is to be written about one day."""
    stored = known.rows.get((name, day))
    member = facts.members.get(name)
    before = Standing(stored.opd, stored.status_kepegawaian) if stored else None
    counted = facts.context.since is None or day >= facts.context.since
    standing = member.on(day, before) if member and counted else None
    if standing is None:
        if stored and not stored.tutup_bulan:
            changes.gone.append(stored.name)
            changes.units.add((day, stored.opd))
        return
    values = row.build(judged(facts, name, day, standing, now))
    adjusted = known.adjusted.get((name, day))
    frozen = stored.tutup_bulan if stored else known.closed.of(standing.opd, day)
    if frozen:
        unchanged = stored is not None and stored.sidik == values["sidik"]
        if adjusted or not unchanged:
            changes.wanted.append(difference(stored, values, adjusted or Adjusted(), known.closed))
        return
    if stored is None or stored.sidik != values["sidik"]:
        changes.rows.append(values)
        changes.units |= {(day, values["opd"]), (day, stored.opd if stored else values["opd"])}
    if adjusted:
        # The row tells the day as it is again; what was counted elsewhere meanwhile is taken back.
        changes.wanted.append(difference(None, values, adjusted, known.closed, reopened=True))


def difference(
    stored: Stored | None,
    values: dict[str, Any],
    adjusted: Adjusted,
    closed: ClosedMonths,
    *,
    reopened: bool = False,
) -> Wanted:
    percent = values["persen_potongan"] + values["persen_apel"]
    settled = percent if reopened else stored.percent if stored else 0.0
    codes = values["kode"] if reopened else adjusted.codes or (stored.kode if stored else "")
    day = date.fromisoformat(values["tanggal"])
    return Wanted(
        pegawai=values["pegawai"],
        opd=values["opd"],
        tanggal=day,
        number=len(adjusted.counted),
        bulan_berlaku=closed.first_open(values["opd"], day),
        kode_lama=codes or "",
        kode_baru=values["kode"],
        persen_lama=settled + adjusted.percent,
        persen_baru=percent,
    )
