"""The punch endpoints of the HTTP contract. Thin: read, find the person, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.pencatatan import day, intake, known, photo, request
from spbe_attendance.kepegawaian.accounts import require_pegawai


@frappe.whitelist(methods=["POST"])
def catat(**values: Any) -> dict[str, Any]:
    """Record a punch of the session's person.

    Returns {name, jenis, tanggal, waktu, status, putusan_lokasi, lokasi, jarak, penjelasan, foto_status, duplikat}.
    Refusals are subclasses of AbsensiDitolak, 4xx. Arguments are taken as they come and checked one by one: the framework's own
    type check would answer in its words, not with what to do.
    """
    with known.used():
        person = require_pegawai()
        required = bool(known.settings().foto_wajib)
        return intake.record(request.read_punch(values, photo_required=required), person)


@frappe.whitelist(methods=["POST"])
def unggah_foto(**values: Any) -> dict[str, Any]:
    """The photo of a punch, multipart ``foto`` with ``id_klien``. Returns {name, diterima}."""
    with known.used():
        person = require_pegawai()
        id_klien = request.client_id(values.get("id_klien"))
        return photo.attach(id_klien, {"pegawai": person["name"]}, request.uploaded_photo())


@frappe.whitelist(methods=["GET"])
def hari_ini() -> dict[str, Any]:
    """All that the home screen needs: {waktu_server, pegawai, jadwal, absensi, lokasi, mode, pemeliharaan, aturan}."""
    with known.used():
        return day.today(require_pegawai())


@frappe.whitelist(methods=["GET"])
def riwayat(**values: Any) -> dict[str, Any]:
    """The person's days of a month: {bulan, hari: [{tanggal, absensi}]}."""
    return day.month(require_pegawai(), values.get("bulan"))
