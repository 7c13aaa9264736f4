from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.lokasi import import_job, imports
from spbe_attendance.lembar import files
from spbe_attendance.lembar.job import AT_WORK
from spbe_attendance.plain_values import PlainValues

SERVER = (
    "status", "tugas", "nama_berkas", "jumlah", "jumlah_baru", "jumlah_sama", "jumlah_masalah", "diimpor_pada", "sidik_berkas",
    "ringkasan", "baris",
)  # fmt: skip
ASKED = ("berkas", "opd", "radius_bawaan", "tukar_koordinat")


class ImporLokasi(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.impor_lokasi_baris.impor_lokasi_baris import ImporLokasiBaris

        baris: DF.Table[ImporLokasiBaris]
        berkas: DF.Attach | None
        diimpor_pada: DF.Datetime | None
        jumlah: DF.Int
        jumlah_baru: DF.Int
        jumlah_masalah: DF.Int
        jumlah_sama: DF.Int
        nama_berkas: DF.Data | None
        opd: DF.Link | None
        radius_bawaan: DF.Float
        ringkasan: DF.SmallText | None
        sidik_berkas: DF.Data | None
        status: DF.Literal["Baru", "Antre", "Berjalan", "Diperiksa", "Diimpor", "Gagal", "Dibatalkan"]
        tugas: DF.Data | None
        tukar_koordinat: DF.Check
    # end: auto-generated types

    def validate(self) -> None:
        if not 1 <= frappe.utils.flt(self.radius_bawaan) <= 5000:
            frappe.throw(_("The radius must lie between {0} and {1} metres.").format(1, 5000), ImporDitolak)
        if not self.flags.by_import:
            self.keep_results()
        files.require_own(self)

    def keep_results(self) -> None:
        """Results come from check and import alone; of the rows a person chooses the OPD and what is skipped."""
        before = self.get_doc_before_save()
        if before is None:
            self.update({**dict.fromkeys(SERVER), "status": imports.BARU, "baris": []})
            return
        if before.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
        changed = any(self.get(field) != before.get(field) for field in ASKED)
        if before.status == imports.DIIMPOR and changed:
            frappe.throw(
                _("This file is imported already. Undo it first, or make a new import."), ImporDitolak
            )
        chosen = {row.name: (row.opd, row.lewati) for row in self.baris}
        for field in SERVER:
            self.set(field, before.get(field))
        if self.berkas != before.berkas:
            self.update({"status": imports.BARU, "ringkasan": None, "baris": [], "nama_berkas": None})
        elif before.status != imports.DIIMPOR:
            self.choose(chosen)

    def choose(self, chosen: dict[str, tuple[str | None, int]]) -> None:
        for row in self.baris:
            opd, skipped = chosen.get(row.name, (row.opd, row.lewati))
            if opd != row.opd:
                row.opd = row.opd_dipilih = opd
            row.lewati = frappe.utils.cint(skipped)

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
        """Have the file checked: {status: Antre}. Makes no place; the document then says Diperiksa or Gagal."""
        return import_job.start(self.stored(), "periksa")

    @frappe.whitelist(methods=["POST"])
    def impor(self) -> dict[str, str]:
        """Have it checked and its new places made: {status: Antre}, then Diimpor or Gagal."""
        return import_job.start(self.stored(), "impor")

    @frappe.whitelist(methods=["POST"])
    def batalkan(self) -> dict[str, str]:
        """Have the places that it made taken back: {status: Antre}, then Dibatalkan, or Diimpor with the reason why not."""
        return import_job.start(self.stored(), "batalkan")

    def stored(self) -> ImporLokasi:
        doc = frappe.get_doc("Impor Lokasi", self.name, for_update=True)
        doc.check_permission("write")
        return doc
