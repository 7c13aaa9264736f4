from __future__ import annotations

import frappe


class JejakTidakDapatDiubah(frappe.PermissionError):
    """What was done stays on record, for the Administrator, too."""
