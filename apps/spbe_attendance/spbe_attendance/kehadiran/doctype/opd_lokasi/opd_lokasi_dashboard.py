"""What was recorded and measured at a place."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
    return {
        "fieldname": "lokasi",
        "transactions": [
            {"label": _("Attendance"), "items": ["Absensi", "Kios Absensi"]},
            {"label": _("Measurements"), "items": ["Ukuran Lokasi", "Survei Lokasi"]},
        ],
    }
