from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian.exceptions import CatatanTidakDapatDiubah
from spbe_attendance.kept_record import KeptRecord


class KodeAktivasi(KeptRecord, Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        berlaku_sampai: DF.Datetime | None
        cara: DF.Literal["Layar", "Slip", "Pesan"]
        catatan: DF.SmallText | None
        dipakai_pada: DF.Datetime | None
        diterbitkan_oleh: DF.Link | None
        diterbitkan_pada: DF.Datetime | None
        keperluan: DF.Literal["Akun Baru", "Lupa Kata Sandi"]
        opd: DF.Link | None
        pegawai: DF.Link
        sidik: DF.Data | None
        status: DF.Literal["Berlaku", "Dipakai", "Dibatalkan"]
    # end: auto-generated types

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("Codes that were issued stay on record."), CatatanTidakDapatDiubah
