from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.satu_data import settings
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak


class PengaturanSatuData(Document):
    """Region codes, publisher and rules of publication."""

    def validate(self) -> None:
        if (self.ambang or 0) < settings.LEAST:
            frappe.throw(
                _("Counts below {0} are never shown: enter {0} or more.").format(settings.LEAST),
                SatuDataDitolak,
            )
        if not re.fullmatch(r"\d\d(\.\d\d){0,2}", self.kode_wilayah or ""):
            frappe.throw(_("Write the region code like 14.10."), SatuDataDitolak)
        for field in ("lisensi", "alamat"):
            if self.get(field) and not re.fullmatch(r"https?://[^\s<>\"]+", self.get(field)):
                frappe.throw(
                    _("{0} must be an address that begins with https://.").format(
                        _(self.meta.get_label(field))
                    ),
                    SatuDataDitolak,
                )
