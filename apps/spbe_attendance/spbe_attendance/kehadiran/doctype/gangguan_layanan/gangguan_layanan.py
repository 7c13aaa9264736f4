from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime

from spbe_attendance.exceptions import GangguanBerlaku, GangguanTidakSah, KeputusanGangguanTidakSah
from spbe_attendance.kehadiran.gangguan import cover, effects

STEPS = {
    (None, cover.PROPOSED),
    (cover.PROPOSED, cover.IN_FORCE),
    (cover.PROPOSED, cover.REJECTED),
    (cover.IN_FORCE, cover.REJECTED),
}


class GangguanLayanan(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.gangguan_layanan_lokasi.gangguan_layanan_lokasi import (
            GangguanLayananLokasi,
        )
        from spbe_attendance.kehadiran.doctype.gangguan_layanan_opd.gangguan_layanan_opd import (
            GangguanLayananOPD,
        )

        bukti: DF.SmallText | None
        catatan: DF.SmallText | None
        dari: DF.Datetime
        dasar: DF.Data | None
        diusulkan_oleh: DF.Literal["Manusia", "Sistem"]
        kunci_lanjutan: DF.SmallText | None
        kunci_usulan: DF.Data | None
        lampiran: DF.Attach | None
        lokasi: DF.Table[GangguanLayananLokasi]
        opd: DF.Table[GangguanLayananOPD]
        perlakuan: DF.Literal["Dianggap Tepat Waktu", "Dianggap Hadir", "Perpanjang Batas"]
        perpanjang_sampai: DF.Datetime | None
        sampai: DF.Datetime
        sebab: DF.Literal["Server", "Jaringan", "Listrik", "Bencana", "Lainnya"]
        semua_lokasi: DF.Check
        status: DF.Literal["Usulan", "Berlaku", "Ditolak"]
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_times()
        self.validate_coverage()
        self.validate_treatment()
        self.validate_step()
        self.keep_origin()

    def on_update(self) -> None:
        effects.follow(self.get_doc_before_save(), self)

    def on_trash(self) -> None:
        if self.status == cover.IN_FORCE:
            frappe.throw(
                _("An outage in force is not deleted: withdraw it with a reason, its history stays."),
                GangguanBerlaku,
            )

    def validate_times(self) -> None:
        if get_datetime(self.sampai) <= get_datetime(self.dari):
            frappe.throw(_("The outage ends before it begins: correct the times."), GangguanTidakSah)

    def validate_coverage(self) -> None:
        if self.semua_lokasi:
            self.opd, self.lokasi = [], []
            return
        for table, field in (("opd", "opd"), ("lokasi", "lokasi")):
            rows = {row.get(field): row for row in reversed(self.get(table))}
            self.set(table, list(reversed(rows.values())))
        if not self.opd and not self.lokasi:
            frappe.throw(
                _("Nobody is covered: add places or OPD, or mark the outage for all places."),
                GangguanTidakSah,
            )

    def validate_treatment(self) -> None:
        if self.perlakuan != cover.EXTENDED:
            self.perpanjang_sampai = None
        elif not self.perpanjang_sampai or get_datetime(self.perpanjang_sampai) <= get_datetime(self.dari):
            frappe.throw(
                _("Say until when the limit is extended, later than the beginning of the outage."),
                GangguanTidakSah,
            )

    def validate_step(self) -> None:
        before = self.get_doc_before_save()
        old = before.status if before else None
        if old == self.status:
            if old == cover.REJECTED and effects.weight(before) != effects.weight(self):
                frappe.throw(
                    _("A rejected outage is not changed any more: record a new one."),
                    KeputusanGangguanTidakSah,
                )
        elif (old, self.status) not in STEPS:
            frappe.throw(
                _("An outage goes from {0} to {1} by no step: propose, then confirm or reject.").format(
                    _(old or "New"), _(self.status)
                ),
                KeputusanGangguanTidakSah,
            )
        if self.status == cover.IN_FORCE and not (self.dasar or "").strip():
            frappe.throw(
                _("Enter the number of the decree or circular before it takes effect."),
                KeputusanGangguanTidakSah,
            )
        if self.status == cover.REJECTED and not (self.catatan or "").strip():
            frappe.throw(_("Say why it is rejected or withdrawn."), KeputusanGangguanTidakSah)

    def keep_origin(self) -> None:
        """Who proposed it is a fact; a form or script cannot pass its own row off as the system's figures."""
        before: Any = self.get_doc_before_save()
        if before:
            fields = ("diusulkan_oleh", "kunci_usulan")
            self.update({field: before.get(field) for field in fields})
        elif not self.flags.from_system:
            self.update({"diusulkan_oleh": "Manusia", "kunci_usulan": None, "kunci_lanjutan": None})
        self.semua_lokasi = cint(self.semua_lokasi)
