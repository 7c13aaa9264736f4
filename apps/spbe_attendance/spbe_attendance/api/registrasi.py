"""Registration by people without an account, and consent of those who have one. Thin: read, find the person, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kepegawaian.accounts import require_pegawai
from spbe_attendance.kepegawaian.registrasi import consent, handover, intake, recap, request, view


@frappe.whitelist(allow_guest=True, methods=["GET"])
def isian() -> dict[str, Any]:
    """What the form needs: {dibuka, sampai, naskah: {name, versi, judul, isi}, unit: [{kode, nama, induk}], aturan,
    status_kepegawaian, kontak}."""
    return view.form()


@frappe.whitelist(allow_guest=True, methods=["POST"])
def ajukan(**values: Any) -> dict[str, str]:
    """File a registration, multipart: id_klien (UUID), nik, nama, tanggal_lahir, jenis_kelamin, status_kepegawaian, opd, jabatan,
    vendor, nomor_hp, naskah (the text agreed to), perangkat, foto. Returns {nomor, kode}, whoever is or is not known here."""
    return intake.file(values, request.sent_photo())


@frappe.whitelist(allow_guest=True, methods=["POST"])
def status(**values: Any) -> dict[str, Any]:
    """The own registration by nomor and kode: {nomor, status, diajukan_pada, alasan, nomor_pegawai, aktif, isian}."""
    return view.look(values)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def perbaiki(**values: Any) -> dict[str, Any]:
    """File a returned registration once more: nomor, kode and the fields of ajukan; nik and foto may be left out. Returns ``status``."""
    return view.status(intake.correct(values, request.sent_photo()))


@frappe.whitelist(allow_guest=True, methods=["POST"])
def kode_aktivasi(**values: Any) -> dict[str, str]:
    """A one-time code for the first log-in of an approved applicant, by nomor and kode: {nomor_pegawai, kode}."""
    return handover.issue(values)


@frappe.whitelist(methods=["POST"])
def tempel_acuan(teks: str, sumber: str = "") -> dict[str, Any]:
    """Rows of the recap out of a pasted table: {dibuat, sudah_ada, ditolak: [{baris, sebab}]}. For whoever may make them."""
    if not frappe.has_permission(recap.DOCTYPE, "create"):
        raise frappe.PermissionError
    return recap.paste(teks, sumber)


@frappe.whitelist(methods=["GET"])
def persetujuan() -> dict[str, Any]:
    """The consent text in force and the person's own agreements: {naskah, disetujui, riwayat: [{versi, waktu, ditarik}], kontak}."""
    return consent.mine(require_pegawai())


@frappe.whitelist(methods=["POST"])
def setujui(**values: Any) -> dict[str, Any]:
    """Agree to the text in force: naskah. Returns ``persetujuan``."""
    return consent.agree(require_pegawai(), values.get("naskah"))
