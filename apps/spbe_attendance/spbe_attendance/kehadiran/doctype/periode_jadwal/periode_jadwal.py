from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from spbe_attendance.exceptions import JadwalBertumpuk
from spbe_attendance.kehadiran.jadwal import reach
from spbe_attendance.plain_values import PlainValues

EFFECT = ("varian", "opd", "dari", "sampai", "dasar")


class PeriodeJadwal(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        dari: DF.Date
        dasar: DF.Data | None
        nama_periode: DF.Data
        opd: DF.Link | None
        sampai: DF.Date
        varian: DF.Literal["Ramadan"]
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_dates()
        self.validate_overlap()

    def validate_dates(self) -> None:
        if getdate(self.sampai) < getdate(self.dari):
            frappe.throw(_("The period ends before it begins: correct the dates."))

    def validate_overlap(self) -> None:
        row = frappe.qb.DocType(self.doctype)
        query = (
            frappe.qb.from_(row)
            .select(row.name, row.nama_periode, row.dari, row.sampai)
            .where((row.name != (self.name or "")) & (row.varian == self.varian))
            .where((row.dari <= getdate(self.sampai)) & (row.sampai >= getdate(self.dari)))
            .for_update()
        )
        same = row.opd == self.opd if self.opd else row.opd.isnull() | (row.opd == "")
        found = query.where(same).limit(1).run(as_dict=True)
        if found:
            other = found[0]
            link = frappe.utils.get_link_to_form(self.doctype, other.name, other.nama_periode)
            frappe.throw(
                _("These days are covered already: {0} from {1} to {2}. Change that period instead.").format(
                    link, formatdate(other.dari), formatdate(other.sampai)
                ),
                JadwalBertumpuk,
                title=_("Overlapping period"),
            )

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and effect(before) == effect(self):
            return
        for period in filter(None, (before, self)):
            self.mark(period)

    def on_trash(self) -> None:
        self.mark(self)

    @staticmethod
    def mark(period: PeriodeJadwal) -> None:
        why = _("Period {0} changed").format(period.nama_periode)
        reach.mark(None, [period.opd] if period.opd else None, period.dari, period.sampai, why)


def effect(doc: PeriodeJadwal) -> tuple[str, ...]:
    return tuple(str(doc.get(field) or "") for field in EFFECT)
