"""The clean way in for approved corrections: they become punches through the same writer as all others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import frappe

# One punch per correction, whatever happens: the key on id_klien is made of the correction's name.
NAMESPACE = uuid.UUID("6a3d4f0e-1a52-4f0c-9a55-0f6f3f0b7d11")


@dataclass(frozen=True)
class Correction:
    """An approved Koreksi Absensi. ``penjelasan``: cause, reason and witness in words."""

    name: str
    pegawai: str
    tanggal: date
    jenis: str
    waktu: datetime
    penjelasan: str


def record(correction: Correction) -> str:
    """Insert the punch; answers its name. Called within the decision's transaction, by whoever decided."""
    doc = frappe.get_doc(
        {
            "doctype": "Absensi",
            "pegawai": correction.pegawai,
            "jenis": correction.jenis,
            "id_klien": str(uuid.uuid5(NAMESPACE, correction.name)),
        }
    )
    # Flags are set by code only: no request can carry them.
    doc.flags.correction = correction
    return str(doc.insert(ignore_permissions=True).name)
