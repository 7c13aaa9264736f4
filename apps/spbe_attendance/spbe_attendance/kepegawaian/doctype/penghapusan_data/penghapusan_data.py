from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.privasi.errors import PenghapusanTidakDapatDiubah


class PenghapusanData(KeptRecord):
    """One run of privasi.purge, which alone writes it."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aturan: DF.SmallText | None
        foto: DF.Int
        foto_dilewati: DF.Int
        foto_ditahan: DF.Int
        foto_sebelum: DF.Date | None
        jenis: DF.Literal["Penghapusan", "Simulasi"]
        mulai: DF.Datetime | None
        oleh: DF.Link | None
        posisi: DF.Int
        posisi_dilewati: DF.Int
        posisi_ditahan: DF.Int
        posisi_sebelum: DF.Date | None
        selesai: DF.Datetime | None
        status: DF.Literal["Antre", "Berjalan", "Selesai", "Gagal", "Terputus"]
    # end: auto-generated types

    def validate(self) -> None:
        if not self.flags.by_service:
            frappe.throw(*self.why_kept())

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _(
            "What was removed is written by the removal alone and stays on record."
        ), PenghapusanTidakDapatDiubah
