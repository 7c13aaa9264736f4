"""What belongs to an OPD itself; what lies below it is counted in the line of today (opd.js)."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
    return {
        "fieldname": "opd",
        "non_standard_fieldnames": {"OPD": "induk"},
        "transactions": [
            {"label": _("Units and Staff"), "items": ["OPD", "Pegawai", "Registrasi Pegawai"]},
            {"label": _("Places"), "items": ["OPD Lokasi", "Kios Absensi", "Survei Lokasi"]},
            {"label": _("Schedule"), "items": ["Penugasan Jadwal", "Roster Dinas", "Kegiatan Apel"]},
            {"label": _("Recap"), "items": ["Rekap Harian", "Tutup Bulan"]},
        ],
    }
