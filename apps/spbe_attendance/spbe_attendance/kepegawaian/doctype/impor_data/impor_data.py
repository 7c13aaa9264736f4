from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian.impor import job, mapping, scope, store
from spbe_attendance.lembar import files
from spbe_attendance.lembar.job import AT_WORK
from spbe_attendance.plain_values import PlainValues

SERVER = (
    "status", "tugas", "henti", "jumlah_baris", "jumlah_baru", "jumlah_berubah", "jumlah_sama", "jumlah_ditolak", "jumlah_putusan",
    "jumlah_peringatan", "diimpor_pada", "sidik_berkas", "sidik_judul", "daftar_lembar", "ringkasan",
)  # fmt: skip
# What a check has gone by: another answer needs another check.
ASKED = ("opd", "perbarui", "lembar", "baris_judul")
FINISHED = ("Diimpor", "Terhenti", "Dibatalkan")


class ImporData(PlainValues):
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

    def validate(self) -> None:
        if self.flags.by_import:
            return
        scope.require(self)
        self.keep_results()
        self.read_file()

    def keep_results(self) -> None:
        """Results come from check and import alone; whatever a check went by asks for another one."""
        before = self.get_doc_before_save()
        if before is None:
            self.update({**dict.fromkeys(SERVER), "status": job.BARU, "kolom": [], "padanan": []})
            return
        if before.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
        if before.status in FINISHED and (self.berkas != before.berkas or self.asked() != before.asked()):
            frappe.throw(
                _("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak
            )
        for field in SERVER:
            self.set(field, before.get(field))
        if self.asked() != before.asked() and self.status not in FINISHED:
            self.status = job.BARU

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

    def on_update(self) -> None:
        if self.berkas and not self.flags.by_import:
            files.take(self)
            files.keep_private(self)

    def on_trash(self) -> None:
        if self.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)
        if self.status == "Terhenti":
            frappe.throw(_("Finish or undo this import before deleting it."), ImporDitolak)
        store.clear(self.name)

    # What the browser sends of the document is not trusted: each step works on the stored one, in the background.
    @frappe.whitelist(methods=["POST"])
    def periksa(self) -> dict[str, str]:
        """Have the sheet checked: {status: Antre}. Writes nothing else; the document then says Diperiksa or Gagal."""
        return job.JOB.start(self.stored(), job.PERIKSA)

    @frappe.whitelist(methods=["POST"])
    def impor(self) -> dict[str, str]:
        """Have the good rows written, or go on where it stopped: {status: Antre}, then Diimpor or Terhenti."""
        return job.JOB.start(self.stored(), job.IMPOR)

    @frappe.whitelist(methods=["POST"])
    def batalkan(self) -> dict[str, str]:
        """Have taken back what nobody has used or changed since: {status: Antre}, then Dibatalkan."""
        return job.JOB.start(self.stored(), job.BATALKAN)

    @frappe.whitelist(methods=["POST"])
    def hentikan(self) -> dict[str, str]:
        """End writing after the present batch: {status}; it can be gone on with."""
        doc = self.stored()
        job.stop(doc)
        return {"status": doc.status}

    def stored(self) -> ImporData:
        doc = frappe.get_doc("Impor Data", self.name, for_update=True)
        doc.check_permission("write")
        return doc
