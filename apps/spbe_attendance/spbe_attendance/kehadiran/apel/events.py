"""Events: whom they invite, where and when they take punches."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime
from pypika.queries import QueryBuilder

from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.jadwal import source
from spbe_attendance.kehadiran.pencatatan import known

PLANNED, OPEN, OVER, CANCELLED = "Rencana", "Berlangsung", "Selesai", "Batal"
FIELDS = ("name", "nama_kegiatan", "jenis_kegiatan", "tanggal", "mulai", "selesai", "status", "semua_opd")
PLACE = ("nama_lokasi", "jenis_area", "latitude", "longitude", "radius", "area")


def with_place() -> tuple[QueryBuilder, Any]:
    """A statement on events and their places; FIELDS, ``lokasi`` and PLACE are selected."""
    event, place = frappe.qb.DocType("Kegiatan Apel"), frappe.qb.DocType("OPD Lokasi")
    statement = (
        frappe.qb.from_(event)
        .join(place)
        .on(place.name == event.lokasi)
        .select(*[event[field] for field in FIELDS], event.lokasi, *[place[field] for field in PLACE])
    )
    return statement, event


def on_days(first: date, last: date) -> bool:
    """Whether there is any event: most days have none."""
    days = {"tanggal": ["between", [first, last]]}
    return known.value(
        known.JADWAL, ("events", first, last), lambda: bool(frappe.db.exists("Kegiatan Apel", days))
    )


def of_person(person: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """The day's events to which a person is invited, by time; ``dikecualikan`` holds the reason of an exemption.

    ``person``: name and opd. ``status`` is that of this moment.
    """
    if not on_days(day, day):
        return []
    statement, event = with_place()
    invited, exempt = frappe.qb.DocType("Undangan Apel"), frappe.qb.DocType("Pengecualian Apel")
    rows = (
        statement.left_join(invited)
        .on(invited.parent == event.name)
        .left_join(exempt)
        .on((exempt.parent == event.name) & (exempt.pegawai == person["name"]))
        .select(exempt.alasan.as_("dikecualikan"))
        .where(event.tanggal == day)
        .where((event.semua_opd == 1) | invited.opd.isin(source.units().above(person["opd"]) or ("",)))
        .orderby(event.mulai)
        .run(as_dict=True)
    )
    # An OPD and one above it may both be invited.
    found = {row["name"]: row for row in rows}
    return [{**row, "status": status_at(row, now_datetime())} for row in found.values()]


def place_of(row: dict[str, Any]) -> dict[str, Any]:
    """The place's part of a row of ``with_place``, as places.applying gives it."""
    return {"name": row["lokasi"], **{field: row[field] for field in PLACE}}


def status_at(row: Any, now: datetime) -> str:
    """What the clock says of an event that is not cancelled; the closing minute belongs to the window."""
    if row.get("status") == CANCELLED:
        return CANCELLED
    day = getdate(row.get("tanggal"))
    moment = times.whole_minute(now)
    if moment < times.at(day, row.get("mulai")):
        return PLANNED
    return OPEN if moment <= times.at(day, row.get("selesai")) else OVER


def advance() -> None:
    """The stored status follows the clock; run by the scheduler. Punches ask the clock itself."""
    now = now_datetime()
    rows = frappe.get_all(
        "Kegiatan Apel",
        {"status": ["in", (PLANNED, OPEN)], "tanggal": ["<=", now.date()]},
        ["name", "tanggal", "mulai", "selesai", "status"],
    )
    event = frappe.qb.DocType("Kegiatan Apel")
    for status in (OPEN, OVER):
        names = [row.name for row in rows if row.status != status and status_at(row, now) == status]
        if names:
            frappe.qb.update(event).set(event.status, status).where(event.name.isin(names)).run()
