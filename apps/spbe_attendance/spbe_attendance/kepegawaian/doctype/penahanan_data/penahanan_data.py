from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.privasi import holds
from spbe_attendance.privasi.errors import PenahananTidakDapatDiubah, PenahananTidakSah

LIFTING = {"status", "dicabut_oleh", "dicabut_pada", "alasan_cabut"}


class PenahananData(KeptRecord):
    """A hold on photos and positions: set and lifted by BKPSDM, changed by nobody."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kepegawaian.doctype.penahanan_data_orang.penahanan_data_orang import (
            PenahananDataOrang,
        )

        alasan: DF.SmallText
        alasan_cabut: DF.SmallText | None
        berlaku_sampai: DF.Date | None
        dari: DF.Date | None
        dasar: DF.Data | None
        dicabut_oleh: DF.Link | None
        dicabut_pada: DF.Datetime | None
        ditetapkan_oleh: DF.Link | None
        ditetapkan_pada: DF.Datetime | None
        opd: DF.Link | None
        orang: DF.Table[PenahananDataOrang]
        sampai: DF.Date | None
        status: DF.Literal["Berlaku", "Dicabut"]
        sudah_dihapus: DF.SmallText | None
    # end: auto-generated types

    def before_insert(self) -> None:
        self.status = holds.IN_FORCE
        self.ditetapkan_oleh, self.ditetapkan_pada = frappe.session.user, now_datetime()
        self.update(dict.fromkeys(("dicabut_oleh", "dicabut_pada", "alasan_cabut", "sudah_dihapus")))

    def validate(self) -> None:
        if not self.is_new():
            self.refuse_changes()
            return
        if not (self.alasan or "").strip():
            frappe.throw(_("Say why this is held."), PenahananTidakSah)
        if self.dari and self.sampai and getdate(self.dari) > getdate(self.sampai):
            frappe.throw(_("The first day of the records is after the last one."), PenahananTidakSah)
        if self.berlaku_sampai and getdate(self.berlaku_sampai) < getdate():
            frappe.throw(_("The hold would be over before it begins: choose a later day."), PenahananTidakSah)

    def after_insert(self) -> None:
        """After the row is there: a removal that is at work has ended its batch by now, and the next one sees this hold."""
        holds.note_removed(self.name)
        frappe.enqueue(holds.note_removed, queue="short", enqueue_after_commit=True, name=self.name)

    def refuse_changes(self) -> None:
        before = self.get_doc_before_save()
        same = [row.pegawai for row in before.orang] == [row.pegawai for row in self.orang]
        changed = {
            field.fieldname
            for field in self.meta.fields
            if field.fieldtype != "Table"
            and str(self.get(field.fieldname) or "") != str(before.get(field.fieldname) or "")
        }
        if self.flags.lifting and same and changed <= LIFTING:
            return
        frappe.throw(*self.why_kept())

    @frappe.whitelist(methods=["POST"])
    def cabut(self, alasan: str) -> None:
        """Lift the hold, with the reason; what it held is removed with the next run. For whoever may write it."""
        self.check_permission("write")
        if self.status != holds.IN_FORCE:
            frappe.throw(_("This hold has been lifted already."), PenahananTidakDapatDiubah)
        if not alasan.strip():
            frappe.throw(_("Say why the hold is lifted."), PenahananTidakSah)
        self.reload()
        self.status, self.alasan_cabut = holds.LIFTED, alasan.strip()
        self.dicabut_oleh, self.dicabut_pada = frappe.session.user, now_datetime()
        self.flags.lifting = True
        self.save()

    def why_kept(self) -> tuple[str, type[Exception]]:
        return (
            _("A hold stays as it was set: lift it with its reason, and set another one."),
            PenahananTidakDapatDiubah,
        )
