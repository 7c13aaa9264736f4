"""What a change makes stale: the only writer of marks. A mark is new text beside a unit and a day; numbers that were counted under
another one are counted again by whoever asks next. Nothing is ever added or subtracted, so nothing can drift.

Marks are set after the commit: who reads a mark sees what it stands for. All marks of a transaction, and the order to tell watching
screens, are one round trip to Redis and no SQL.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta

import frappe
from frappe.utils import now_datetime
from redis.exceptions import RedisError

from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.pemantauan.ringkas import keys

DAY = timedelta(days=1)
# A change of more days than this makes all days of the unit stale.
MANY_DAYS = 31
PUBLISH = "spbe_attendance.pemantauan.ringkas.publish.run"


def touch(day: date, units: Iterable[str] | None) -> None:
    """Units (None: all) whose numbers of a day may have changed; takes effect when the transaction is committed."""
    _note((day.isoformat(), unit) for unit in ([keys.EVERY] if units is None else units))


def touch_always(units: Iterable[str] | None) -> None:
    """The same for all days."""
    _note((keys.ALWAYS, unit) for unit in ([keys.EVERY] if units is None else units))


def punched(opd: str, day: date, today: date) -> None:
    """A punch. Around midnight it may belong to the working day before or after it."""
    for near in (day - DAY, day, day + DAY):
        if near <= today:
            touch(near, [opd])


def affected(
    people: Sequence[str] | None,
    opds: Sequence[str] | None,
    first: date,
    last: date,
    known: Sequence[str] | None = None,
) -> None:
    """What changed behind computed days (rekapitulasi.affected); units include those below them. ``known``: the persons' units."""
    units: Collection[str] | None = None
    if people is not None or opds is not None:
        units = {*(homes(people or ()) if known is None else known), *below(opds or ())}
    if (last - first).days > MANY_DAYS:
        touch_always(units)
        return
    # A roster's change may move a night's punches to the day beside it.
    for number in range(-1, (last - first).days + 2):
        touch(first + number * DAY, units)


def homes(people: Sequence[str]) -> set[str]:
    """Where these persons are or were counted."""
    if not people:
        return set()
    found: set[str] = set()
    for doctype, field in (("Pegawai", "name"), ("Riwayat Pegawai", "pegawai")):
        found |= set(frappe.get_all(doctype, {field: ["in", list(people)]}, pluck="opd", distinct=True))
    return {opd for opd in found if opd}


def below(opds: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for opd in opds:
        edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"])
        if edges:
            inside = {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}
            found |= set(frappe.get_all("OPD", inside, pluck="name"))
    return found


def _note(marks: Iterable[tuple[str, str]]) -> None:
    noted = getattr(frappe.local, "spbe_ringkas_marks", None)
    if noted is None:
        noted = frappe.local.spbe_ringkas_marks = set()
        frappe.db.after_commit.add(_flush)
        frappe.db.after_rollback.add(_forget)
    noted.update(marks)


def _forget() -> None:
    if hasattr(frappe.local, "spbe_ringkas_marks"):
        del frappe.local.spbe_ringkas_marks


def _flush() -> None:
    noted = getattr(frappe.local, "spbe_ringkas_marks", set())
    _forget()
    # Without a cache there is nothing that could be stale.
    with suppress(RedisError):
        known.renew_waiting()
        if noted and write(noted):
            order()


def order() -> None:
    """Only where no herald lives: see herald."""
    frappe.enqueue(PUBLISH, queue="short", at_front=True)


def write(marks: Collection[tuple[str, str]]) -> bool:
    """One round trip. True: the caller is to order the job that tells screens."""
    today, mark = now_datetime().date().isoformat(), secrets.token_hex(6)
    by_day: dict[str, dict[str, str]] = defaultdict(dict)
    for day, unit in marks:
        by_day[day][unit] = mark
    now = {unit for day, unit in marks if day in (today, keys.ALWAYS)}
    with frappe.cache.pipeline(transaction=False) as pipe:
        for day, units in by_day.items():
            pipe.hset(keys.marks(day), mapping=units)
            if day != keys.ALWAYS:
                pipe.expire(keys.marks(day), keys.KEPT)
        if now:
            pipe.sadd(keys.waiting(), *now)
            pipe.set(keys.turn(), mark, nx=True, px=keys.PATIENCE)
        answers = pipe.execute()
    return bool(now) and bool(answers[-1])
