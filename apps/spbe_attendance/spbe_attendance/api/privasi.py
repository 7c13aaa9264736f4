"""Personal data: removal by retention, and what people get of their own. Thin: check, delegate."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kepegawaian.accounts import require_pegawai
from spbe_attendance.privasi import consents, corrections, handout, purge


@frappe.whitelist(methods=["POST"])
def mulai_penghapusan(jenis: str) -> dict[str, str]:
    """Begin a ``Simulasi`` (counts) or a ``Penghapusan`` in the background: {name} of its row in Penghapusan Data, which tells how far
    it is. BKPSDM alone. 409 PenghapusanSedangBerjalan while one is at work."""
    frappe.only_for("BKPSDM")
    if jenis not in (purge.REHEARSAL, purge.REMOVAL):
        frappe.throw(_("jenis is Simulasi or Penghapusan."), PermintaanTidakSah)
    return {"name": purge.start(jenis)}


@frappe.whitelist(methods=["GET"])
def salinan() -> dict[str, Any]:
    """The last copy of the own data: {status, diminta_pada, berlaku_sampai, berkas: [{nama, url, ukuran}]}; status None before one."""
    return handout.state(require_pegawai()["name"])


@frappe.whitelist(methods=["POST"])
def minta_salinan() -> dict[str, Any]:
    """Have the own data put together in the background. Returns ``salinan``; 409 SalinanSedangDibuat while one is being made."""
    with refused_when_busy():
        return handout.ask(require_pegawai())


@frappe.whitelist(methods=["GET"])
def perbaikan() -> dict[str, Any]:
    """The own master data and what was asked to be corrected; see corrections.mine."""
    return corrections.mine(require_pegawai())


@frappe.whitelist(methods=["POST"])
def ajukan_perbaikan(**values: Any) -> dict[str, Any]:
    """Ask for a correction: bidang, nilai_baru, alasan. Returns ``perbaikan``."""
    return corrections.ask(require_pegawai(), values)


@frappe.whitelist(methods=["POST"])
def batalkan_perbaikan(**values: Any) -> dict[str, Any]:
    """Withdraw an own correction that waits: name. Returns ``perbaikan``."""
    return corrections.withdraw(require_pegawai(), values.get("name"))


@frappe.whitelist(methods=["POST"])
def tarik_persetujuan() -> dict[str, Any]:
    """Take back the own agreement; phone number and portrait go. Returns api.registrasi.persetujuan."""
    return consents.withdraw(require_pegawai())
