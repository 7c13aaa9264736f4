from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance.kehadiran.saksi import kiosk


class KiosAbsensi(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        lokasi: DF.Link | None
        nama_kios: DF.Data
        opd: DF.Link
        user: DF.Link | None
    # end: auto-generated types

    def on_update(self) -> None:
        kiosk.follow(self)

    @frappe.whitelist(methods=["POST"])
    def buka_akun(self) -> dict[str, str]:
        """Button of the form: a new password, shown once. Returns {username, password}. Raises PermissionError."""
        self.check_permission("write")
        return kiosk.open_account(self)
