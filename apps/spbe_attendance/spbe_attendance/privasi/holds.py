"""What may not be removed: holds that BKPSDM has set, and whatever somebody still has to decide on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from spbe_attendance.kehadiran.rekapitulasi.closing import subtree

DOCTYPE, PEOPLE = "Penahanan Data", "Penahanan Data Orang"
IN_FORCE, LIFTED = "Berlaku", "Dicabut"
WAITING_PUNCH = "Menunggu Persetujuan"
WAITING_REVIEW = ("Menunggu", "Perlu Klarifikasi")
# Requests about a person's day, and the status in which nobody has decided yet.
OPEN_REQUESTS = (("Sanggah", "Diajukan"), ("Koreksi Absensi", "Menunggu Persetujuan"))


@dataclass(frozen=True, slots=True)
class Hold:
    """``people``, ``units``: None for everybody, everywhere. ``first``, ``last``: days of the records, None for open ends."""

    people: frozenset[str] | None
    units: frozenset[str] | None
    first: date | None
    last: date | None

    def covers(self, row: Any) -> bool:
        day = getdate(row.tanggal)
        return (
            (self.people is None or row.pegawai in self.people)
            and (self.units is None or row.opd in self.units)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
        )


def in_force() -> list[Hold]:
    """Read with a lock until the end of the transaction: a hold that is being set is waited for, and one that comes meanwhile
    waits until what was chosen without it is removed, and then says so."""
    hold = frappe.qb.DocType(DOCTYPE)
    query = (
        frappe.qb.from_(hold)
        .select(hold.name, hold.opd, hold.dari, hold.sampai, hold.berlaku_sampai)
        .where(hold.status == IN_FORCE)
        .for_update()
    )
    today = getdate()
    rows = [
        row
        for row in query.run(as_dict=True)
        if not row.berlaku_sampai or getdate(row.berlaku_sampai) >= today
    ]
    return [made(row, _people(row.name)) for row in rows]


def made(row: Any, people: Sequence[str]) -> Hold:
    return Hold(
        frozenset(people) or None,
        frozenset(subtree(row.opd)) if row.opd else None,
        getdate(row.dari) if row.dari else None,
        getdate(row.sampai) if row.sampai else None,
    )


def _people(name: str) -> list[str]:
    return frappe.get_all(PEOPLE, {"parent": name}, pluck="pegawai")


def held(rows: Sequence[Any]) -> set[str]:
    """Names of those punches that stay. ``rows``: name, pegawai, opd, tanggal, status."""
    if not rows:
        return set()
    holds = in_force()
    found = {
        row.name for row in rows if row.status == WAITING_PUNCH or any(hold.covers(row) for hold in holds)
    }
    names = [row.name for row in rows]
    found |= set(
        frappe.get_all(
            "Tinjauan Absensi",
            {"absensi": ["in", names], "status": ["in", WAITING_REVIEW]},
            pluck="absensi",
        )
    )
    disputed = _disputed(rows)
    return found | {row.name for row in rows if (row.pegawai, getdate(row.tanggal)) in disputed}


def _disputed(rows: Iterable[Any]) -> set[tuple[str, date]]:
    """Persons and days with an appeal or a correction that nobody has decided on."""
    people = sorted({row.pegawai for row in rows})
    days = sorted({getdate(row.tanggal) for row in rows})
    found: set[tuple[str, date]] = set()
    for doctype, status in OPEN_REQUESTS:
        filters = {
            "status": status,
            "pegawai": ["in", people],
            "tanggal": ["between", (days[0], days[-1])],
        }
        fields = ["pegawai", "tanggal"]
        found |= {(row.pegawai, getdate(row.tanggal)) for row in frappe.get_all(doctype, filters, fields)}
    return found


def note_removed(name: str) -> None:
    """What was gone before a hold: written into it when it is set, and once more by a job, because a batch that was at work then
    has ended since."""
    doc = frappe.get_doc(DOCTYPE, name)
    photos, positions = removed_within(made(doc, [row.pegawai for row in doc.orang]))
    if photos or positions:
        words = _("Removed before this hold was set: {0} photos, {1} positions.", "id")
        doc.db_set("sudah_dihapus", words.format(photos, positions), update_modified=False)


def removed_within(hold: Hold) -> tuple[int, int]:
    """How many photos and positions of what is held are gone already."""
    absensi = frappe.qb.DocType("Absensi")
    within = absensi.name.isnotnull()
    if hold.people is not None:
        within &= absensi.pegawai.isin(sorted(hold.people))
    if hold.units is not None:
        within &= absensi.opd.isin(sorted(hold.units))
    if hold.first:
        within &= absensi.tanggal >= hold.first
    if hold.last:
        within &= absensi.tanggal <= hold.last
    query = frappe.qb.from_(absensi).where(within)
    row = query.select(Count(absensi.foto_dihapus_pada), Count(absensi.posisi_dihapus_pada)).run()[0]
    return int(row[0]), int(row[1])
