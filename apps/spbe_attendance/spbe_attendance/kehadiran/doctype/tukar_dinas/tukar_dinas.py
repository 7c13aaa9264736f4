from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance import realtime
from spbe_attendance.exceptions import PersetujuanSendiri, TukarTidakDapatDiubah
from spbe_attendance.kehadiran.jadwal import swap
from spbe_attendance.plain_values import refuse_structures

SERVER = ("status", "shift_pemohon", "shift_rekan", "ditukar_pada")
# What was asked for; a decision changes the status alone.
ASKED = ("pemohon", "tanggal", "rekan", "tanggal_rekan", "alasan", "opd", "shift_pemohon", "shift_rekan")


class TukarDinas(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan: DF.SmallText
        ditukar_pada: DF.Datetime | None
        opd: DF.Link
        pemohon: DF.Link
        rekan: DF.Link
        shift_pemohon: DF.Data | None
        shift_rekan: DF.Data | None
        status: DF.Literal["Diajukan", "Disetujui Rekan", "Disetujui", "Ditolak"]
        tanggal: DF.Date
        tanggal_rekan: DF.Date
    # end: auto-generated types

    def insert(self, *args: object, **kwargs: object) -> TukarDinas:
        self.doctype = "Tukar Dinas"
        refuse_structures(self)
        fresh = {"name": None, "__newname": None, "owner": None, "creation": None, "docstatus": 0}
        self.update({**fresh, **dict.fromkeys(SERVER), "status": swap.DIAJUKAN})
        # Permissions are checked by unit and person before anything else.
        self.opd = frappe.db.get_value("Pegawai", self.pemohon, "opd") if self.pemohon else None
        return super().insert(*args, **kwargs)

    def before_insert(self) -> None:
        swap.file(self)

    def validate(self) -> None:
        if self.is_new():
            return
        self.refuse_changes()
        self.refuse_wrong_hands()

    def refuse_changes(self) -> None:
        before = self.get_doc_before_save()
        if any(str(self.get(field) or "") != str(before.get(field) or "") for field in ASKED):
            frappe.throw(
                _("What was asked for cannot be changed: reject this exchange and ask again."),
                TukarTidakDapatDiubah,
            )
        self.ditukar_pada = before.ditukar_pada

    def refuse_wrong_hands(self) -> None:
        """The workflow shows each step to its role; here it is held whom of that role it may be."""
        before = self.get_doc_before_save()
        if before.status == self.status:
            return
        users = {who: frappe.db.get_value("Pegawai", self.get(who), "user") for who in ("pemohon", "rekan")}
        me = frappe.session.user
        if before.status == swap.DIAJUKAN and self.status == swap.DISETUJUI_REKAN and me != users["rekan"]:
            frappe.throw(_("Only the colleague who is asked can agree."), PersetujuanSendiri)
        if self.status == swap.DISETUJUI:
            if me in users.values():
                frappe.throw(
                    _("Nobody decides on an own exchange: the next higher head or BKPSDM does."),
                    PersetujuanSendiri,
                )
            swap.exchange(self)

    def before_rename(self, *_args: object) -> None:
        self.refuse_removal()

    def on_trash(self) -> None:
        self.refuse_removal()

    def refuse_removal(self) -> None:
        if frappe.session.user != "Administrator":
            frappe.throw(_("An exchange is kept with its history: reject it instead."), TukarTidakDapatDiubah)

    def notify_update(self) -> None:
        if not self.flags.in_insert:
            realtime.publish_changed(self)
