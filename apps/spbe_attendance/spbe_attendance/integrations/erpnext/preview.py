"""What each step would do; nothing is written."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import foreign, holidays, leave, people, presence, units
from spbe_attendance.integrations.erpnext.settings import Settings
from spbe_attendance.integrations.erpnext.tally import DIBUAT, DILEWATI, TETAP, Tally

BATCH = 500


def units_(settings: Settings, tally: Tally) -> None:
    units.sync(settings, tally, dry=True)


def holidays_(settings: Settings, tally: Tally) -> None:
    if "kirim_libur" not in settings.parts:
        return
    rows = frappe.get_all("Pegawai", {"status": people.AKTIF}, ["name", "opd"], as_list=True)
    year = getdate().year
    holidays.sync({year: set(holidays.patterns(list(rows), year).values())}, tally, dry=True)


def people_(settings: Settings, tally: Tally) -> None:
    names = frappe.get_all("Pegawai", pluck="name", order_by="name")
    for begin in range(0, len(names), BATCH):
        people.sync(names[begin : begin + BATCH], settings, tally, dry=True)


def nothing(_settings: Settings, _tally: Tally) -> None:
    """Superiors are set in a second walk over the same persons."""


def leave_(settings: Settings, tally: Tally) -> None:
    if "kirim_cuti" not in settings.parts:
        return
    kinds = frappe.get_all("Ketidakhadiran", {"name": ["in", leave.permits(settings)]}, ["name", "jenis"])
    for row in kinds:
        if row.jenis not in settings.leave_types:
            tally.add(DILEWATI, _("No Leave Type is chosen for {0}.").format(row.jenis))
        else:
            tally.add(TETAP if foreign.leaves_of(row.name) else DIBUAT)


def punches(settings: Settings, tally: Tally) -> None:
    filters = {
        "tanggal": [">=", settings.since],
        "jenis": ["in", ("Masuk", "Pulang")],
        "status": ["in", presence.COUNTED],
    }
    _rows("kirim_absensi", presence.PUNCH, filters, foreign.CHECKIN, "spbe_absensi", settings, tally)


def days(settings: Settings, tally: Tally) -> None:
    filters = {"tanggal": [">=", settings.since], "hari_kerja": 1, "sementara": 0}
    _rows("kirim_rekap", presence.DAY, filters, foreign.ATTENDANCE, "spbe_rekap", settings, tally)


def _rows(
    part: str, doctype: str, filters: dict, theirs: str, mark: str, settings: Settings, tally: Tally
) -> None:
    """By number only: hundreds of thousands of rows are compared when it is done."""
    if part not in settings.parts:
        return
    there = frappe.db.count(theirs, {mark: ["is", "set"], "docstatus": ["!=", foreign.CANCELLED]})
    ours = frappe.db.count(doctype, filters)
    tally.counts[TETAP] += min(there, ours)
    tally.counts[DIBUAT] += max(ours - there, 0)
