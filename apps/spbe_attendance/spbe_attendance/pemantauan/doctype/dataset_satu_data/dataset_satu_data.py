from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak

# Standar data: a concept's name begins with none of these, which are measures (BPS Regulation 4/2020).
MEASURES = ("jumlah", "persentase", "rata-rata", "rasio", "indeks", "tingkat", "laju")


class DatasetSatuData(Document):
    """What is published under one name: standar data and metadata, which travel with every version."""

    def validate(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]{2,60}", self.kode or ""):
            frappe.throw(
                _("The identifier has small letters, digits and dashes only: it is part of an address."),
                SatuDataDitolak,
            )
        if (self.konsep or "").lower().startswith(MEASURES):
            frappe.throw(
                _("A concept does not begin with a measure: write the measure into its own field."),
                SatuDataDitolak,
            )
