from __future__ import annotations

from spbe_attendance.kehadiran.jadwal import import_job, imports
from spbe_attendance.lembar import files
from spbe_attendance.lembar.document import SheetDocument
from spbe_attendance.lembar.job import SheetJob


class ImporRoster(SheetDocument):
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

    SERVER = (
        "status", "tugas", "jumlah_pegawai", "jumlah_berubah", "diimpor_pada", "sidik_berkas", "ringkasan", "sebelumnya", "galat"
    )  # fmt: skip
    TABLES = ("galat",)

    def sheet_job(self) -> SheetJob:
        return import_job.JOB

    def validate(self) -> None:
        imports.month_of(self.bulan)
        if not self.flags.by_import:
            self.keep_findings()
        files.require_own(self)

    def keep_findings(self) -> None:
        """Another file needs another check."""
        before = self.keep_results()
        if before and self.berkas != before.berkas:
            self.status, self.ringkasan, self.galat = imports.BARU, None, []
