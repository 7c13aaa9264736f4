"""What Desk is told when it starts."""

from __future__ import annotations

from typing import Any

import frappe


def add_map_settings(bootinfo: Any) -> None:
    """The map tiles that forms and lists of this app may load, and the regency's own base map; empty means none at all."""
    bootinfo.spbe_url_ubin_peta = frappe.db.get_single_value("Pengaturan Absensi", "url_ubin_peta") or ""
    bootinfo.spbe_peta_dasar = frappe.db.get_single_value("Pengaturan Absensi", "peta_dasar") or ""
