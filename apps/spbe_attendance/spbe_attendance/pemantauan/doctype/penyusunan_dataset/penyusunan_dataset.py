from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations import task
from spbe_attendance.integrations.exceptions import TugasIntegrasiDitolak
from spbe_attendance.pemantauan.satu_data import build, spec
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak
from spbe_attendance.plain_values import PlainValues

SERVER = ("ringkasan", "versi", "status")


class PenyusunanDataset(PlainValues):
    """The asking for a draft: who asked for which, and what became of it."""

    def validate(self) -> None:
        before = self.get_doc_before_save()
        if before is None:
            self.update({"ringkasan": None, "versi": None, "status": task.BARU})
        else:
            self.keep_what_was_asked(before)
        if self.dataset != spec.ATTENDANCE:
            self.periode = spec.REFERENCE
            return
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", self.periode or ""):
            frappe.throw(_("Write the month as 2026-11."), SatuDataDitolak)
        if self.periode > f"{getdate():%Y-%m}":
            frappe.throw(
                _("{0} has not begun yet: choose an earlier month.").format(self.periode), SatuDataDitolak
            )

    def keep_what_was_asked(self, before: frappe.model.document.Document) -> None:
        if before.status in task.AT_WORK:
            frappe.throw(_("This task is at work: wait until it is done."), TugasIntegrasiDitolak)
        self.update({field: before.get(field) for field in SERVER})
        if (before.dataset, before.periode) != (self.dataset, self.periode) and before.status != task.BARU:
            frappe.throw(_("This draft is made already: ask for another one."), SatuDataDitolak)

    @frappe.whitelist(methods=["POST"])
    def susun(self) -> dict[str, str]:
        """Have the draft made in the background: {status: Antre}, then Selesai or Gagal with the reason. Raises SatuDataDitolak."""
        doc = frappe.get_doc(self.doctype, self.name, for_update=True)
        doc.check_permission("write")
        return build.start(doc)
