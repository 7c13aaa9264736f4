from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.privasi.errors import SalinanTidakDapatDiubah


class SalinanData(KeptRecord):
    """A copy of somebody's own data; written by privasi.handout alone, read by that person alone."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        berlaku_sampai: DF.Datetime | None
        jumlah_berkas: DF.Int
        opd: DF.Link | None
        pegawai: DF.Link
        status: DF.Literal["Disiapkan", "Siap", "Gagal", "Kedaluwarsa"]
        ukuran: DF.Int
    # end: auto-generated types

    def validate(self) -> None:
        if not self.flags.by_service:
            frappe.throw(*self.why_kept())

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("That somebody asked for the own data stays on record."), SalinanTidakDapatDiubah
