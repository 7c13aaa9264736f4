"""Absensi as Employee Checkin and Rekap Harian as Attendance: a projection, from here to there and never back.

Rows are taken in the order in which they were changed; the place reached is kept with what was written, so that a killed job goes on
there. Doing a row twice changes nothing: a checkin carries its punch's name as a unique key, an Attendance the fingerprint of what
it shows. A day that is computed anew is cancelled there and amended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from spbe_attendance.integrations.erpnext import foreign, mapping, notes
from spbe_attendance.integrations.erpnext.settings import Settings
from spbe_attendance.integrations.erpnext.tally import DIBUAT, DILEWATI, DIUBAH, KONFLIK, TETAP, Tally
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.kehadiran.rekapitulasi import sources
from spbe_attendance.worktime import codes

PUNCH, DAY = "Absensi", "Rekap Harian"
BATCH = 500
# Rows that are being written now may get an earlier stamp than ones that are already there.
LAG = timedelta(minutes=2)
COUNTED = (codes.SAH, codes.DISETUJUI)
PUNCH_FIELDS = (
    "name",
    "pegawai",
    "tanggal",
    "jenis",
    "status",
    "waktu",
    "lokasi",
    "latitude",
    "longitude",
    "modified",
)
DAY_FIELDS = (
    "name", "pegawai", "tanggal", "hari_kerja", "sementara", "kode_utama", "kode_kedua", "bagian_kedua", "masuk", "pulang",
    "tingkat_terlambat", "tingkat_pulang_cepat", "ketidakhadiran", "modified",
)  # fmt: skip
Cursor = tuple[str, str]
START: Cursor = ("1970-01-01 00:00:00.000000", "")


def changed(doctype: str, fields: Sequence[str], after: Cursor, since: date) -> list[Any]:
    """The next rows of these days in the order of their change."""
    row = frappe.qb.DocType(doctype)
    moment, name = get_datetime(after[0]), after[1]
    query = frappe.qb.from_(row).select(*[row[field] for field in fields])
    query = query.where((row.modified > moment) | ((row.modified == moment) & (row.name > name)))
    query = query.where((row.modified < now_datetime() - LAG) & (row.tanggal >= since))
    return query.orderby(row.modified).orderby(row.name).limit(BATCH).run(as_dict=True)


def place(row: Any) -> Cursor:
    return str(get_datetime(row.modified).isoformat(sep=" ", timespec="microseconds")), row.name


def show_punches(rows: Sequence[Any], settings: Settings, tally: Tally) -> None:
    """Checkins for what counts; those of punches that count no more are removed."""
    rows = [row for row in rows if row.jenis in mapping.LOG_TYPES]
    if not rows:
        return
    people = sorted({row.pegawai for row in rows})
    first, last = min(row.tanggal for row in rows), max(row.tanggal for row in rows)
    left_out = {*sources.void(people, first, last), *in_force.replaced_punches(people, first, last)}
    employees, have = foreign.employees(people), foreign.checkins([row.name for row in rows])
    for row in rows:
        employee = employees.get(row.pegawai)
        counts = row.status in COUNTED and row.name not in left_out
        if not employee or counts == (row.name in have):
            tally.add(TETAP if employee else DILEWATI)
        elif counts:
            tally.attempt(
                PUNCH, row.name, titled(row, employee), lambda row=row: add(row, employees, settings)
            )
        else:
            tally.attempt(PUNCH, row.name, titled(row, employee), lambda row=row: drop(have[row.name]))


def add(row: Any, employees: dict[str, Any], settings: Settings) -> str:
    where = {"device_id": row.lokasi and frappe.get_cached_value("OPD Lokasi", row.lokasi, "nama_lokasi")}
    if settings.send_position:
        where |= {"latitude": row.latitude, "longitude": row.longitude}
    foreign.add_checkin(
        employees[row.pegawai].name, row.name, mapping.LOG_TYPES[row.jenis], get_datetime(row.waktu), where
    )
    return DIBUAT


def drop(checkin: str) -> str:
    foreign.remove(foreign.CHECKIN, checkin)
    return DIUBAH


def show_days(rows: Sequence[Any], settings: Settings, tally: Tally) -> None:
    """Attendances of days that are final; a row of HRMS's own is left alone and told."""
    employees = foreign.employees(sorted({row.pegawai for row in rows}))
    kinds = permit_kinds([row.ketidakhadiran for row in rows if row.ketidakhadiran])
    by_day: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        if row.pegawai in employees:
            by_day[getdate(row.tanggal)].append(row)
        else:
            tally.add(DILEWATI)
    for day, of_day in by_day.items():
        names = [employees[row.pegawai].name for row in of_day]
        have = foreign.attendances(names, day, day)
        for row in of_day:
            employee = employees[row.pegawai]
            there = have.get((employee.name, day))
            leave_type = settings.leave_types.get(kinds.get(row.ketidakhadiran) or "")
            tally.attempt(
                DAY,
                row.name,
                titled(row, employee),
                lambda row=row, employee=employee, there=there, leave_type=leave_type: show_day(
                    row, employee, there, leave_type
                ),
            )


def show_day(row: Any, employee: Any, there: Any, leave_type: str | None) -> str:
    wanted = mapping.attendance(row)
    too_early = employee.date_of_joining and getdate(row.tanggal) < getdate(employee.date_of_joining)
    if row.sementara or (wanted and too_early):
        return DILEWATI
    values = attendance_values(row, employee, wanted, leave_type) if wanted else {}
    mark = mapping.fingerprint(values)
    if there and not there.spbe_rekap:
        return beside(row, there, wanted, mark)
    if not wanted:
        if not there:
            return TETAP
        foreign.cancel(foreign.ATTENDANCE, there.name)
        return DIUBAH
    if there and there.spbe_sidik == mark and there.docstatus == foreign.SUBMITTED:
        return TETAP
    if there:
        foreign.cancel(foreign.ATTENDANCE, there.name)
    foreign.submit_attendance(
        {**values, "spbe_rekap": row.name, "spbe_sidik": mark},
        there.name if there and there.docstatus == foreign.SUBMITTED else None,
    )
    return DIUBAH if there else DIBUAT


def beside(row: Any, there: Any, wanted: mapping.Attendance | None, mark: str) -> str:
    """HRMS has one of its own: made for a Leave Application it is taken over if it says the same, anything else is told."""
    if wanted and there.leave_application and there.status == wanted.status:
        foreign.adopt_attendance(there.name, row.name, mark)
        return TETAP
    if not wanted:
        return TETAP
    what = _("HRMS has its own Attendance “{0}” for {1}; ours would be “{2}”. Cancel theirs, then try again.")
    day = frappe.utils.formatdate(row.tanggal)
    title = frappe.db.get_value("Pegawai", row.pegawai, "nama")
    told = what.format(there.status, day, wanted.status)
    notes.conflict(DAY, row.name, title, told, (foreign.ATTENDANCE, there.name))
    return KONFLIK


def attendance_values(
    row: Any, employee: Any, wanted: mapping.Attendance, leave_type: str | None
) -> dict[str, Any]:
    hours = 0.0
    if row.masuk and row.pulang:
        hours = round((get_datetime(row.pulang) - get_datetime(row.masuk)).total_seconds() / 3600, 2)
    return {
        "employee": employee.name,
        "company": employee.company,
        "department": employee.department,
        "attendance_date": getdate(row.tanggal),
        "status": wanted.status,
        "half_day_status": wanted.other_half or None,
        "leave_type": leave_type if wanted.permit else None,
        "in_time": whole(row.masuk),
        "out_time": whole(row.pulang),
        "working_hours": max(hours, 0.0),
        "late_entry": int(wanted.late),
        "early_exit": int(wanted.early),
    }


def whole(moment: datetime | str | None) -> datetime | None:
    return get_datetime(moment).replace(microsecond=0) if moment else None


def permit_kinds(names: Sequence[str]) -> dict[str, str]:
    rows = frappe.get_all("Ketidakhadiran", {"name": ["in", list(names)]}, ["name", "jenis"]) if names else []
    return {row.name: row.jenis for row in rows}


def titled(row: Any, employee: Any) -> str:
    return f"{foreign.values_of(employee)['nama']}, {frappe.utils.formatdate(row.tanggal)}"


def remove_orphans(settings: Settings, tally: Tally) -> None:
    """Days that are no more: the person was not in service then, after all."""
    for name in foreign.attendances_without_recap(settings.since):
        tally.attempt(DAY, name, name, lambda name=name: _cancel_orphan(name))


def _cancel_orphan(name: str) -> str:
    foreign.cancel(foreign.ATTENDANCE, name)
    return DIUBAH


def of_person(person: str, settings: Settings, tally: Tally) -> None:
    """All of somebody who was linked only now: the cursor has passed them."""
    for part, doctype, fields, show in PARTS:
        if part in settings.parts:
            filters = {"pegawai": person, "tanggal": [">=", settings.since]}
            show(frappe.get_all(doctype, filters, fields), settings, tally)


PARTS: tuple[tuple[str, str, Sequence[str], Callable[[Sequence[Any], Settings, Tally], None]], ...] = (
    ("kirim_absensi", PUNCH, PUNCH_FIELDS, show_punches),
    ("kirim_rekap", DAY, DAY_FIELDS, show_days),
)
