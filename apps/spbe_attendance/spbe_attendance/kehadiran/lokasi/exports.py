"""All places that somebody may see, as files for other maps."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.geofence import geojson_file, kml_file
from spbe_attendance.geofence.placemarks import Placemark
from spbe_attendance.geofence.types import Circle
from spbe_attendance.kehadiran.lokasi import atlas, shapes, units
from spbe_attendance.kehadiran.pencatatan import places

GEOJSON, KML = "geojson", "kml"


def build(kind: str) -> tuple[str, bytes]:
    """File name and content. Broken places are left out: no map could show them."""
    if kind not in (GEOJSON, KML):
        frappe.throw(_("The file is GeoJSON or KML."), PermintaanTidakSah)
    marks = list(placemarks())
    content = geojson_file.write(marks).encode() if kind == GEOJSON else kml_file.write(marks, "OPD Lokasi")
    return f"opd-lokasi-{frappe.utils.today()}.{kind}", content


def placemarks() -> Iterator[Placemark]:
    tree = units.Tree()
    fields = ["name", *atlas.DRAWN]
    rows = frappe.get_list(atlas.DOCTYPE, fields=fields, order_by="nama_lokasi", limit_page_length=0)
    for number, row in enumerate(rows, 1):
        for fence in places.usable_fences([row]):
            unit = tree.rows.get(row["opd"], {})
            data = {
                "kode_opd": unit.get("kode") or row["opd"] or "",
                "nama_opd": _("All OPD") if row["semua_opd"] else unit.get("nama_opd") or "",
                "aktif": str(row["aktif"]),
                "berlaku_dari": str(row["berlaku_dari"] or ""),
                "berlaku_sampai": str(row["berlaku_sampai"] or ""),
            }
            if isinstance(fence.shape, Circle):
                data["radius"] = f"{fence.shape.radius:g}"
            yield Placemark(number, row["nama_lokasi"], shapes.geometry_of(fence.shape), data=data)
