"""Decisions of a head, a direct superior or an asked colleague, for the PWA. Thin: read, delegate.

Arguments are taken as they come and checked one by one, as ``api.absensi`` does.
"""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.persetujuan import decisions, reading, waiting


@frappe.whitelist(methods=["GET"])
def daftar(**_values: Any) -> dict[str, Any]:
    """What waits for the caller: {semua, per_jenis, pemutus, kelompok: [{doctype, jumlah, baris, lanjut}]}, see waiting.listed."""
    return waiting.listed(frappe.session.user)


@frappe.whitelist(methods=["GET"])
def lanjutan(**values: Any) -> dict[str, Any]:
    """More of one kind: doctype, sesudah (the ``lanjut`` of what is shown). {doctype, jumlah, baris, lanjut}. Raises PermohonanTidakSah 400."""
    return waiting.further(frappe.session.user, *reading.place(values))


@frappe.whitelist(methods=["GET"])
def jumlah(**_values: Any) -> dict[str, Any]:
    """How much waits for the caller: {semua, per_jenis: {doctype: n}, pemutus}; for the badge."""
    return waiting.counts(frappe.session.user)


@frappe.whitelist(methods=["POST"])
def putuskan(**values: Any) -> dict[str, Any]:
    """Decide on up to 50 rows of a kind: doctype, nama (list), aksi (Setujui, Terima, Tolak; of the review queue
    Wajar, Minta Klarifikasi, Nyatakan Tidak Sah), catatan; optional status
    ({name: status seen}). Returns {hasil: [{name, berhasil, status, penjelasan, galat}], berhasil, gagal}.

    A refusal of one row stands in its result. Raises PermohonanTidakSah 400, SistemSibuk 503.
    """
    return decisions.carry_out(reading.order(values))
