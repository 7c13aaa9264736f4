"""What the pages of witness and kiosk show."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.saksi import kiosk, witness
from spbe_attendance.kehadiran.times import iso
from spbe_attendance.kepegawaian import pins
from spbe_attendance.kepegawaian.accounts import require_pegawai

RULES = ("akurasi_maksimum", "foto_ukuran_maks_kb", "foto_sisi_maks")


def form() -> dict[str, Any]:
    """Raises BukanPegawai for an account that is neither staff nor a kiosk."""
    tablet = kiosk.of_session()
    person = None if tablet else require_pegawai()
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return {
        "kios": tablet and {"name": tablet["name"], "nama_kios": tablet["nama_kios"]},
        "sebab": witness.CAUSES,
        "aturan": {field: settings.get(field) for field in RULES},
        "waktu_server": iso(now_datetime()),
        "kuota": witness.quota(),
        "punya_pin": pins.has_pin(person["name"]) if person else None,
    }
