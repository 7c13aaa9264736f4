"""What must be settled, or at least known, before a month is closed; each with the list where it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate, now_datetime

from spbe_attendance.kehadiran.rekapitulasi import closing, facts, rules
from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.worktime.calendar import days

WAITING = "Menunggu Persetujuan"


@dataclass(frozen=True)
class Item:
    """``halangan``: closing needs a reason while ``jumlah`` is not 0. ``doctype``, ``saring``: the list that shows them."""

    teks: str
    jumlah: int
    halangan: bool
    doctype: str = ""
    saring: dict[str, Any] = field(default_factory=dict)


def items(opd: str, bulan: str) -> list[dict[str, Any]]:
    """Of an OPD with its subtree. A number of statements that does not depend on staff or days."""
    first, last = bounds(bulan)
    units = closing.subtree(opd)
    found = [*pending(units, first, last), *reviews(units, first, last), *uncomputed(units, first, last)]
    return [asdict(item) for item in found]


def blocking(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in found if item["halangan"] and item["jumlah"]]


def pending(units: list[str], first: date, last: date) -> Iterator[Item]:
    """Decisions that could still change a day."""
    within = ["between", [str(first), str(last)]]
    those = {"opd": ["in", units]}
    for text, doctype, filters in (
        (_("Punches waiting for approval"), "Absensi", {"status": WAITING, "tanggal": within}),
        (_("Corrections waiting for approval"), "Koreksi Absensi", {"status": WAITING, "tanggal": within}),
        (_("Appeals without answer"), "Sanggah", {"status": "Diajukan", "tanggal": within}),
        (
            _("Permits waiting for approval"),
            "Ketidakhadiran",
            {"status": ["like", "Menunggu%"], "dari": ["<=", str(last)], "sampai": [">=", str(first)]},
        ),
    ):
        yield counted(text, True, doctype, {**filters, **those})


def reviews(units: list[str], first: date, last: date) -> Iterator[Item]:
    """What should have been looked at; it changes no day by itself."""
    those = {"opd": ["in", units], "tanggal": ["between", [str(first), str(last)]]}
    waiting = {**those, "foto_status": "Menunggu"}
    yield counted(_("Punches whose photo never came"), False, "Absensi", waiting)
    open_ones = {**those, "status": ["in", ["Menunggu", "Perlu Klarifikasi"]]}
    yield counted(_("Punches in the review queue"), False, "Tinjauan Absensi", open_ones)
    rule = {"dikonfirmasi": 0, "dari": ["<=", str(last)]}
    names = [
        found.name
        for found in rules.read().rules
        if not found.table.confirmed and found.table.first <= last and (found.table.last or last) >= first
    ]
    yield Item(_("Deduction rules that nobody has confirmed"), len(names), False, "Aturan Potongan", rule)


def uncomputed(units: list[str], first: date, last: date) -> Iterator[Item]:
    """Days that are not known for good yet."""
    ahead = max(0, (last - max(first - timedelta(days=1), now_datetime().date() - timedelta(days=1))).days)
    yield Item(_("Days of the month that are not over"), ahead, True)
    those = {"opd": ["in", units], "tanggal": ["between", [str(first), str(last)]]}
    yield Item(_("Days not computed yet"), missing(units, first, last), True, "Rekap Harian", those)
    yield counted(_("Provisional days"), True, "Rekap Harian", {**those, "sementara": 1})
    touching = {"dari": ["<=", str(last)], "sampai": [">=", str(first)]}
    yield counted(_("Changes whose days are still to be computed again"), True, "Hitung Ulang", touching)


def missing(units: list[str], first: date, last: date) -> int:
    """Person-days in service without a row."""
    person, rekap = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("Rekap Harian")
    since = frappe.db.get_single_value("Pengaturan Absensi", "rekap_sejak")
    begin = max(first, getdate(since)) if since else first
    here = frappe.qb.from_(person).select(person.name).where(person.opd.isin(units)).run()
    members = facts.members({*(row[0] for row in here), *history.people_of(units, first, last)})
    present = dict(
        frappe.qb.from_(rekap)
        .select(rekap.pegawai, Count(rekap.name))
        .where(rekap.tanggal[begin:last])
        .where(rekap.pegawai.isin(list(members) or [""]))
        .groupby(rekap.pegawai)
        .run()
    )
    return sum(
        max(
            0,
            sum(member.on(day, None) is not None for day in days(begin, last)) - present.get(member.name, 0),
        )
        for member in members.values()
    )


def counted(text: str, blocks: bool, doctype: str, filters: dict[str, Any]) -> Item:
    return Item(text, frappe.db.count(doctype, filters), blocks, doctype, filters)
