from __future__ import annotations

from frappe.model.document import Document


class KebiasaanTiba(Document):
    """Whose clocking in usually reaches the server late; written nightly by pemantauan.ringkas.habits alone."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        hari: DF.Int
        menit: DF.Int
        pegawai: DF.Link
    # end: auto-generated types
