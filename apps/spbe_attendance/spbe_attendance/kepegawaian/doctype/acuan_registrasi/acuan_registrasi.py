from __future__ import annotations

from spbe_attendance.kepegawaian.registrasi import nik
from spbe_attendance.plain_values import PlainValues
from spbe_attendance.restricted_fields import RestrictedFields


class AcuanRegistrasi(PlainValues, RestrictedFields):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        jabatan: DF.Data | None
        nama: DF.Data
        nik: DF.Data | None
        nik_hash: DF.Data | None
        nik_samar: DF.Data | None
        nomor_kontrak: DF.Data | None
        opd: DF.Link | None
        sumber: DF.Data | None
        tanggal_lahir: DF.Date | None
        vendor: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        self.nama = (self.nama or "").strip()
        # An empty list cell is no birth date, and no unit.
        self.tanggal_lahir = self.tanggal_lahir or None
        self.opd = self.opd or None
        nik.derive(self)
