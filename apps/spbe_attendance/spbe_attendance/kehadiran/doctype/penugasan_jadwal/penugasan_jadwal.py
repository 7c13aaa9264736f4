from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from spbe_attendance.exceptions import JadwalBertumpuk
from spbe_attendance.kehadiran.jadwal import reach
from spbe_attendance.plain_values import PlainValues

PEGAWAI, OPD, SEMUA = "Pegawai", "OPD", "Semua"
EFFECT = ("berlaku_untuk", "pegawai", "opd", "jadwal", "dari", "sampai")


class PenugasanJadwal(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        berlaku_untuk: DF.Literal["Pegawai", "OPD", "Semua"]
        dari: DF.Date
        dasar: DF.Data | None
        jadwal: DF.Link
        opd: DF.Link | None
        pegawai: DF.Link | None
        sampai: DF.Date | None
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_target()
        self.validate_dates()
        self.validate_schedule()
        self.validate_overlap()

    def validate_target(self) -> None:
        if self.berlaku_untuk == PEGAWAI:
            if not self.pegawai:
                frappe.throw(_("Choose the person this assignment is for."))
            self.opd = frappe.db.get_value("Pegawai", self.pegawai, "opd")
        else:
            self.pegawai = None
            if self.berlaku_untuk == OPD and not self.opd:
                frappe.throw(_("Choose the OPD this assignment is for."))
            if self.berlaku_untuk == SEMUA:
                self.opd = None

    def validate_dates(self) -> None:
        if self.sampai and getdate(self.sampai) < getdate(self.dari):
            frappe.throw(_("The assignment ends before it begins: correct the dates."))

    def validate_schedule(self) -> None:
        if self.is_new() and not frappe.db.get_value("Jadwal Kerja", self.jadwal, "aktif"):
            frappe.throw(_("{0} is not active: choose another schedule.").format(self.jadwal))

    def validate_overlap(self) -> None:
        other = self.overlapping()
        if other:
            until = formatdate(other.sampai) if other.sampai else _("until further notice")
            link = frappe.utils.get_link_to_form(self.doctype, other.name, other.jadwal)
            frappe.throw(
                _(
                    "These days have a schedule already: {0} from {1} to {2}. End that assignment first."
                ).format(link, formatdate(other.dari), until),
                JadwalBertumpuk,
                title=_("Overlapping assignment"),
            )

    def overlapping(self) -> frappe._dict | None:
        """Another row for the same target on one of these days; locked, so that two savers cannot both pass."""
        row = frappe.qb.DocType(self.doctype)
        query = (
            frappe.qb.from_(row)
            .select(row.name, row.jadwal, row.dari, row.sampai)
            .where((row.berlaku_untuk == self.berlaku_untuk) & (row.name != (self.name or "")))
            .where(row.sampai.isnull() | (row.sampai >= getdate(self.dari)))
            .for_update()
        )
        if self.sampai:
            query = query.where(row.dari <= getdate(self.sampai))
        if self.berlaku_untuk == PEGAWAI:
            query = query.where(row.pegawai == self.pegawai)
        elif self.berlaku_untuk == OPD:
            query = query.where(row.opd == self.opd)
        found = query.limit(1).run(as_dict=True)
        return found[0] if found else None

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and effect(before) == effect(self):
            return
        why = _("Assignment of {0} changed").format(self.jadwal)
        if before:
            reach.mark_assignment(before.as_dict(), why)
        reach.mark_assignment(self.as_dict(), why)

    def on_trash(self) -> None:
        reach.mark_assignment(self.as_dict(), _("Assignment of {0} removed").format(self.jadwal))


def effect(doc: PenugasanJadwal) -> tuple[str, ...]:
    return tuple(str(doc.get(field) or "") for field in EFFECT)
