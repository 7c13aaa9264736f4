"""Tallies of units on a day: counted from the table, kept in Redis under the marks they were counted with.

A kept tally holds while its marks are the present ones, no limit has passed since (``next``), and it is not too old. Marks are read
before the table, in a snapshot that begins afterwards: a change that is not in the count has a mark that was not read.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import sleep, time
from typing import Any

import frappe
from frappe.utils import now_datetime
from redis.exceptions import RedisError

from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.pemantauan.ringkas import keys, standing, strength, tally
from spbe_attendance.pemantauan.ringkas.tally import Tally

# A mark may be lost with the process that was to set it between its commit and Redis: no number is older than this.
OLDEST = timedelta(minutes=5)
# Fewer are counted side by side; for more, one counts and the others wait (seconds).
MANY_UNITS, WAIT, STEP = 20, 3.0, 0.05


@dataclass(frozen=True)
class Counted:
    """``version``: grows when a number of any of the units changes (ms since the epoch). ``next``: when the clock alone changes one."""

    tallies: dict[str, Tally]
    version: int
    next: datetime | None = None


@dataclass
class Kept:
    """What Redis holds: the marks of every unit, and the tallies that still hold."""

    marks: dict[str, str]
    valid: dict[str, list[Any]]
    old: dict[str, list[Any]]


def of_day(day: date, units: Collection[str], *, anew: bool | None = None) -> Counted:
    """Units that have staff; the others are left out.

    ``anew``: nothing is written that must not be rolled back, so a new snapshot may begin, and what is counted be kept; None: so in
    requests that only read. Otherwise what has to be counted is answered and not kept.
    """
    anew = only_reading() if anew is None else anew
    wanted, now = sorted(units), now_datetime()
    try:
        kept = read(day, wanted, now)
        missing = [unit for unit in wanted if unit not in kept.valid]
        if len(missing) >= MANY_UNITS:
            kept, missing = one_counts(day, wanted, now, kept, missing)
        if missing:
            kept.valid.update(count(day, missing, now, kept, anew))
            frappe.cache.delete(keys.counting(day))
    except RedisError:
        kept = Kept({}, count(day, wanted, now, None, anew), {})
    rows = kept.valid
    version = max((row[2] for row in rows.values()), default=0)
    following = min((row[4] for row in rows.values() if row[4]), default=None)
    return Counted(
        {unit: Tally.read(row[3]) for unit, row in rows.items() if row[3]},
        version,
        datetime.fromisoformat(following) if following else None,
    )


def read(day: date, units: Collection[str], now: datetime) -> Kept:
    """Two round trips at most."""
    own, always = keys.marks(day.isoformat()), keys.marks(keys.ALWAYS)
    base = secrets.token_hex(6)
    with frappe.cache.pipeline(transaction=False) as pipe:
        # Without these, what was counted before a flush could pass for counted after it.
        for name in (own, always):
            pipe.hsetnx(name, keys.EVERY, base)
        pipe.expire(own, keys.KEPT)
        pipe.hgetall(own)
        pipe.hgetall(always)
        pipe.hmget(keys.tallies(day), units or [keys.EVERY])
        *_set, of_day_, of_always, stored = pipe.execute()
    over = day < now.date()
    shared = f"{int(over)}|{text(of_day_, keys.EVERY)}|{text(of_always, keys.EVERY)}"
    marks = {unit: f"{shared}|{text(of_day_, unit)}|{text(of_always, unit)}" for unit in units}
    rows = {unit: json.loads(row) for unit, row in zip(units, stored, strict=False) if row}
    valid = {unit: row for unit, row in rows.items() if holds(row, marks[unit], now)}
    return Kept(marks, valid, rows)


def text(marks: dict[bytes, bytes], unit: str) -> str:
    return (marks.get(unit.encode()) or b"").decode()


def holds(row: list[Any], mark: str, now: datetime) -> bool:
    """``row``: [marks, counted at, version, tally or None, next]."""
    counted = datetime.fromisoformat(row[1])
    return (
        row[0] == mark
        and counted <= now < counted + OLDEST
        and (not row[4] or now < datetime.fromisoformat(row[4]))
    )


def one_counts(
    day: date, units: list[str], now: datetime, kept: Kept, missing: list[str]
) -> tuple[Kept, list[str]]:
    """Many screens that open at once shall not count the same again and again: one does, the others take what it has kept."""
    if frappe.cache.set(keys.counting(day), 1, nx=True, px=int(WAIT * 1000)):
        return kept, missing
    until = time() + WAIT
    while missing and time() < until and frappe.cache.get(keys.counting(day)):
        sleep(STEP)
    kept = read(day, units, now)
    return kept, [unit for unit in units if unit not in kept.valid]


def count(day: date, units: list[str], now: datetime, kept: Kept | None, anew: bool) -> dict[str, list[Any]]:
    """From the table, and kept if what was read is surely not older than the marks."""
    if anew:
        # A transaction reads what was committed before its first statement, which may be older than the marks.
        frappe.db.rollback()
    stamp, moment = int(time() * 1000), now.isoformat()
    # After the marks, which are set after the stamps: what is in memory is not older than the marks either.
    with known.used() if anew else nullcontext():
        found = from_table(day, units, now)
    rows = {}
    for unit, (numbers, following) in found.items():
        old = kept.old.get(unit) if kept else None
        same = old is not None and old[3] == as_kept(numbers)
        mark = kept.marks[unit] if kept else ""
        rows[unit] = [mark, moment, old[2] if old and same else stamp, numbers, following]
    if kept and anew:
        keep(day, rows)
    return rows


def from_table(day: date, units: list[str], now: datetime) -> dict[str, tuple[list[Any] | None, str]]:
    """(stored tally or None without staff, when the clock alone changes it or empty) by unit."""
    found, events = standing.of_units(day, units, now), strength.by_unit(day, units)
    rows: dict[str, tuple[list[Any] | None, str]] = {}
    for unit in units:
        staff = found.get(unit)
        numbers = tally.of_unit(staff, day < now.date()) if staff else None
        if numbers:
            numbers.events = events.get(unit, {})
        rows[unit] = (
            numbers.stored() if numbers else None,
            staff.next.isoformat() if staff and staff.next else "",
        )
    return rows


def as_kept(numbers: list[Any] | None) -> Any:
    return json.loads(json.dumps(numbers))


def keep(day: date, rows: dict[str, list[Any]]) -> None:
    with frappe.cache.pipeline(transaction=False) as pipe:
        pipe.hset(keys.tallies(day), mapping={unit: json.dumps(row) for unit, row in rows.items()})
        pipe.expire(keys.tallies(day), keys.KEPT)
        pipe.execute()


def only_reading() -> bool:
    """A GET over HTTP: Frappe rolls it back at its end, whatever it did."""
    request = getattr(frappe.local, "request", None)
    return bool(request) and request.method == "GET"
