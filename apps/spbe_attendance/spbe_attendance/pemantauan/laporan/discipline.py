"""Disiplin PP 94: days without reason of every PNS in a year, and the thresholds they reached. Drafts; nothing is imposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.pemantauan.disiplin import counts
from spbe_attendance.pemantauan.laporan import people
from spbe_attendance.pemantauan.laporan.scope import of_year
from spbe_attendance.pemantauan.laporan.table import CODE, NUMBER, Column, Part, Row, Table
from spbe_attendance.worktime.discipline import DisciplineCount

SWITCH = "tampilkan_hitungan_jam"


def build(filters: Mapping[str, Any]) -> Table:
    """Filters tahun, opd. Four statements. Raises LaporanDitolak, PermissionError."""
    scope = of_year(filters)
    with_hours = bool(frappe.db.get_single_value("Pengaturan Absensi", SWITCH))
    found = counts.read(scope, with_minutes=with_hours)
    ranked = sorted(
        found, key=lambda item: (-item.count.days, -item.count.longest_run, people.order(item.person))
    )
    rows = [_row(item, with_hours) | {"no": number} for number, item in enumerate(ranked, 1)]
    return Table(
        title=_("Discipline Counter PP 94/2021 (draft)"),
        period=str(scope.first.year),
        scope=scope,
        columns=columns(with_hours),
        parts=[Part(_("PNS"), rows)] if rows else [],
        notes=_notes(with_hours),
        draft=_(
            "Draft for the direct superior: a punishment needs summons and examination; nothing is imposed here."
        ),
    )


def _row(item: counts.PersonCount, with_hours: bool) -> Row:
    count, person = item.count, item.person
    row: Row = {
        "pegawai": item.pegawai,
        "nama": people.full_name(person),
        "nip": people.shown_number(person),
        "golongan": person.get("golongan") or "-",
        "jabatan": person.get("jabatan") or "-",
        "opd": person.get("opd"),
        "hari": count.days,
        "berturut": count.longest_run,
        "peringatan": _warnings(count),
        "tingkat": count.level.weight if count.level else "-",
        "ancaman": count.level.punishment if count.level else "-",
        "gaji": formatdate(count.salary_stop, "d MMMM yyyy") if count.salary_stop else "-",
    }
    if with_hours:
        row |= {"menit": count.minutes, "setara": count.equivalent_days}
    return row


def _warnings(count: DisciplineCount) -> str:
    said = []
    if count.warning:
        said.append(_("{0} days").format(count.warning))
    if count.run_warning:
        said.append(_("{0} in a row").format(count.run_warning))
    return ", ".join(said) or "-"


def _notes(with_hours: bool) -> list[str]:
    notes = [
        _(
            "Counted: whole working days without valid reason from January to December; days off do not break a row."
        ),
        _("Ten days in a row: salary stops from the following month (BKN Reg. 6/2022 Art. 12)."),
    ]
    if with_hours:
        notes.append(
            _("The 7½-hour equivalent is information only (PP 53/2010) and is not part of the days counted.")
        )
    return notes


def columns(with_hours: bool) -> list[Column]:
    found = [
        Column("no", _("No."), NUMBER, width=2, screen=False),
        Column("nama", _("Name / NIP"), width=14),
        Column("nip", "NIP", "identity", under="nama"),
        Column("golongan", _("Gr."), CODE, width=4),
        Column("jabatan", _("Position Held"), width=12),
        Column("opd", "OPD", width=7),
        Column("hari", _("Days without Reason"), NUMBER, width=6, bold=True),
        Column("berturut", _("Longest Row"), NUMBER, width=6),
        Column("peringatan", _("Warning Reached"), width=8),
        Column("tingkat", _("Weight"), width=5),
        Column("ancaman", _("Punishment Provided (draft)"), width=18),
        Column("gaji", _("Salary Stop from"), width=8),
    ]
    if with_hours:
        found += [
            Column("menit", _("Minutes Late and Early"), NUMBER, width=6),
            Column("setara", _("Equivalent Days (information)"), NUMBER, width=6),
        ]
    return found
