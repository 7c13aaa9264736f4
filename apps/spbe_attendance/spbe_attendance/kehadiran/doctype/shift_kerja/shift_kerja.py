from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint

from spbe_attendance.kehadiran.jadwal import hours, reach
from spbe_attendance.plain_values import PlainValues
from spbe_attendance.worktime.errors import BrokenSchedule

OFF = ("L", "LEPAS", "OFF", "-")


class ShiftKerja(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        istirahat_menit: DF.Int
        kode: DF.Data
        masuk_sebelum_menit: DF.Int
        masuk_sesudah_menit: DF.Int
        mulai: DF.Time
        nama_shift: DF.Data
        pulang_sebelum_menit: DF.Int
        pulang_sesudah_menit: DF.Int
        selesai: DF.Time
        selesai_hari_berikut: DF.Check
        toleransi_menit: DF.Int
    # end: auto-generated types

    def autoname(self) -> None:
        """Codes are compared without regard to case, as people type them in sheets."""
        self.kode = (self.kode or "").strip().upper()

    def validate(self) -> None:
        self.validate_code()
        self.validate_hours()

    def validate_code(self) -> None:
        if self.kode in OFF:
            frappe.throw(_("{0} means off duty in roster sheets: choose another code.").format(self.kode))

    def validate_hours(self) -> None:
        try:
            hours.shift_hours(self.as_dict())
        except BrokenSchedule as error:
            night = error.code == "end_before_start"
            hours.refuse(
                error, cure=_("A shift over midnight ends on the next day: say so.") if night else ""
            )

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and effect(before) != effect(self):
            reach.mark_shift(self.kode, _("Shift {0} changed").format(self.kode))


def effect(doc: ShiftKerja) -> tuple[object, ...]:
    times = ("mulai", "selesai")
    return tuple(
        hours.clock(doc.get(field)) if field in times else cint(doc.get(field))
        for field in hours.SHIFT_FIELDS
    )
