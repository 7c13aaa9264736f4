from __future__ import annotations

from spbe_attendance.integrations.erpnext import events, settings
from spbe_attendance.plain_values import PlainValues


class PemetaanOPDERPNext(PlainValues):
    """Which Company and Department of ERPNext a unit is."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        company: DF.Autocomplete | None
        department: DF.Autocomplete | None
        dibuat_otomatis: DF.Check
        opd: DF.Link
    # end: auto-generated types

    def validate(self) -> None:
        settings.check_unit(self)

    def on_update(self) -> None:
        events.unit_changed(self)
