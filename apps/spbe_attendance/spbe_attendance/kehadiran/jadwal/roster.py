"""Writing rosters: one place for import, undo and exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import frappe
from frappe.utils import getdate, now

from spbe_attendance.kehadiran.pencatatan import known

DOCTYPE = "Roster Dinas"
MANUAL, IMPOR, TUKAR = "Manual", "Impor", "Tukar"
FIELDS = ("pegawai", "opd", "tanggal", "urutan", "shift", "keterangan", "sumber", "impor")
Key = tuple[str, date]
CHUNK = 2000


def effect(row: Any) -> tuple[str, ...]:
    """What a day is computed from."""
    return tuple(str(row.get(field) or "") for field in ("pegawai", "tanggal", "urutan", "shift"))


def stored(
    people: Sequence[str], first: date, last: date, *, lock: bool = False
) -> dict[Key, list[dict[str, Any]]]:
    """Rows (FIELDS and name) of these persons by person and date, in order. ``lock``: until the transaction ends."""
    row = frappe.qb.DocType(DOCTYPE)
    query = (
        frappe.qb.from_(row)
        .select(row.name, *[row[field] for field in FIELDS])
        .where(row.pegawai.isin(list(people)) & row.tanggal[first:last])
        .orderby(row.pegawai, row.tanggal, row.urutan)
    )
    found: dict[Key, list[dict[str, Any]]] = {}
    for item in (query.for_update() if lock else query).run(as_dict=True) if people else ():
        found.setdefault((item["pegawai"], item["tanggal"]), []).append(item)
    return found


def on_days(people: Sequence[str], days: Sequence[date]) -> dict[Key, tuple[str, ...]]:
    """Shift codes of these persons on these dates; dates without a roster are left out."""
    row = frappe.qb.DocType(DOCTYPE)
    if not people or not days:
        return {}
    rows = (
        frappe.qb.from_(row)
        .select(row.pegawai, row.tanggal, row.shift)
        .where(row.tanggal.isin(list(days)) & row.pegawai.isin(list(people)))
        .orderby(row.urutan)
        .run()
    )
    found: dict[Key, tuple[str, ...]] = {}
    for person, day, shift in rows:
        known = found.get((person, day), ())
        found[(person, day)] = (*known, shift) if shift else known
    return found


def codes(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Shifts of a date; empty: rostered off."""
    return tuple(row["shift"] for row in rows if row["shift"])


def rows_for(person: str, opd: str, day: date, kinds: Sequence[str], **common: Any) -> list[dict[str, Any]]:
    """The rows that say these shifts; one without shift when there are none."""
    return [
        {"pegawai": person, "opd": opd, "tanggal": day, "urutan": order, "shift": kind or None, **common}
        for order, kind in enumerate(kinds or ("",), start=1)
    ]


def replace(
    before: Mapping[Key, Sequence[Mapping[str, Any]]],
    after: Mapping[Key, Sequence[Mapping[str, Any]]],
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Writes ``after`` (rows by person and date; none removes the date) over what ``before`` has for the same keys.
    ``tell``: rows written, of how many.

    In bulk, within the caller's transaction: all of it stands, or nothing. Permissions are the caller's.
    """
    gone = [row["name"] for key in after for row in before.get(key, ())]
    table = frappe.qb.DocType(DOCTYPE)
    for start in range(0, len(gone), CHUNK):
        frappe.qb.from_(table).delete().where(table.name.isin(gone[start : start + CHUNK])).run()
    stamp, user = now(), frappe.session.user
    head = ("name", "creation", "modified", "owner", "modified_by")
    fresh = [
        (frappe.generate_hash(length=10), stamp, stamp, user, user, *(row.get(field) for field in FIELDS))
        for rows in after.values()
        for row in rows
    ]
    for start in range(0, len(fresh), CHUNK):
        frappe.db.bulk_insert(DOCTYPE, [*head, *FIELDS], fresh[start : start + CHUNK], chunk_size=CHUNK)
        tell(min(start + CHUNK, len(fresh)), len(fresh))
    # In bulk no hook hears of it.
    known.forget(known.ROSTER)


def of_person(person: str, day: Any) -> tuple[str, ...] | None:
    """Shifts of one person on one date; None without a roster."""
    rows = stored([person], getdate(day), getdate(day)).get((person, getdate(day)))
    return None if rows is None else codes(rows)
