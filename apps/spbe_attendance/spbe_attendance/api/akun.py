"""First log-in, forgotten password, and what the Admin OPD does for it. Thin: read, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kepegawaian import account_desk, first_login
from spbe_attendance.kepegawaian.accounts import require_pegawai
from spbe_attendance.kepegawaian.pesan import codes
from spbe_attendance.kepegawaian.slip import job as slips


@frappe.whitelist(allow_guest=True, methods=["POST"])
def periksa_kode(**values: Any) -> dict[str, Any]:
    """Whose activation code this is: kode, optional nomor (NIP or staff number). Returns {nama, nomor, keperluan}."""
    return first_login.look(values)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def aktifkan(**values: Any) -> dict[str, Any]:
    """Password and PIN in exchange for the code: kode, optional nomor, kata_sandi, pin. The answer carries the new session.

    Returns {aktif: true}."""
    first_login.log_in(first_login.open_account(values))
    return {"aktif": True}


@frappe.whitelist(methods=["POST"])
def ganti_kata_sandi(**values: Any) -> dict[str, Any]:
    """The own password: lama, baru. Returns {diganti: true}."""
    first_login.change_password(require_pegawai(), values.get("lama"), values.get("baru"))
    return {"diganti": True}


@frappe.whitelist(methods=["GET"])
def keadaan(pegawai: str | None = None) -> dict[str, Any]:
    """An account as the form of Pegawai shows it: {boleh, dikunci, ada_akun, pernah_masuk}."""
    return account_desk.state(pegawai)


@frappe.whitelist(methods=["POST"])
def terbitkan_kode(pegawai: str | None = None, catatan: str | None = None) -> dict[str, Any]:
    """A fresh activation code, shown once; catatan: how the identity was checked.

    Returns {nama, nomor, kode, tautan, qr, berlaku_sampai, keperluan}."""
    return account_desk.issue(pegawai, catatan)


@frappe.whitelist(methods=["POST"])
def kunci(pegawai: str | None = None, alasan: str | None = None) -> dict[str, Any]:
    """Lock an account. Returns its state."""
    account_desk.lock(pegawai, alasan)
    return account_desk.state(pegawai)


@frappe.whitelist(methods=["POST"])
def buka_kunci(pegawai: str | None = None, alasan: str | None = None) -> dict[str, Any]:
    """Unlock an account. Returns its state."""
    account_desk.unlock(pegawai, alasan)
    return account_desk.state(pegawai)


@frappe.whitelist(methods=["GET"])
def hitung_slip(opd: str | None = None, bawahan: int = 0, semua: int = 0) -> dict[str, int]:
    """Before printing slips: {orang, kode_berakhir, dikecualikan}."""
    return slips.count(opd, bawahan, semua, frappe.session.user)


@frappe.whitelist(methods=["POST"])
def cetak_slip(opd: str | None = None, bawahan: int = 0, semua: int = 0) -> dict[str, str]:
    """Slips with fresh codes as PDF, made in the background. Returns {id}; ask ``laporan.keadaan`` for how it stands."""
    return {"id": slips.start(opd, bawahan, semua, frappe.session.user)}


@frappe.whitelist(methods=["POST"])
def kirim_kode(pegawai: str | None = None, catatan: str | None = None) -> dict[str, bool]:
    """A fresh activation code to the person's mobile number, in the background; the account's record has the result.

    Returns {diantrekan: true}."""
    codes.start(pegawai, catatan)
    return {"diantrekan": True}
