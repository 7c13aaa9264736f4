from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.jadwal import import_job, imports
from spbe_attendance.lembar import files
from spbe_attendance.lembar.job import AT_WORK
from spbe_attendance.plain_values import PlainValues

SERVER = (
    "status", "tugas", "jumlah_pegawai", "jumlah_berubah", "diimpor_pada", "sidik_berkas", "ringkasan", "sebelumnya", "galat"
)  # fmt: skip


class ImporRoster(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.impor_roster_galat.impor_roster_galat import ImporRosterGalat

        berkas: DF.Attach | None
        bulan: DF.Data
        diimpor_pada: DF.Datetime | None
        galat: DF.Table[ImporRosterGalat]
        jumlah_berubah: DF.Int
        jumlah_pegawai: DF.Int
        opd: DF.Link
        ringkasan: DF.SmallText | None
        sebelumnya: DF.LongText | None
        sidik_berkas: DF.Data | None
        status: DF.Literal["Baru", "Antre", "Berjalan", "Diperiksa", "Diimpor", "Gagal", "Dibatalkan"]
        tugas: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        imports.month_of(self.bulan)
        self.keep_results()
        files.require_own(self)

    def keep_results(self) -> None:
        """Results come from check and import alone; another file needs another check."""
        if self.flags.by_import:
            return
        before = self.get_doc_before_save()
        if before is None:
            self.update({**dict.fromkeys(SERVER), "status": imports.BARU, "galat": []})
            return
        if before.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
        if before.status == imports.DIIMPOR and self.berkas != before.berkas:
            frappe.throw(
                _("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak
            )
        for field in SERVER:
            self.set(field, before.get(field))
        if self.berkas != before.berkas:
            self.status, self.ringkasan, self.galat = imports.BARU, None, []

    def on_update(self) -> None:
        if self.berkas:
            files.take(self)
            files.keep_private(self)

    def on_trash(self) -> None:
        if self.status == imports.DIIMPOR:
            frappe.throw(_("Undo this import before deleting it."), ImporDitolak)
        if self.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)

    # What the browser sends of the document is not trusted: each step works on the stored one, in the background.
    @frappe.whitelist(methods=["POST"])
    def periksa(self) -> dict[str, str]:
        """Have the sheet checked: {status: Antre}. Writes no roster; the document then says Diperiksa or Gagal."""
        return import_job.start(self.stored(), "periksa")

    @frappe.whitelist(methods=["POST"])
    def impor(self) -> dict[str, str]:
        """Have it checked and all of it written, or nothing: {status: Antre}, then Diimpor or Gagal."""
        return import_job.start(self.stored(), "impor")

    @frappe.whitelist(methods=["POST"])
    def batalkan(self) -> dict[str, str]:
        """Have put back what stood before the import: {status: Antre}, then Dibatalkan, or Diimpor with the reason why not."""
        return import_job.start(self.stored(), "batalkan")

    def stored(self) -> ImporRoster:
        doc = frappe.get_doc("Impor Roster", self.name, for_update=True)
        doc.check_permission("write")
        return doc
