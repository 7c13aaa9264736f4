"""The root of each OPD's day, made when the day is over and closed, and again when something came after."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.evidence import chain
from spbe_attendance.kehadiran.segel import turn

Day = tuple[str, date]


def of_day(day: date) -> set[Day]:
    """All OPD that have seals on this day."""
    seal = frappe.qb.DocType("Segel Absensi")
    units = frappe.get_all("OPD", pluck="name")
    query = frappe.qb.from_(seal).select(seal.opd).distinct()
    return {(row[0], day) for row in query.where(seal.opd.isin(units or [""]) & (seal.tanggal == day)).run()}


def closed(days: Collection[Day]) -> set[Day]:
    """Those of them that have a root."""
    root = frappe.qb.DocType("Akar Harian")
    wanted = [day for _opd, day in days]
    query = frappe.qb.from_(root).select(root.opd, root.tanggal).distinct()
    return set(query.where(root.tanggal.isin(wanted or [getdate("1900-01-01")])).run()) & set(days)


def incomplete() -> set[Day]:
    """Days that have ended and whose newest root is missing or does not hold all their seals; read from an index."""
    return set(
        frappe.db.sql(
            """select s.opd, s.tanggal from
                (select opd, tanggal, count(*) jumlah from `tabSegel Absensi` where tanggal < %(today)s group by opd, tanggal) s
            left join (select opd, tanggal, max(jumlah) jumlah from `tabAkar Harian` group by opd, tanggal) a
                on a.opd = s.opd and a.tanggal = s.tanggal
            where a.jumlah is null or a.jumlah <> s.jumlah""",
            {"today": getdate()},
        )
    )


def make(days: Iterable[Day]) -> int:
    """Roots of these days as far as they are over and not complete; answers how many. Within the turn.

    Never more than one a day and call: what came meanwhile waits for the next.
    """
    made = 0
    for opd, day in sorted(days, key=lambda found: (found[1], found[0])):
        if day < getdate():
            made += make_one(opd, day)
    return made


def make_one(opd: str, day: date) -> bool:
    """A root over all seals of the day, unless there is one already. Within the turn."""
    found = leaves(opd, day)
    newest = frappe.get_all(
        "Akar Harian", {"opd": opd, "tanggal": day}, ["versi", "jumlah"], order_by="versi desc", limit=1
    )
    versi, counted = (newest[0].versi, newest[0].jumlah) if newest else (0, 0)
    if len(found) <= counted:
        # Fewer than before is a removal: no new root hides it, the audit names it.
        return False
    why = _("{0} seals came after the day was closed", "id").format(len(found) - counted) if versi else ""
    moment = chain.text(turn.moment())
    _insert(chain.seal_day(_head(opd), opd, day.isoformat(), versi + 1, found, moment, why))
    return True


def leaves(opd: str, day: date) -> list[bytes]:
    """In the order in which they were sealed."""
    rows = frappe.get_all(
        "Segel Absensi",
        {"opd": opd, "tanggal": day},
        ["waktu_segel", "pegawai", "urutan", "hash"],
        as_list=True,
    )
    # Sorted here: the database's order of letters is not the auditor's.
    return [chain.leaf(row[3].encode()) for row in sorted(rows)]


def _head(opd: str) -> chain.Head:
    last = frappe.get_all("Akar Harian", {"opd": opd}, ["urutan", "hash"], order_by="urutan desc", limit=1)
    return chain.Head(last[0].urutan, last[0].hash) if last else chain.Head()


def _insert(root: chain.Root) -> None:
    doc = frappe.get_doc({"doctype": "Akar Harian", **root.__dict__})
    doc.dibuat = root.dibuat.replace("T", " ")
    doc.name = f"{root.opd}-{root.tanggal}-{root.versi}"
    # Without the hooks, which refuse everybody.
    doc.db_insert()


def root_of(row: dict[str, Any]) -> chain.Root:
    """A stored row as the engine has it."""
    return chain.Root(
        **{field: row[field] if isinstance(row[field], int) else chain.text(row[field]) for field in FIELDS}
    )


FIELDS = tuple(chain.Root.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Month:
    """``root`` over ``count`` roots of days and OPD."""

    root: str
    count: int
    last: date


def of_month(units: Collection[str], first: date, last: date) -> Month | None:
    """Root of the days of a month of these OPD, as an auditor finds it; None when no day of it has one. One statement."""
    root = frappe.qb.DocType("Akar Harian")
    query = frappe.qb.from_(root).select(*[root[field] for field in FIELDS])
    rows = query.where(root.opd.isin(list(units) or [""]) & root.tanggal[first:last]).run(as_dict=True)
    found = chain.latest(root_of(row) for row in rows)
    if not found:
        return None
    return Month(chain.month_root(found), len(found), max(row["tanggal"] for row in rows))
