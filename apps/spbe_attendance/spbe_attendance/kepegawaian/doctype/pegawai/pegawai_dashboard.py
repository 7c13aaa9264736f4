"""What belongs to a person: the form's connections and the year of days above them."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
    return {
        "heatmap": True,
        "heatmap_message": _("Each square is a day: the darker, the longer between first in and last out."),
        "fieldname": "pegawai",
        "non_standard_fieldnames": {"Tukar Dinas": "pemohon"},
        "transactions": [
            {"label": _("Attendance"), "items": ["Absensi", "Rekap Harian", "Sanggah"]},
            {"label": _("Requests"), "items": ["Ketidakhadiran", "Koreksi Absensi", "Catatan Cuti Tahunan"]},
            {"label": _("Schedule"), "items": ["Roster Dinas", "Penugasan Jadwal", "Tukar Dinas"]},
            {"label": "Kepegawaian", "items": ["Mutasi Pegawai", "Riwayat Pegawai"]},
            {
                "label": _("Account"),
                "items": ["Perangkat", "Kode Aktivasi", "Catatan Akun", "Registrasi Pegawai"],
            },
        ],
    }
