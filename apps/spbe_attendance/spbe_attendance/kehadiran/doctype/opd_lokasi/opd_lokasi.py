from __future__ import annotations

import contextlib
import json
from datetime import date

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.kehadiran.lokasi import measuring
from spbe_attendance.kehadiran.lokasi.shapes import MAX_RADIUS, MIN_RADIUS
from spbe_attendance.kehadiran.pencatatan import places
from spbe_attendance.plain_values import PlainValues

ORIGIN = ("impor", "survei", "sidik_impor")


class OPDLokasi(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        area: DF.Geolocation | None
        berlaku_dari: DF.Date | None
        berlaku_sampai: DF.Date | None
        hanya_kegiatan: DF.Check
        impor: DF.Link | None
        jenis_area: DF.Literal["Radius", "Poligon"]
        latitude: DF.Float
        longitude: DF.Float
        nama_lokasi: DF.Data
        opd: DF.Link | None
        radius: DF.Float
        semua_opd: DF.Check
        sidik_impor: DF.Data | None
        survei: DF.Link | None
    # end: auto-generated types

    def validate(self) -> None:
        self.keep_origin()
        self.validate_owner()
        self.validate_dates()
        self.validate_area()

    def keep_origin(self) -> None:
        """Import and survey say where a place comes from; nobody else does."""
        if not self.flags.by_service:
            before = self.get_doc_before_save()
            self.update({field: before.get(field) if before else None for field in ORIGIN})

    def on_trash(self) -> None:
        measuring.forget(self.name)

    def validate_owner(self) -> None:
        if self.semua_opd:
            self.opd = None
        elif not self.opd:
            frappe.throw(_("Choose the OPD of this place, or mark it as valid for all."))

    def validate_dates(self) -> None:
        for field in ("berlaku_dari", "berlaku_sampai"):
            self.set(field, self.read_date(self.get(field)))
        dates = [day for day in (self.berlaku_dari, self.berlaku_sampai) if day]
        if len(dates) == 2 and dates[0] > dates[1]:
            frappe.throw(_("The place ends before it begins: correct the dates."))

    @staticmethod
    def read_date(value: object) -> date | None:
        """What the database would otherwise be the first to refuse."""
        if not value:
            return None
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        except ValueError:
            frappe.throw(
                _("The day must be written as YYYY-MM-DD, for instance {0}.").format("2026-11-24"),
                PermintaanTidakSah,
            )
            raise

    def validate_area(self) -> None:
        for field in ("latitude", "longitude", "radius"):
            # Forms send numbers as text; what is no number stays, and the engine refuses it.
            with contextlib.suppress(TypeError, ValueError):
                self.set(field, float(self.get(field)))
        if self.jenis_area == "Radius":
            self.validate_radius()
        try:
            places.build_fence(self)
        except BrokenFence as error:
            frappe.throw(places.describe_broken(error), title=_("Area not valid"))
        if self.jenis_area == "Radius":
            self.draw_circle()

    def validate_radius(self) -> None:
        # Anything but a number is left to the engine's own refusal.
        if isinstance(self.radius, float) and not MIN_RADIUS <= self.radius <= MAX_RADIUS:
            frappe.throw(
                _("The radius must lie between {0} and {1} metres.").format(MIN_RADIUS, MAX_RADIUS),
                title=_("Area not valid"),
            )

    def draw_circle(self) -> None:
        """The map shows what the numbers say, whoever wrote them."""
        point = {"type": "Point", "coordinates": [self.longitude, self.latitude]}
        shown = {"point_type": "circle", "radius": self.radius}
        feature = {"type": "Feature", "properties": shown, "geometry": point}
        self.area = json.dumps({"type": "FeatureCollection", "features": [feature]}, separators=(",", ":"))
