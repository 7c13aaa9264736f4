from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.kehadiran.pencatatan import places


class OPDLokasi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        area: DF.Geolocation | None
        berlaku_dari: DF.Date | None
        berlaku_sampai: DF.Date | None
        jenis_area: DF.Literal["Radius", "Poligon"]
        latitude: DF.Float
        longitude: DF.Float
        nama_lokasi: DF.Data
        opd: DF.Link | None
        radius: DF.Float
        semua_opd: DF.Check
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_owner()
        self.validate_dates()
        self.validate_area()

    def validate_owner(self) -> None:
        if self.semua_opd:
            self.opd = None
        elif not self.opd:
            frappe.throw(_("Choose the OPD of this place, or mark it as valid for all."))

    def validate_dates(self) -> None:
        dates = [frappe.utils.getdate(day) for day in (self.berlaku_dari, self.berlaku_sampai) if day]
        if len(dates) == 2 and dates[0] > dates[1]:
            frappe.throw(_("The place ends before it begins: correct the dates."))

    def validate_area(self) -> None:
        try:
            places.build_fence(self)
        except BrokenFence as error:
            frappe.throw(places.describe_broken(error), title=_("Area not valid"))
