"""What Pengaturan Absensi says about places. A setting that a site has never saved counts as its default."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe.utils import flt

SETTINGS = "Pengaturan Absensi"
BOUNDS = ("wilayah_selatan", "wilayah_utara", "wilayah_barat", "wilayah_timur")


@dataclass(frozen=True, slots=True)
class Limits:
    """Metres, and degrees of the regency's bounds (south, north, west, east); None: no bounds."""

    usual_accuracy: float
    most_radius: float
    most_growth: float
    bounds: tuple[float, float, float, float] | None


def limits() -> Limits:
    south, north, west, east = (_value(field) for field in BOUNDS)
    bounded = south < north and west < east
    return Limits(
        _value("akurasi_lazim") or 20.0,
        _value("usulan_radius_maks") or 150.0,
        _value("usulan_tambah_maks"),
        (south, north, west, east) if bounded else None,
    )


def _value(field: str) -> float:
    settings = frappe.get_cached_doc(SETTINGS)
    value = settings.get(field)
    return flt(settings.meta.get_field(field).default if value is None else value)
