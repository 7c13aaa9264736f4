"""What became of every invitation: one result per invited person and event.

Missing an event is neither being late nor being absent; what it costs is the recap's to say, from ``potongan_persen``.
The number of statements does not depend on the number of staff or events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import flt, getdate, now_datetime

from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.apel import events, excuses
from spbe_attendance.kehadiran.jadwal import source

PRESENT, MISSING, EXEMPT, EXCUSED = "Hadir", "Tidak Hadir", "Dikecualikan", "Berhalangan"
PENDING = "Menunggu Persetujuan"
UNEXPLAINED = "Tanpa Keterangan"
FIELDS = ("name", "tanggal", "mulai", "selesai", "status", "lokasi", "semua_opd", "potongan_persen")


@dataclass(frozen=True, slots=True)
class Result:
    """``keterangan``: of a present person empty, or that the punch waits for approval; else the reason, or Tanpa Keterangan.
    ``potongan_persen``: what the event says missing it costs, 0 for everybody who did not miss it."""

    kegiatan: str
    tanggal: date
    pegawai: str
    opd: str
    hasil: str
    keterangan: str
    potongan_persen: float


def between(first: date, last: date, pegawai: Collection[str] | None = None) -> list[Result]:
    """Results of all events of these days that are over and not cancelled; of these persons, or of everybody."""
    if not events.on_days(first, last):
        return []
    rows = frappe.get_all(
        "Kegiatan Apel",
        {"tanggal": ["between", (first, last)], "status": ["!=", events.CANCELLED]},
        list(FIELDS),
        order_by="tanggal, mulai",
    )
    now = now_datetime()
    return of_events([row for row in rows if events.status_at(row, now) == events.OVER], pegawai)


def of_event(name: str) -> list[Result]:
    """Results of one event as they stand now, also before its end."""
    return of_events(frappe.get_all("Kegiatan Apel", {"name": name}, list(FIELDS)))


def of_events(rows: Sequence[dict[str, Any]], pegawai: Collection[str] | None = None) -> list[Result]:
    """``rows``: FIELDS of events."""
    if not rows:
        return []
    names = [row["name"] for row in rows]
    days = [getdate(row["tanggal"]) for row in rows]
    invited, staff = invited_units(names), active_staff(pegawai)
    punched, exempt = punches(names), exemptions(names)
    reasons, above = excuses.between(min(days), max(days)), source.units().set_above
    found = []
    for row in rows:
        begin, end = (times.at(getdate(row["tanggal"]), row[field]) for field in ("mulai", "selesai"))
        for opd in staff if row["semua_opd"] else staff.keys() & invited[row["name"]]:
            outage = reasons.outage(row["lokasi"], above(opd), begin, end)
            for person in staff[opd]:
                key = (row["name"], person)
                excuse = reasons.reason(person, begin) or outage
                hasil, words = judge(punched.get(key), exempt.get(key), excuse)
                cost = flt(row["potongan_persen"]) if hasil == MISSING else 0.0
                found.append(Result(row["name"], begin.date(), person, opd, hasil, words, cost))
    return found


def judge(punch: str | None, exemption: str | None, excuse: str | None) -> tuple[str, str]:
    """Result and its words. Whoever came has come, exempt or not; a punch that waits for approval is not held against anybody."""
    if punch:
        return PRESENT, "" if punch == PRESENT else PENDING
    if exemption is not None:
        return EXEMPT, exemption
    if excuse is not None:
        return EXCUSED, excuse
    return MISSING, UNEXPLAINED


def active_staff(pegawai: Collection[str] | None) -> dict[str, list[str]]:
    """Persons in active service by OPD."""
    filters: dict[str, Any] = {"status": "Aktif"}
    if pegawai is not None:
        filters["name"] = ["in", list(pegawai)]
    found = defaultdict(list)
    for name, opd in frappe.get_all("Pegawai", filters, ["name", "opd"], as_list=True):
        found[opd].append(name)
    return found


def invited_units(names: Sequence[str]) -> dict[str, set[str]]:
    """Every unit that an event invites, those below an invited OPD included."""
    invited, above, unit = frappe.qb.DocType("Undangan Apel"), *(frappe.qb.DocType("OPD") for _ in "ab")
    above, unit = above.as_("above"), unit.as_("unit")
    pairs = (
        frappe.qb.from_(invited)
        .join(above)
        .on(above.name == invited.opd)
        .join(unit)
        .on((unit.lft >= above.lft) & (unit.rgt <= above.rgt))
        .select(invited.parent, unit.name)
        .where(invited.parent.isin(names))
        .run()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for event, opd in pairs:
        found[event].add(opd)
    return found


def punches(names: Sequence[str]) -> dict[tuple[str, str], str]:
    """PRESENT or PENDING by event and person; what was rejected, or declared void, counts as nothing."""
    found: dict[tuple[str, str], str] = {}
    rows = frappe.get_all(
        "Absensi",
        {"kegiatan": ["in", names], "status": ["!=", "Ditolak"]},
        ["kegiatan", "pegawai", "status", "name"],
        as_list=True,
    )
    void = set(
        frappe.get_all(
            "Tinjauan Absensi",
            {"absensi": ["in", [row[3] for row in rows]], "status": "Tidak Sah"},
            pluck="absensi",
        )
        if rows
        else ()
    )
    for event, person, status, name in rows:
        if name in void:
            continue
        if status != PENDING:
            found[event, person] = PRESENT
        else:
            found.setdefault((event, person), PENDING)
    return found


def exemptions(names: Sequence[str]) -> dict[tuple[str, str], str]:
    rows = frappe.get_all(
        "Pengecualian Apel",
        {"parenttype": "Kegiatan Apel", "parent": ["in", names]},
        ["parent", "pegawai", "alasan"],
        as_list=True,
    )
    return {(event, person): reason for event, person, reason in rows}
