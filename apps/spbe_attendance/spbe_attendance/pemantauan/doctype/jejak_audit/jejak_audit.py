from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.pemantauan.jejak.exceptions import JejakTidakDapatDiubah


class JejakAudit(KeptRecord, Document):
    """Written by pemantauan/jejak/log.py alone, which does not come through here: whatever does is refused."""

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("What was looked at and changed stays on record."), JejakTidakDapatDiubah

    def validate(self) -> None:
        self.refuse_removal()

    def refuse_removal(self) -> None:
        """For the Administrator, too, who is one of those watched."""
        sentence, refusal = self.why_kept()
        frappe.throw(sentence, refusal)
