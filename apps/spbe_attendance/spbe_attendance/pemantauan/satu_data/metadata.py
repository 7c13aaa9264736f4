"""The metadata that travel with a version: standar data, MS-Keg, MS-Var, MS-Ind (BPS Regulations 4 and 5/2020), reference codes."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.pemantauan.satu_data import codelist, settings, spec

STANDARD = ("konsep", "definisi", "klasifikasi", "ukuran", "satuan")
ACTIVITY = "keg_"
VARIABLE = (
    "nama", "alias", "konsep", "definisi", "referensi_pemilihan", "referensi_waktu", "tipe_data", "klasifikasi", "aturan_validasi",
    "dapat_diakses",
)  # fmt: skip
INDICATOR = (
    "nama", "konsep", "definisi", "interpretasi", "rumus", "ukuran", "satuan", "klasifikasi", "komposit", "variabel_pembangun",
    "level_estimasi", "dapat_diakses",
)  # fmt: skip
YES_NO = ("dapat_diakses", "komposit")


def of(doc: Any, period: str) -> dict[str, Any]:
    """Of a Dataset Satu Data, as it stands now, for a month or spec.REFERENCE. All in Indonesian, the language of the data."""
    first, last = (None, None) if period == spec.REFERENCE else bounds(period)
    found: dict[str, Any] = {
        "judul": doc.judul,
        "uraian": doc.uraian,
        "produsen_data": settings.value("produsen"),
        "walidata": settings.value("penerbit"),
        "kontak": settings.value("surel"),
        "lisensi": settings.value("lisensi"),
        "cakupan_waktu": {"awal": first.isoformat(), "akhir": last.isoformat()} if first and last else None,
        "wilayah": region(),
        "standar_data": {field: doc.get(field) or "" for field in STANDARD},
        "ms_keg": {
            field.fieldname.removeprefix(ACTIVITY): doc.get(field.fieldname) or ""
            for field in doc.meta.fields
            if field.fieldname.startswith(ACTIVITY)
        },
        "ms_var": [_row(row, VARIABLE) for row in doc.variabel],
        "ms_ind": [_row(row, INDICATOR) for row in doc.indikator],
    }
    if doc.name == spec.ATTENDANCE:
        found["kode_kehadiran"] = dict(codelist.NAMES)
        found["kerahasiaan"] = (
            f"Nilai di bawah {settings.least()} orang-hari atau tentang kurang dari {settings.least()} pegawai dirahasiakan, "
            f"beserta nilai lain yang akan membukanya. Nilai itu ditandai {spec.SECRET}, ditulis {spec.WITHHELD} pada CSV dan "
            "XLSX serta null pada JSON; bukan nol."
        )
    return found


def region() -> dict[str, str]:
    return {
        "nama": settings.value("nama_wilayah"),
        "kode": settings.value("kode_wilayah"),
        "sistem_kode": settings.value("sistem_kode"),
        "dasar": settings.value("dasar_kode"),
    }


def _row(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: bool(row.get(field)) if field in YES_NO else row.get(field) or "" for field in fields}


def datasets() -> list[Any]:
    """Active ones, with all their fields, by identifier."""
    names = frappe.get_all("Dataset Satu Data", {"aktif": 1}, pluck="name", order_by="name")
    return [frappe.get_cached_doc("Dataset Satu Data", name) for name in names if name in spec.COLUMNS]
