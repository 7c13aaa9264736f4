"""Printable reports: asked for here, made in the background, fetched by their asker. And one's own card."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.pemantauan.cetak import job
from spbe_attendance.pemantauan.laporan import card, registry


@frappe.whitelist(methods=["POST"])
def unduh(
    laporan: str | None = None, bentuk: str | None = None, saringan: str | None = None
) -> dict[str, Any]:
    """Have a report made as ``xlsx`` or ``pdf`` with filters (JSON). Returns {id}; ask ``keadaan`` for how it stands.

    Refused like the report itself: LaporanDitolak 417, PermissionError 403.
    """
    return {"id": job.start(laporan, bentuk, saringan, frappe.session.user)}


@frappe.whitelist(methods=["GET"])
def keadaan(id: str | None = None) -> dict[str, Any]:
    """How an asked-for file stands: {id, persen, keterangan, berkas?, gagal?}; only to whoever asked."""
    return job.state(id, frappe.session.user)


@frappe.whitelist(methods=["GET"])
def kartu_saya(bulan: str | None = None) -> dict[str, Any]:
    """The session's person's own card of a month: {judul, bulan, fakta: [[label, teks]], hari: […], konsep}."""
    return registry.plain(card.build({"bulan": bulan}))
