"""Approved permits as Leave Applications: one for each person, replaced when changed, cancelled when withdrawn."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import foreign, mapping
from spbe_attendance.integrations.erpnext.settings import Settings
from spbe_attendance.integrations.erpnext.tally import DIBUAT, DILEWATI, DIUBAH, TETAP
from spbe_attendance.kehadiran.permohonan.in_force import APPROVED

KIND = "Ketidakhadiran"
FIELDS = (
    "name",
    "pegawai",
    "jenis",
    "status",
    "dari",
    "sampai",
    "dipersingkat_sampai",
    "setengah_hari",
    "nomor_surat",
)


def permits(settings: Settings) -> list[str]:
    """Approved ones that the projection reaches."""
    row = frappe.qb.DocType(KIND)
    query = (
        frappe.qb.from_(row).select(row.name).where((row.status == APPROVED) & (row.sampai >= settings.since))
    )
    return [name for (name,) in query.orderby(row.name).run()]


def mapped(name: str, settings: Settings) -> bool:
    return frappe.db.get_value(KIND, name, "jenis") in settings.leave_types


def sync(name: str, settings: Settings) -> str:
    """What the permit has there follows what it is; answers what became of it. Raises what HRMS refuses with."""
    permit = frappe.db.get_value(KIND, name, FIELDS, as_dict=True)
    wanted = wished(permit, settings) if permit else {}
    have = foreign.leaves(sorted({*foreign.leaves_of(name), *wanted}))
    outcomes = {bring(key, wanted.get(key), have.get(key), settings) for key in sorted({*wanted, *have})} or {
        DILEWATI
    }
    return next(outcome for outcome in (DIBUAT, DIUBAH, TETAP, DILEWATI) if outcome in outcomes)


def wished(permit: Any, settings: Settings) -> dict[str, dict[str, Any]]:
    """By key: what should be there for each person of the permit who has an Employee. Reasons stay here: they may be medical."""
    last = getdate(permit.dipersingkat_sampai or permit.sampai)
    leave_type = settings.leave_types.get(permit.jenis)
    if permit.status != APPROVED or not leave_type or last < settings.since or last < permit.dari:
        return {}
    members = frappe.get_all("Ketidakhadiran Peserta", {"parent": permit.name}, pluck="pegawai")
    half = bool(permit.setengah_hari) and permit.dari == last
    kind = frappe.get_cached_value("Jenis Ketidakhadiran", permit.jenis, "nama_jenis")
    return {
        f"{permit.name}:{person}": {
            "employee": employee.name,
            "company": employee.company,
            "leave_type": leave_type,
            "from_date": permit.dari,
            "to_date": last,
            "half_day": int(half),
            "half_day_date": permit.dari if half else None,
            "description": " ".join(part for part in (kind, permit.nomor_surat) if part),
        }
        for person, employee in foreign.employees([permit.pegawai, *members]).items()
    }


def bring(key: str, values: dict[str, Any] | None, have: Any, settings: Settings) -> str:
    if values is None:
        foreign.cancel(foreign.LEAVE, have.name)
        return DIUBAH
    mark = mapping.fingerprint(values)
    if have and have.spbe_sidik == mark and have.docstatus == foreign.SUBMITTED:
        return TETAP
    if have:
        foreign.cancel(foreign.LEAVE, have.name)
    if "kirim_rekap" in settings.parts:
        make_room(values)
    foreign.submit_leave(
        {**values, "spbe_ketidakhadiran": key, "spbe_sidik": mark}, have.name if have else None
    )
    return DIUBAH if have else DIBUAT


def make_room(values: dict[str, Any]) -> None:
    """HRMS refuses leave on days that it has as present: what we showed of them goes, and is shown anew as it then is."""
    found = foreign.attendances(
        [values["employee"]], getdate(values["from_date"]), getdate(values["to_date"])
    )
    for row in found.values():
        if row.spbe_rekap:
            foreign.cancel(foreign.ATTENDANCE, row.name)
