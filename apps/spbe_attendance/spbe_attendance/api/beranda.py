"""Number cards and charts of the workspaces. Thin: the services count rows that the caller may see, and refuse who sees none.

The framework posts what its widgets know beside the method's arguments, and drops what a method does not take.
"""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.lokasi import readiness
from spbe_attendance.kehadiran.persetujuan import waiting
from spbe_attendance.pemantauan.beranda import charts, presence


@frappe.whitelist(methods=["GET", "POST"])
def hadir_hari_ini() -> int:
    """Active staff with a punch today that was not rejected, among those whom the caller may see."""
    return presence.of_day(presence.today()).present


@frappe.whitelist(methods=["GET", "POST"])
def belum_absen() -> int:
    """Staff with work due today, without punch and without permit, among those whom the caller may see."""
    return presence.of_day(presence.today()).missing


@frappe.whitelist(methods=["GET", "POST"])
def izin_hari_ini() -> int:
    """Staff without a punch who are away all day by an approved permit, among those whom the caller may see."""
    return presence.of_day(presence.today()).away


@frappe.whitelist(methods=["GET", "POST"])
def menunggu_saya() -> int:
    """How much waits for the caller's decision, over all kinds."""
    return waiting.counts(frappe.session.user)["semua"]


@frappe.whitelist(methods=["GET", "POST"])
def unit_belum_siap() -> int:
    """Units that lack a place, a head, accounts or phones, among those whom the caller may see."""
    return len(readiness.of_units(presence.today(), lacking_only=True))


@frappe.whitelist(methods=["GET", "POST"])
def opd_hari_ini(opd: str) -> dict[str, int]:
    """{pegawai, hadir, izin, belum} of the OPD and all below it. Raises PermissionError for an OPD the caller may not read."""
    frappe.get_doc("OPD", opd).check_permission("read")
    found = presence.of_day(presence.today(), opd)
    return {"pegawai": found.staff, "hadir": found.present, "izin": found.away, "belum": found.missing}


@frappe.whitelist(methods=["GET", "POST"])
def kehadiran_14_hari() -> dict[str, Any]:
    """Chart {labels, datasets}: how the last days ended for those whom the caller may see."""
    return charts.days(presence.today())


@frappe.whitelist(methods=["GET", "POST"])
def kehadiran_per_opd() -> dict[str, Any]:
    """Chart {labels, datasets}: today by OPD, those with the most people missing first."""
    return charts.units(presence.today())


@frappe.whitelist(methods=["GET", "POST"])
def akurasi_lokasi() -> dict[str, Any]:
    """Chart {labels, datasets}: places by the median accuracy of their punches."""
    return charts.accuracy()
