from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.lokasi import import_job, imports
from spbe_attendance.lembar import files
from spbe_attendance.lembar.document import SheetDocument
from spbe_attendance.lembar.job import SheetJob

ASKED = ("berkas", "opd", "radius_bawaan", "tukar_koordinat")


class ImporLokasi(SheetDocument):
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

    SERVER = (
        "status", "tugas", "nama_berkas", "jumlah", "jumlah_baru", "jumlah_sama", "jumlah_masalah", "diimpor_pada", "sidik_berkas",
        "ringkasan", "baris",
    )  # fmt: skip
    TABLES = ("baris",)

    def sheet_job(self) -> SheetJob:
        return import_job.JOB

    def validate(self) -> None:
        if not 1 <= frappe.utils.flt(self.radius_bawaan) <= 5000:
            frappe.throw(_("The radius must lie between {0} and {1} metres.").format(1, 5000), ImporDitolak)
        if not self.flags.by_import:
            self.keep_choices()
        files.require_own(self)

    def asked(self) -> list[object]:
        return [self.get(field) for field in ASKED]

    def keep_choices(self) -> None:
        """Of the rows a person chooses the OPD and what is skipped; another file has other rows."""
        chosen = {row.name: (row.opd, row.lewati) for row in self.baris}
        before = self.keep_results()
        if before is None:
            return
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
