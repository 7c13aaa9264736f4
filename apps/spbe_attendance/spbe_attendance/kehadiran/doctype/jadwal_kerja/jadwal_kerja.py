from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import flt

from spbe_attendance.kehadiran.jadwal import hours, reach, source
from spbe_attendance.plain_values import PlainValues
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.schedule import Week, week_minutes

MINGGUAN = "Mingguan"
TIMES = [field for field in hours.DAY_FIELDS if field not in ("hari", "varian")]
EFFECT = ("jenis", "dasar", "toleransi_menit", "toleransi_diganti")


class JadwalKerja(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.jadwal_kerja_hari.jadwal_kerja_hari import JadwalKerjaHari

        aktif: DF.Check
        dasar: DF.Data | None
        hari: DF.Table[JadwalKerjaHari]
        jam_per_minggu: DF.Float
        jam_per_minggu_ramadan: DF.Float
        jenis: DF.Literal["Mingguan", "Shift"]
        nama_jadwal: DF.Data
        templat: DF.Check
        toleransi_diganti: DF.Check
        toleransi_menit: DF.Int
    # end: auto-generated types

    def _set_defaults(self) -> None:
        """Frappe fills empty times of new rows with the present time; here an empty time has a meaning."""
        empty = [(row, field) for row in self.hari for field in TIMES if not row.get(field)]
        super()._set_defaults()
        for row, field in empty:
            row.set(field, None)

    def validate(self) -> None:
        self.validate_days()
        self.validate_hours()
        self.warn_of_week()

    def validate_days(self) -> None:
        if self.jenis != MINGGUAN:
            self.set("hari", [])
            return
        seen: set[tuple[str, str]] = set()
        for row in self.hari:
            key = (row.hari, row.varian)
            if key in seen:
                frappe.throw(
                    _("Row {0}: {1} ({2}) stands twice. Keep one.").format(row.idx, row.hari, row.varian)
                )
            seen.add(key)
            if bool(row.istirahat_mulai) != bool(row.istirahat_selesai):
                frappe.throw(_("Row {0}: a rest needs its start and its end.").format(row.idx))
        if not any(varian == hours.BIASA for _day, varian in seen):
            frappe.throw(_("A weekly schedule needs the hours of at least one day."))

    def validate_hours(self) -> None:
        for row in self.hari:
            try:
                hours.weekday_hours(
                    row,
                    key=self.name or "",
                    grace=self.toleransi_menit or 0,
                    payback=bool(self.toleransi_diganti),
                )
            except BrokenSchedule as error:
                hours.refuse(error, _("Row {0} ({1}):").format(row.idx, row.hari))

    def warn_of_week(self) -> None:
        """A circular may differ from the law's sum, so nothing is refused."""
        pattern = source.as_pattern(self, self.hari)
        if self.jenis != MINGGUAN or pattern is None:
            return
        warn(_("Normal"), pattern.week, flt(self.jam_per_minggu))
        if pattern.ramadan:
            warn(hours.RAMADAN, pattern.ramadan, flt(self.jam_per_minggu_ramadan))

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and effect(before) != effect(self):
            reach.mark_pattern(self.name, _("Schedule {0} changed").format(self.name))


def warn(label: str, week: Week, target: float) -> None:
    found = week_minutes(week) / 60
    if target and round(found * 60) != round(target * 60):
        frappe.msgprint(
            _(
                "{0}: the week has {1} hours without rests, {2} are expected. Compare with the circular."
            ).format(label, number(found), number(target)),
            title=_("Check the weekly hours"),
            indicator="orange",
        )


def number(value: float) -> str:
    """37,5: at most two decimals, Indonesian comma."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def effect(doc: JadwalKerja) -> tuple[object, ...]:
    """What days are computed from, comparable between form and database."""
    head = tuple(str(doc.get(field) or "") for field in EFFECT)
    rows = [
        (row.hari, row.varian, *(str(hours.clock(row.get(field)) or "") for field in TIMES))
        for row in doc.hari
    ]
    return head, sorted(rows)
