from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime

from spbe_attendance.exceptions import PutusanTanpaCatatan, TinjauanSendiri
from spbe_attendance.kehadiran.pemberitahuan import reviews
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.kehadiran.tinjauan import decisions, view
from spbe_attendance.record_language import record_language

WAJAR, TIDAK_SAH, MENUNGGU = "Wajar", "Tidak Sah", "Menunggu"


class TinjauanAbsensi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.isyarat_tinjauan.isyarat_tinjauan import IsyaratTinjauan
        from spbe_attendance.kehadiran.doctype.putusan_tinjauan.putusan_tinjauan import PutusanTinjauan

        absensi: DF.Link
        catatan: DF.SmallText | None
        diputuskan_oleh: DF.Link | None
        diputuskan_pada: DF.Datetime | None
        isyarat: DF.Table[IsyaratTinjauan]
        isyarat_utama: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link | None
        riwayat: DF.Table[PutusanTinjauan]
        skor: DF.Int
        status: DF.Literal["Menunggu", "Perlu Klarifikasi", "Wajar", "Tidak Sah"]
        tanggal: DF.Date | None
    # end: auto-generated types

    def validate(self) -> None:
        before = self.get_doc_before_save()
        if before and not self.flags.scanning:
            self.keep_findings(before)
        if before and before.status != self.status and not self.flags.scanning:
            self.decide()

    def validate_workflow(self) -> None:
        # No person's step leads back to the beginning: only more findings do.
        if not self.flags.scanning:
            super().validate_workflow()

    def keep_findings(self, before: Document) -> None:
        """Only the note and, by the workflow, the status are anybody's to change."""
        for field in ("absensi", "pegawai", "opd", "tanggal", "skor", "isyarat", "isyarat_utama", "riwayat"):
            self.set(field, before.get(field))

    def decide(self) -> None:
        if frappe.db.get_value("Pegawai", self.pegawai, "user") == frappe.session.user:
            frappe.throw(
                _("Nobody decides on an own exception: the next higher head or BKPSDM does."), TinjauanSendiri
            )
        if self.status != WAJAR and len((self.catatan or "").strip()) < 5:
            frappe.throw(_("Write a note first: the person reads why."), PutusanTanpaCatatan)
        self.diputuskan_oleh, self.diputuskan_pada = frappe.session.user, now_datetime()
        decisions.record(self)

    @record_language()
    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and before.status != self.status and TIDAK_SAH in (before.status, self.status):
            # What is declared void counts no more, or again; the punch itself stays as it is.
            day = getdate(self.tanggal)
            affected.mark([self.pegawai], None, add_days(day, -1), day, _("A punch was decided on"))
        if before and before.status != self.status:
            reviews.follow(self)

    @frappe.whitelist(methods=["GET", "POST"])
    def bahan(self) -> dict[str, Any]:
        """For the form: {absensi: this punch and those it is seen beside, tersembunyi: n}, see view.punches. Raises PermissionError."""
        # As it is stored: what a form sends is anybody's to write.
        stored = frappe.get_doc(self.doctype, self.name)
        stored.check_permission("read")
        return view.punches(stored)


def on_doctype_update() -> None:
    frappe.db.add_index("Tinjauan Absensi", ["tanggal"])
