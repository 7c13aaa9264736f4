"""What other parts know about days, as the engine's data; one statement or two each, for any number of persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import getdate
from pypika.functions import Cast

from spbe_attendance.kehadiran.apel import results
from spbe_attendance.kehadiran.gangguan import cover
from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.schedule import Plan, day_of
from spbe_attendance.worktime.types import Outage, Permit, Punch

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.rekapitulasi.facts import Member

DAY = timedelta(days=1)
Schedules = dict[tuple[str, date], resolve.Day]
# A kind that an office added counts like the one of its group.
KIND_OF_GROUP = {
    "Cuti": codes.CUTI_ALASAN_PENTING,
    "Sakit": codes.SAKIT,
    "Izin": codes.IZIN,
    "Dinas Luar": codes.DINAS_LUAR,
    "Tugas Belajar": codes.TUGAS_BELAJAR,
    "WFA": codes.WFA,
}
PUNCH = ("name", "pegawai", "tanggal", "jenis", "status", "sumber")
MOMENTS = ("waktu", "waktu_awal", "waktu_akhir")
CORRECTION = "Koreksi"


def schedules(people: Sequence[Member], first: date, last: date) -> Schedules:
    """Hours and holiday of everybody on every day."""
    moved = {person.name: person.opd_on for person in people if person.past}
    return resolve.schedules([(person.name, person.opd) for person in people], first, last, moved)


def outages(first: date, last: date) -> Sequence[Outage]:
    """Those in force that touch the days."""
    return cover.windows(first, last)


def permits(names: Collection[str] | None, first: date, last: date) -> dict[str, list[Permit]]:
    """Approved ones by person; of these, or of everybody."""
    found: dict[str, list[Permit]] = defaultdict(list)
    for row in in_force.permits(None if names is None else list(names), first, last):
        kind = row.jenis if row.jenis in codes.PERMITS else KIND_OF_GROUP[row.kelompok]
        half = row.setengah_hari if row.dari == row.sampai else codes.WHOLE
        found[row.pegawai].append(Permit(row.name, kind, row.dari, row.sampai, half))
    return found


def punches(
    names: Collection[str], first: date, last: date, around: Schedules
) -> dict[tuple[str, date], list[Punch]]:
    """By person and working day. Where work crosses midnight, the plans say to which day a punch belongs."""
    found: dict[tuple[str, date], list[Punch]] = defaultdict(list)
    over_midnight = {name for (name, day), due in around.items() if _crosses_midnight(due.plan, day)}
    rows = list(_punch_rows(names, over_midnight, first, last))
    # Who opens the app in the morning has none yet.
    people = {row[1] for row in rows}
    replaced = (
        {*in_force.replaced_punches(list(people), first, last), *void(people, first, last)} if rows else ()
    )
    for row in rows:
        name, person, day = row[:3]
        if name in replaced:
            continue
        if person in over_midnight and row[5] != CORRECTION:
            near = [around.get((person, day + offset)) for offset in (-DAY, DAY - DAY, DAY)]
            day = day_of(row[3], datetime.fromisoformat(row[6]), [due.plan for due in near if due])
        if first <= day <= last:
            found[person, day].append(_punch(row))
    return found


def void(names: Collection[str] | None, first: date, last: date) -> list[str]:
    """Punches that were declared void in the review queue: they stay as they are, and count no more. Of these, or of everybody."""
    review = frappe.qb.DocType("Tinjauan Absensi")
    query = frappe.qb.from_(review).select(review.absensi).where(review.status == "Tidak Sah")
    query = query.where(review.tanggal[first - DAY : last + DAY])
    if names is not None:
        query = query.where(review.pegawai.isin(list(names) or [""]))
    return [name for (name,) in query.run()]


def _punch(row: Sequence[Any]) -> Punch:
    name, _person, _day, kind, status, source, moment, earliest, latest = row
    first = datetime.fromisoformat(earliest or moment)
    last = first if latest in (earliest, None) else datetime.fromisoformat(latest)
    return Punch(name, kind, first, max(first, last), status, source == CORRECTION)


def _punch_rows(
    names: Collection[str], over_midnight: Collection[str], first: date, last: date
) -> Iterator[Sequence[Any]]:
    yield from _punches_between(names, first, last)
    if over_midnight:
        for day in (first - DAY, last + DAY):
            yield from _punches_between(over_midnight, day, day)


def _punches_between(names: Collection[str], first: date, last: date) -> Sequence[Sequence[Any]]:
    absensi = frappe.qb.DocType("Absensi")
    return (
        frappe.qb.from_(absensi)
        .select(*[absensi[field] for field in PUNCH])
        # As text: Frappe's own reading of Datetime columns takes a hundred times longer than fromisoformat.
        .select(*[Cast(absensi[field], "char") for field in MOMENTS])
        .where(absensi.pegawai.isin(list(names) or [""]) & absensi.tanggal[first:last])
        .where(absensi.jenis.isin((codes.MASUK, codes.PULANG)))
        .run()
    )


def _crosses_midnight(plan: Plan, day: date) -> bool:
    return any(window.end.date() != day for window in plan.windows)


def events(names: Collection[str], first: date, last: date) -> dict[tuple[str, date], list[Any]]:
    """Results of roll calls and other events by person and day."""
    found: dict[tuple[str, date], list[Any]] = defaultdict(list)
    for row in results.between(first, last, list(names)):
        found[row.pegawai, getdate(row.tanggal)].append(row)
    return found
