"""Punches on a colleague's phone or an office tablet. Thin: read, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.pencatatan import photo, request
from spbe_attendance.kehadiran.saksi import view, witness
from spbe_attendance.kepegawaian import pins
from spbe_attendance.kepegawaian.accounts import require_pegawai


@frappe.whitelist(methods=["GET"])
def isian() -> dict[str, Any]:
    """What the form needs: {kios, sebab, aturan, waktu_server, kuota, punya_pin}; kios is None on a person's phone, punya_pin on a kiosk."""
    return view.form()


@frappe.whitelist(methods=["POST"])
def catat(**values: Any) -> dict[str, Any]:
    """A punch of somebody else on this device: nomor (NIP or staff number), pin, sebab, the fields of absensi.catat without bukti; on
    a kiosk also nomor_saksi and pin_saksi. Returns the answer of absensi.catat with nama and sisa_kuota."""
    return witness.record(values)


@frappe.whitelist(methods=["POST"])
def unggah_foto(**values: Any) -> dict[str, Any]:
    """The photo of a punch that this session carried, multipart ``foto`` with ``id_klien``. Returns {name, diterima}."""
    id_klien = request.client_id(values.get("id_klien"))
    return photo.attach(id_klien, witness.photo_filters(), request.uploaded_photo())


@frappe.whitelist(methods=["POST"])
def atur_pin(**values: Any) -> dict[str, Any]:
    """Set the own PIN: pin (six digits), kata_sandi. Returns {punya_pin: true}."""
    pins.set_pin(require_pegawai(), values.get("pin"), values.get("kata_sandi"))
    return {"punya_pin": True}
