from __future__ import annotations

from frappe import _

from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.plain_values import refuse_structures
from spbe_attendance.privasi import corrections
from spbe_attendance.privasi.errors import PerbaikanTidakDapatDiubah


class PerbaikanData(KeptRecord):
    """A wish to have one's own master data corrected; decided by BKPSDM through the workflow Perbaikan Data Induk."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan: DF.SmallText
        bidang: DF.Literal[
            "nama",
            "gelar_depan",
            "gelar_belakang",
            "jenis_kelamin",
            "tanggal_lahir",
            "nip",
            "nomor_hp",
            "jabatan",
            "golongan",
            "mulai_bertugas",
        ]
        diputus_oleh: DF.Link | None
        diputus_pada: DF.Datetime | None
        jawab_sebelum: DF.Datetime | None
        jawaban: DF.SmallText | None
        nilai_baru: DF.Data
        nilai_lama: DF.Data | None
        opd: DF.Link | None
        pegawai: DF.Link
        status: DF.Literal["Diajukan", "Diterima", "Ditolak", "Dibatalkan"]
    # end: auto-generated types

    def before_insert(self) -> None:
        refuse_structures(self)
        corrections.file(self)

    def validate(self) -> None:
        if not self.is_new():
            refuse_structures(self)
            corrections.review(self)

    def on_update(self) -> None:
        corrections.follow(self)

    def why_kept(self) -> tuple[str, type[Exception]]:
        return (
            _("A correction stays as it was asked for: it is decided on, or withdrawn."),
            PerbaikanTidakDapatDiubah,
        )
