from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance import permissions
from spbe_attendance.kehadiran.lokasi import surveys
from spbe_attendance.kehadiran.lokasi.errors import SurveiDitolak, SurveiTidakDapatDiubah
from spbe_attendance.plain_values import PlainValues

# What the reviewer may put right while the survey waits.
EDITABLE = {"nama_lokasi", "opd", "lokasi"}
MEASURED = (
    "status", "pegawai", "waktu_survei", "id_klien", "jenis_area", "akurasi", "latitude", "longitude", "radius", "area", "catatan",
    "diputus_oleh", "diputus_pada",
)  # fmt: skip


class SurveiLokasi(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.survei_lokasi_titik.survei_lokasi_titik import (
            SurveiLokasiTitik,
        )

        akurasi: DF.Float
        area: DF.LongText | None
        catatan: DF.SmallText | None
        diputus_oleh: DF.Link | None
        diputus_pada: DF.Datetime | None
        id_klien: DF.Data | None
        jenis_area: DF.Literal["Radius", "Poligon"]
        latitude: DF.Float
        lokasi: DF.Link | None
        longitude: DF.Float
        nama_lokasi: DF.Data
        opd: DF.Link
        pegawai: DF.Link | None
        radius: DF.Float
        status: DF.Literal["Menunggu", "Diterapkan", "Ditolak"]
        titik: DF.Table[SurveiLokasiTitik]
        waktu_survei: DF.Datetime | None
    # end: auto-generated types

    def before_insert(self) -> None:
        """The size comes from the fixes, whatever else was sent."""
        self.update(
            {
                **dict.fromkeys(("catatan", "diputus_oleh", "diputus_pada")),
                "status": surveys.MENUNGGU,
                "pegawai": permissions.own_pegawai(frappe.session.user).get("name"),
                "waktu_survei": self.waktu_survei or now_datetime(),
            }
        )
        surveys.compute(self)

    def validate(self) -> None:
        self.validate_place()
        if not self.is_new() and not self.flags.by_service:
            self.refuse_changes()

    def validate_place(self) -> None:
        """A survey of a place is for the place's own OPD."""
        if self.status != surveys.MENUNGGU or not self.lokasi:
            return
        if frappe.db.get_value("OPD Lokasi", self.lokasi, "opd") != self.opd:
            frappe.throw(
                _("The existing place belongs to another OPD: choose it again or leave it empty."),
                SurveiDitolak,
            )

    def refuse_changes(self) -> None:
        before = self.get_doc_before_save()
        if before.status != surveys.MENUNGGU:
            frappe.throw(_("This survey was decided on already."), SurveiTidakDapatDiubah)
        for field in MEASURED:
            self.set(field, before.get(field))
        self.set("titik", before.titik)
