from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian.impor import job, mapping, scope, store
from spbe_attendance.lembar.document import SheetDocument
from spbe_attendance.lembar.job import SheetJob

ASKED = ("berkas", "opd", "perbarui", "lembar", "baris_judul")


class ImporData(SheetDocument):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kepegawaian.doctype.impor_data_kolom.impor_data_kolom import ImporDataKolom
        from spbe_attendance.kepegawaian.doctype.impor_data_padanan.impor_data_padanan import ImporDataPadanan

        baris_judul: DF.Int
        berkas: DF.Attach | None
        buat_akun: DF.Check
        daftar_lembar: DF.SmallText | None
        diimpor_pada: DF.Datetime | None
        henti: DF.Check
        jenis: DF.Literal["Pegawai", "OPD", "OPD Lokasi"]
        jumlah_baris: DF.Int
        jumlah_baru: DF.Int
        jumlah_berubah: DF.Int
        jumlah_ditolak: DF.Int
        jumlah_peringatan: DF.Int
        jumlah_putusan: DF.Int
        jumlah_sama: DF.Int
        kolom: DF.Table[ImporDataKolom]
        lembar: DF.Literal[None]
        opd: DF.Link | None
        padanan: DF.Table[ImporDataPadanan]
        perbarui: DF.Check
        ringkasan: DF.SmallText | None
        sidik_berkas: DF.Data | None
        sidik_judul: DF.Data | None
        status: DF.Literal[
            "Baru", "Antre", "Berjalan", "Diperiksa", "Diimpor", "Terhenti", "Gagal", "Dibatalkan"
        ]
        tugas: DF.Data | None
    # end: auto-generated types

    SERVER = (
        "status", "tugas", "henti", "jumlah_baris", "jumlah_baru", "jumlah_berubah", "jumlah_sama", "jumlah_ditolak",
        "jumlah_putusan", "jumlah_peringatan", "diimpor_pada", "sidik_berkas", "sidik_judul", "daftar_lembar", "ringkasan",
    )  # fmt: skip
    TABLES = ("kolom", "padanan")
    FINISHED = ("Diimpor", "Terhenti", "Dibatalkan")

    def sheet_job(self) -> SheetJob:
        return job.JOB

    def validate(self) -> None:
        if self.flags.by_import:
            return
        scope.require(self)
        before = self.keep_results()
        if before and self.asked() != before.asked() and self.status not in self.FINISHED:
            self.status = job.BARU
        self.read_file()

    def asked(self) -> list[object]:
        columns = [(row.huruf, row.bidang or "") for row in self.kolom]
        meanings = [(row.tertulis, row.opd or "") for row in self.padanan]
        return [*(self.get(field) or "" for field in ASKED), columns, meanings]

    def read_file(self) -> None:
        """Another file, sheet or header row has other columns."""
        before = self.get_doc_before_save()
        if not self.berkas:
            self.update({"kolom": [], "padanan": [], "lembar": None, "baris_judul": 0, "daftar_lembar": None})
            return
        another = before is None or before.berkas != self.berkas
        if another:
            self.update({"lembar": None, "baris_judul": 0, "status": job.BARU, "ringkasan": None})
        elif self.lembar != before.lembar:
            self.baris_judul = 0
        elif self.baris_judul == before.baris_judul:
            return
        mapping.read_head(self)

    def on_trash(self) -> None:
        self.refuse_at_work()
        if self.status == "Terhenti":
            frappe.throw(_("Finish or undo this import before deleting it."), ImporDitolak)
        store.clear(self.name)

    @frappe.whitelist(methods=["POST"])
    def hentikan(self) -> dict[str, str]:
        """End writing after the present batch: {status}; it can be gone on with."""
        doc = self.stored()
        job.stop(doc)
        return {"status": doc.status}
