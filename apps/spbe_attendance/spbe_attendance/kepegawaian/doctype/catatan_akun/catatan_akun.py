from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian.exceptions import CatatanTidakDapatDiubah
from spbe_attendance.kept_record import KeptRecord


class CatatanAkun(KeptRecord, Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        catatan: DF.SmallText | None
        oleh: DF.Link | None
        opd: DF.Link | None
        pegawai: DF.Link
        tindakan: DF.Literal[
            "Kode Diterbitkan",
            "Kode Dikirim",
            "Kode Gagal Dikirim",
            "Kode Dibatalkan",
            "Akun Diaktifkan",
            "Kata Sandi Diganti",
            "Akun Dikunci",
            "Kunci Dibuka",
            "Peran Dicabut",
            "Perangkat Diganti",
            "Perangkat Ditolak",
        ]
        waktu: DF.Datetime | None
    # end: auto-generated types

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("What was done to an account stays on record."), CatatanTidakDapatDiubah
