"""Whose turn it is, set-based: one criterion per DocType, for lists and counts alike.

It says in SQL what the workflows (setup/workflow.py) and ``permohonan.deciders`` say about one row; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import frappe
from frappe import _
from pypika import Order
from pypika.functions import Count

from spbe_attendance import permissions
from spbe_attendance.exceptions import PermohonanTidakSah
from spbe_attendance.kehadiran.jadwal import swap
from spbe_attendance.kehadiran.pencatatan.judgement import MENUNGGU
from spbe_attendance.kehadiran.permohonan.deciders import ATASAN, BKPSDM, KEPALA
from spbe_attendance.kehadiran.tinjauan import view
from spbe_attendance.kehadiran.tinjauan.access import REVIEW

PERSON_ROLE = "Pegawai SPBE"


@dataclass(frozen=True)
class Decider:
    """``person``: own Pegawai; ``everywhere``: decides in every OPD; ``units``: those headed."""

    person: str | None
    is_staff: bool
    everywhere: bool
    units: tuple[str, ...]

    def heads(self, row: Any) -> list[Any]:
        """That the row lies where this person decides as head: no condition, or one."""
        if self.everywhere:
            return [row.name.isnotnull()]
        return [row.opd.isin(self.units)] if self.units else []

    def is_named(self, field: Any) -> list[Any]:
        return [field == self.person] if self.person and self.is_staff else []

    def is_not(self, *fields: Any) -> list[Any]:
        return [field != self.person for field in fields] if self.person else []


def decider(user: str) -> Decider:
    roles = set(frappe.get_roles(user))
    return Decider(
        person=permissions.own_pegawai(user).get("name"),
        is_staff=PERSON_ROLE in roles,
        everywhere="BKPSDM" in roles,
        units=permissions.subtree(user) if "Kepala OPD" in roles else (),
    )


def _all(*conditions: Any) -> Any:
    return reduce(lambda left, right: left & right, conditions)


def _punches(row: Any, who: Decider) -> list[Any]:
    return [_all(row.status == MENUNGGU, where, *who.is_not(row.pegawai)) for where in who.heads(row)]


def _permits(row: Any, who: Decider) -> list[Any]:
    steps = (ATASAN, KEPALA, BKPSDM) if who.everywhere else (ATASAN, KEPALA)
    turns = [row.status.isin(steps) & where for where in who.heads(row)]
    turns += [(row.status == ATASAN) & named for named in who.is_named(row.atasan)]
    others = who.is_not(row.pegawai)
    if who.person:
        member = frappe.qb.DocType("Ketidakhadiran Peserta")
        named = frappe.qb.from_(member).select(member.parent).where(member.pegawai == who.person)
        others.append(row.name.notin(named))
    return [_all(turn, *others) for turn in turns]


def _corrections(row: Any, who: Decider) -> list[Any]:
    return [
        _all(row.status == MENUNGGU, where, *who.is_not(row.pegawai))
        for where in (*who.heads(row), *who.is_named(row.atasan))
    ]


def _appeals(row: Any, who: Decider) -> list[Any]:
    return [_all(row.status == "Diajukan", where, *who.is_not(row.pegawai)) for where in who.heads(row)]


def _exchanges(row: Any, who: Decider) -> list[Any]:
    asked = [(row.status == swap.DIAJUKAN) & named for named in who.is_named(row.rekan)]
    neither = who.is_not(row.pemohon, row.rekan)
    return asked + [_all(row.status == swap.DISETUJUI_REKAN, where, *neither) for where in who.heads(row)]


def _reviews(row: Any, who: Decider) -> list[Any]:
    return [_all(row.status.isin(view.OPEN), where, *who.is_not(row.pegawai)) for where in who.heads(row)]


# In the order in which a screen shows them.
KINDS: dict[str, Callable[[Any, Decider], list[Any]]] = {
    "Absensi": _punches,
    "Ketidakhadiran": _permits,
    "Koreksi Absensi": _corrections,
    "Sanggah": _appeals,
    "Tukar Dinas": _exchanges,
    REVIEW: _reviews,
}


def _query(doctype: str, who: Decider) -> tuple[Any, Any]:
    """The table and a query of what waits; the query is None where nothing can."""
    row = frappe.qb.DocType(doctype)
    turns = KINDS[doctype](row, who)
    return row, frappe.qb.from_(row).where(reduce(or_, turns)) if turns else None


def count(doctype: str, who: Decider) -> int:
    _row, query = _query(doctype, who)
    return int(query.select(Count("*")).run()[0][0]) if query else 0


def names(doctype: str, who: Decider, most: int, after: str | None = None) -> list[str]:
    """The longest waiting first; of the review queue the heaviest. ``after``: those behind that row, wherever it is by now."""
    row, query = _query(doctype, who)
    if not query:
        return []
    heaviest = doctype == REVIEW
    if after:
        query = query.where(_behind(row, heaviest, doctype, after))
    if heaviest:
        query = query.orderby(row.skor, order=Order.desc)
    found = query.select(row.name).orderby(row.creation, row.name).limit(most).run()
    return [name for (name,) in found]


def _behind(row: Any, heaviest: bool, doctype: str, name: str) -> Any:
    """Raises PermohonanTidakSah where there is no such row."""
    last = frappe.db.get_value(doctype, name, ["creation", *(["skor"] if heaviest else [])], as_dict=True)
    if not last:
        frappe.throw(_("The list has changed: load it again."), PermohonanTidakSah)
    later = (row.creation > last.creation) | ((row.creation == last.creation) & (row.name > name))
    return (row.skor < last.skor) | ((row.skor == last.skor) & later) if heaviest else later
